import { mean } from '../../text/statistics.ts'
import { type StudyModelName, valuesOf } from './models.ts'
import type { OrbitStudyOutcome, OrbitStudyTask } from './run.ts'
import type { OrbitBenefitSettings } from './settings.ts'

/** A training and how it ended. */
export interface StudyRun {
  readonly task: OrbitStudyTask
  readonly outcome?: OrbitStudyOutcome
  readonly error?: string
}

/** A value of a hyper-parameter with its outcomes, run by run: `undefined` for a run that failed. */
export interface Candidate {
  readonly value: number | null
  readonly outcomes: readonly (OrbitStudyOutcome | undefined)[]
  /** Mean over runs; `null` where one of them failed. */
  readonly validationError: number | null
}

/** A model on a set, at the value that the validation part prefers. */
export interface Choice {
  readonly set: string
  readonly model: StudyModelName
  readonly candidates: readonly Candidate[]
  /** Of the lowest mean validation error over runs; `null` where every one has a failed run. */
  readonly chosen: Candidate | null
  /** What each run's validation part alone would have chosen, and the test errors there. Recorded; nothing is made of it. */
  readonly perRun: readonly { readonly value: number | null; readonly testError: number }[]
}

const lowest = <T>(items: readonly T[], error: (item: T) => number): T | null =>
  items.reduce<T | null>((best, item) => (best === null || error(item) < error(best) ? item : best), null)

/** Chooses by validation errors alone; test errors play no part. */
function choose(
  settings: OrbitBenefitSettings,
  set: string,
  model: StudyModelName,
  runs: readonly StudyRun[],
): Choice {
  const mine = runs.filter(({ task }) => task.set === set && task.model === model)
  const candidates = valuesOf(settings.candidates, model).map((value): Candidate => {
    const outcomes = Array.from(
      { length: settings.runs },
      (_, run) => mine.find(({ task }) => task.value === value && task.run === run)?.outcome,
    )
    const errors = outcomes.flatMap((outcome) => outcome?.validationError ?? [])
    return { value, outcomes, validationError: errors.length === settings.runs ? mean(errors) : null }
  })
  const whole = candidates.filter(({ validationError }) => validationError !== null)
  return {
    set,
    model,
    candidates,
    chosen: lowest(whole, ({ validationError }) => validationError!),
    perRun: Array.from({ length: whole.length === 0 ? 0 : settings.runs }, (_, run) => {
      const { value, outcomes } = lowest(whole, (c) => c.outcomes[run]!.validationError)!
      return { value, testError: outcomes[run]!.testError }
    }),
  }
}

/** Every model on every set, set by set. */
export const makeChoices = (settings: OrbitBenefitSettings, runs: readonly StudyRun[]): Choice[] =>
  settings.sets.flatMap((set) => settings.models.map((model) => choose(settings, set, model, runs)))

/** Outcomes at the chosen value, run by run; none where nothing could be chosen. */
export const outcomesOf = ({ chosen }: Choice): readonly OrbitStudyOutcome[] =>
  (chosen?.outcomes ?? []) as readonly OrbitStudyOutcome[]
