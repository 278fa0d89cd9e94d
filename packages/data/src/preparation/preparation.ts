import type { Normaliser, NormaliserKind } from '../normaliser.ts'

/** What becomes of missing values. */
export const missingRules = ['refuse', 'drop', 'mean', 'median', 'interpolate'] as const

/**
 * `refuse`: they are told by column and nothing is done. `drop`: rows with one are left out. `mean`, `median`: those of the column in the training
 * part. `interpolate`: along time, or along a series, in a straight line; at the ends the nearest value.
 */
export type MissingRule = (typeof missingRules)[number]

/** What becomes of series that are shorter or longer than others. */
export const lengthRules = ['refuse', 'pad', 'cut', 'stretch'] as const

/**
 * `pad`: to the longest of the training file with the mean of the series. `cut`: to the shortest of it. `stretch`: to the longest of it by linear
 * interpolation.
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
  /** Numbers of a row of the file. */
  readonly width: number
  readonly missing:
    | { readonly rule: 'refuse' | 'drop' | 'interpolate' }
    | { readonly rule: 'mean' | 'median'; readonly fill: readonly number[] }
  readonly lengths:
    | { readonly rule: 'refuse' }
    | { readonly rule: 'pad' | 'cut' | 'stretch'; readonly length: number }
  readonly window: Window | null
  readonly normaliser: Normaliser
}

/** How a {@link Preparation} is fitted. */
export interface PreparationOptions {
  readonly normalise: NormaliserKind
  readonly missing?: MissingRule
  readonly lengths?: LengthRule
  readonly window?: Window | null
}
