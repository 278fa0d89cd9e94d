import type { Key } from '@facet/tensor'
import type { Rows } from '../rows.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import type { Preparation, PreparationOptions, Window } from './preparation.ts'

/** What a model is given one of at a time: a row of the file, or a window of several. Missing values are NaN. */
export interface Items {
  /** `[count, span · width]`, in float64, in the units of the file. */
  readonly rows: Rows
  /** Of each item the index of its first sample. */
  readonly first: Int32Array
  /** Samples of an item: 1, or the length of a window. */
  readonly span: number
}

/** Items that are trained on, and those held out. */
export interface ItemSplit {
  /** Indices of items, ascending. */
  readonly train: Int32Array
  readonly validation: Int32Array
  /** Windows that lie on both sides of a split by time: in neither part. */
  readonly between: number
}

/** Items without gaps, in the units of the file. */
export interface PreparedItems {
  /** `[n, d]`: d numbers of a model's input. */
  readonly rows: Rows
  /** Of each row its item. */
  readonly items: Int32Array
  /** Items that a model cannot be given, in order, and why. */
  readonly unusable: readonly { readonly item: number; readonly reason: string }[]
  /** Values that were filled in. */
  readonly filled: number
}

const later = (name: string): never => {
  throw new Error(`${name}: not written yet`)
}

/** Rows, or windows of consecutive rows of one group, in the order of time. */
export function itemsOf(_samples: ParsedSamples, _window: Window | null): Items {
  return later('itemsOf')
}

/** Holds out a share of the items: at random by the key, or the last ones in time. */
export function splitItems(
  _items: Items,
  _options: { readonly validation: number; readonly key: Key; readonly by: 'random' | 'time' },
): ItemSplit {
  return later('splitItems')
}

/** Learns from the training part what fills gaps, which length series get, and how they are normalised. */
export function fitPreparation(
  _samples: ParsedSamples,
  _items: Items,
  _train: Int32Array,
  _options: PreparationOptions,
): Preparation {
  return later('fitPreparation')
}

/** Items as a model is given them, but for the normaliser. */
export function prepareItems(_preparation: Preparation, _items: Items): PreparedItems {
  return later('prepareItems')
}

/** Scores of items as scores of samples: of the windows that a sample lies in the largest, the mean, or that of the last. NaN for a sample in no scored window. */
export function scoresOfSamples(
  _items: Items,
  _scored: Int32Array,
  _scores: ArrayLike<number>,
  _samples: number,
  _by: 'max' | 'mean' | 'last',
): Float64Array {
  return later('scoresOfSamples')
}

/** Checks a preparation that comes out of a file. @throws Error naming the field that is wrong */
export function checkPreparation(_value: unknown): Preparation {
  return later('checkPreparation')
}
