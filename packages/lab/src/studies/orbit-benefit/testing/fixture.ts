import { versions } from '../../../version.ts'
import { studyModelNames, studyModels } from '../models.ts'
import { orbitStudyKind } from '../orbit-study.ts'
import { planStudyRuns, planStudyYardsticks, type Sizes } from '../plan.ts'
import { measuredModels, type OrbitStudyOutcome, type OrbitStudyTask, shownModels } from '../run.ts'
import { orbitBenefitDefaults } from '../schema.ts'
import type { OrbitBenefitSettings } from '../settings.ts'
import type { StudyYardsticks } from '../yardsticks.ts'

export const madeUpSettings: OrbitBenefitSettings = {
  ...orbitBenefitDefaults,
  sets: ['Waves', 'Dots'],
  data: null,
  models: studyModelNames,
  candidates: Object.fromEntries(
    studyModelNames.map((model) => [model, studyModels[model].grid]),
  ) as unknown as OrbitBenefitSettings['candidates'],
}

const length = 16
const sizes = { train: 22, validation: 8, test: 90, length }

/** A number that looks random and is the same everywhere. */
const made = (i: number): number => ((i * 7919 + 104729) % 1000) / 1000

const sample = (i: number): number[] =>
  Array.from({ length }, (_, t) => Math.abs(((t + 3 * i) % length) - 8) / 8)

/** Orbit is 20 % better than AE at its middle value on the first set alone; whatever else there is changes nothing much. */
function outcomeOf({ settings, set, model, value, run }: OrbitStudyTask): OrbitStudyOutcome {
  const base = 0.3 + 0.02 * made(run)
  const at = settings.candidates[model].indexOf(value ?? 0)
  const off = 0.01 * Math.abs(at - 1)
  const isBetter = set === settings.sets[0] && model === 'lieGroupOrbit'
  const gain = model === 'ae' ? 1 : isBetter ? 0.8 : 1.002 + 0.004 * made(run + model.length)
  const testError = base * gain + (model === 'ae' ? 0 : off)
  return {
    trainError: 0.1,
    validationError: testError - 0.01,
    testError,
    bestEpoch: 99,
    epochs: 1500,
    steps: 1500,
    abilities: measuredModels.includes(model)
      ? { linearAccuracy: 0.8, nearestAccuracy: 0.7, warpedErrors: [0.4 * gain, 0.5 * gain] }
      : null,
    reconstructions:
      run === 0 && shownModels.includes(model)
        ? Array.from({ length: 6 }, (_, i) => sample(i).map((v, t) => 0.8 * v + 0.1 * made(t + i)))
        : null,
  }
}

function yardsticksOf(settings: OrbitBenefitSettings, set: string, run: number): StudyYardsticks {
  return {
    meanPredictor: 0.9,
    pca: 0.33,
    pcaOnOrbit: settings.candidates.lieGroupOrbit.map((value) => ({ value, error: 0.29 + 0.01 * made(run) })),
    explainedFraction: 0.25,
    showcase:
      run > 0
        ? null
        : {
            originals: Array.from({ length: 6 }, (_, i) => sample(i)),
            originalRows: [7, 22, 37, 52, 67, 82],
            movedFrom: [sample(0), sample(1), sample(2)],
            moved: [0, 1, 2].map((i) => [1, 2, 3, 4].map((k) => sample(i + k))),
            covariance: [
              [2, -0.5],
              [-0.5, 1],
            ],
            bank: 'series WA',
            image: set === settings.sets[0] ? null : { height: 4, width: 4, channels: 1 },
          },
  }
}

/** The conclusion of a study that nobody carried out; runs for which `fails` holds have failed. */
export function madeUpStudy(
  settings: OrbitBenefitSettings = madeUpSettings,
  fails: (task: OrbitStudyTask) => boolean = () => false,
) {
  const all: Sizes = Object.fromEntries(settings.sets.map((set) => [set, sizes]))
  const lines = [
    ...planStudyRuns(settings, all).map(({ task: { settings: _, ...place } }) => {
      const task = { settings, ...place }
      const ended = fails(task) ? { error: 'expected a finite loss, got <NaN>' } : outcomeOf(task)
      return { kind: 'run', ...place, ...ended, settings: {}, protocol: {}, versions }
    }),
    ...planStudyYardsticks(settings, all).map(({ task: { set, run } }) => ({
      kind: 'yardsticks',
      set,
      run,
      sizes,
      ...yardsticksOf(settings, set, run),
      versions,
    })),
  ]
  return orbitStudyKind.restore(settings, lines)
}
