import {
  expectCount,
  type OptionKind,
  type OptionsOf,
  oneOf,
  optionTable,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { type Normaliser, normaliserKinds } from '../normaliser.ts'

/** What becomes of missing values. */
export const missingRules = ['refuse', 'drop', 'mean', 'median', 'interpolate'] as const

/**
 * `refuse`: they are told by column and nothing is done. `drop`: rows with one are left out. `mean`, `median`: those of the column in the training
 * part; where each row is a series, those of the series. `interpolate`: along time, or along a series, in a straight line; at the ends the nearest value.
 */
export type MissingRule = (typeof missingRules)[number]

/** What becomes of series that are shorter or longer than others. */
export const lengthRules = ['refuse', 'pad', 'cut', 'stretch'] as const

/**
 * `pad`: to the longest of the training file with the mean of the series. `cut`: to the shortest of it. `stretch`: to the longest of it by linear
 * interpolation. A series ends with its last value: what is missing behind it is no missing value.
 */
export type LengthRule = (typeof lengthRules)[number]

/** Pieces of a long series. */
export interface Window {
  /** Samples of a window. */
  readonly length: number
  /** Samples from the beginning of one to that of the next. */
  readonly stride: number
}

/** What happens to the numbers of a file before a model sees them, as plain JSON: fitted on the training part, kept with the model. */
export interface Preparation {
  /** Names of the columns that are features, in order; `null` where the file had none. */
  readonly columns: readonly string[] | null
  /** Numbers of a row of the training file; of series with a rule for lengths other files may have another. */
  readonly width: number
  /** `fill`: of each column, in the units of the file; empty where each row is a series. */
  readonly missing:
    | { readonly rule: 'refuse' | 'drop' | 'interpolate' }
    | { readonly rule: 'mean' | 'median'; readonly fill: readonly number[] }
  readonly lengths:
    | { readonly rule: 'refuse' }
    | { readonly rule: 'pad' | 'cut' | 'stretch'; readonly length: number }
  readonly window: Window | null
  readonly normaliser: Normaliser
}

const aWindow: OptionKind<Window | null> = {
  check(operation, option, value) {
    if (value === null) return
    const { length, stride } = Object(value) as Partial<Window>
    expectCount(operation, `${option}.length`, length, 2)
    expectCount(operation, `${option}.stride`, stride)
  },
}

/** The options of `fitPreparation`. */
export const preparationOptions = optionTable('fitPreparation', {
  /** How numbers are brought into a model's units. */
  normalise: required(oneOf(normaliserKinds)),
  /** What becomes of missing values; default `refuse`. */
  missing: withDefault(oneOf(missingRules), 'refuse'),
  /** What becomes of series of other lengths; default `refuse`. */
  lengths: withDefault(oneOf(lengthRules), 'refuse'),
  /** The window that the items were made with; default `null`, rows. */
  window: withDefault(aWindow, null),
})

/** How a {@link Preparation} is fitted. */
export type PreparationOptions = OptionsOf<typeof preparationOptions>

/** Numbers of a model's input. */
export const preparedLength = ({
  window,
  lengths,
  width,
}: Pick<Preparation, 'window' | 'lengths' | 'width'>): number => {
  if (window !== null) return window.length * width
  return lengths.rule === 'refuse' ? width : lengths.length
}

/** Whether each row is a series of its own, with a mean and an end of its own. */
export const rowsAreSeries = ({
  window,
  lengths,
  normaliser,
}: Pick<Preparation, 'window' | 'lengths' | 'normaliser'>): boolean =>
  window === null && (normaliser.kind === 'series' || lengths.rule !== 'refuse')
