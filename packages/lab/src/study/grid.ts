import * as z from 'zod'
import { type CandidateValue, isWithoutAmplitude } from '../candidate-value.ts'
import { oneOf, text, wholeNumber } from '../fields/fields.ts'
import { formerModelNames, type ModelName, modelNames, models, valueText } from '../objectives.ts'

/** Settings of a study that trains models on sets, each with values of its hyper-parameter, several times. */
export interface GridSettings {
  readonly sets: readonly string[]
  readonly models: readonly ModelName[]
  readonly runs: number
  /** Values of each model's hyper-parameter, of which the validation part chooses. Empty where nothing is tuned. */
  readonly candidates: Readonly<Partial<Record<ModelName, readonly CandidateValue[]>>>
  readonly seed: number
  /** Folder of data files; `null` for generated sets. */
  readonly data: string | null
  /** Samples to keep, drawn by seed; `null` for all. */
  readonly samples: number | null
}

/** One training: a data set, a model, one value of its hyper-parameter, one run. */
export interface GridTask {
  readonly set: string
  readonly model: ModelName
  /** `null` where the model has no hyper-parameter. */
  readonly value: CandidateValue | null
  readonly run: number
}

/** A value of a hyper-parameter, as a line of results has it. */
export const candidateValue = z.custom<CandidateValue>(
  (value) => typeof value === 'number' || isWithoutAmplitude(value),
  'expected a number, or one with “ without amplitude” behind it',
)

export const gridTask = z.strictObject({
  set: text('the name of a data set'),
  model: oneOf(modelNames, formerModelNames),
  value: candidateValue.nullable(),
  run: wholeNumber(0),
})

/** What every training of a grid gives. Errors are mean squared errors over samples and dimensions. */
export interface GridOutcome {
  readonly validationError: number
  readonly testError: number
  /** Counted from 0; the weights of this epoch are the ones tested. */
  readonly bestEpoch: number
}

/** The values to train a model with; one `null` where it has none. */
export const valuesOf = (
  { candidates }: Pick<GridSettings, 'candidates'>,
  model: ModelName,
): readonly (CandidateValue | null)[] => (models[model].tuned === null ? [null] : (candidates[model] ?? []))

/** Whether a model is trained on a set. */
export type IsTrained = (set: string, model: ModelName) => boolean

/** A task for every set, model that is trained on it, value and run, in the order of the table. */
export const gridTasks = (settings: GridSettings, isTrained: IsTrained = () => true): GridTask[] =>
  settings.sets.flatMap((set) =>
    settings.models
      .filter((model) => isTrained(set, model))
      .flatMap((model) =>
        valuesOf(settings, model).flatMap((value) =>
          Array.from({ length: settings.runs }, (_, run) => ({ set, model, value, run })),
        ),
      ),
  )

/** `CBF · Lie 1st · λ 0.01 · run 1`. */
export const gridLabel = ({ set, model, value, run }: GridTask): string =>
  [set, models[model].title, valueText(model, value), `run ${run + 1}`]
    .filter((part) => part !== '')
    .join(' · ')
