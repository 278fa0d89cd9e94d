import type { Tensor } from '@facet/tensor'
import { expectOneOf } from '@facet/tensor/checks'
import type { FloatDType } from './dataset.ts'
import { type Rows, rowOf, rowsFromTensor, rowsToTensor } from './rows.ts'
import { zNormaliseSeries } from './z-normalise.ts'

/**
 * What was learned of the training part, as plain JSON. `series` keeps nothing: every sample has its own mean and
 * standard deviation. A column that does not vary keeps deviation 1.
 */
export type Normaliser =
  | { readonly kind: 'none' }
  | { readonly kind: 'series' }
  | { readonly kind: 'columns'; readonly means: readonly number[]; readonly deviations: readonly number[] }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }

export type NormaliserKind = Normaliser['kind']

/** Samples in a model's units, and the way back. */
export interface Normalised {
  /** [N, d] */
  readonly data: Tensor
  /**
   * Samples in the data's own units: y [N, d], row n by what row n of the data was normalised with.
   * @throws RangeError for another shape.
   */
  undo(y: Tensor): Tensor
}

/** `x ← (x − shift) / scale`, element by element; `at(row, column)` gives both. */
type Scale = (row: number, column: number) => { shift: number; scale: number }

/** One row per kind: what the training part tells, and how a kind that has been fitted scales new samples. */
const kinds: {
  readonly [K in NormaliserKind]: {
    fit(train: Rows): Extract<Normaliser, { kind: K }>
    scale(fitted: Extract<Normaliser, { kind: K }>, rows: Rows, rowName: (row: number) => string): Scale
  }
} = {
  none: { fit: () => ({ kind: 'none' }), scale: () => () => ({ shift: 0, scale: 1 }) },
  series: {
    fit: () => ({ kind: 'series' }),
    scale(_, rows, rowName) {
      const own = Array.from({ length: rows.count }, (_, i) => momentsOf(rowOf(rows, i), rowName(i)))
      return (row) => own[row]
    },
  },
  columns: {
    fit(train) {
      const columns = Array.from({ length: train.length }, (_, j) => columnMoments(train, j))
      return {
        kind: 'columns',
        means: columns.map(({ shift }) => shift),
        deviations: columns.map(({ scale }) => scale),
      }
    },
    scale({ means, deviations }) {
      const own = means.map((shift, j) => ({ shift, scale: deviations[j] }))
      return (_, column) => own[column]
    },
  },
  range: {
    fit(train) {
      let low = Number.POSITIVE_INFINITY
      let high = Number.NEGATIVE_INFINITY
      for (const value of train.values) {
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
      if (!(high > low)) {
        throw new RangeError(`fitNormaliser: range: expected values that vary, got all equal to ${low}`)
      }
      return { kind: 'range', low, high }
    },
    scale: ({ low, high }) => {
      const all = { shift: low, scale: high - low }
      return () => all
    },
  },
}

/** All kinds of {@link fitNormaliser}. */
export const normaliserKinds = Object.keys(kinds) as NormaliserKind[]

/**
 * Learns from a training part how to bring samples into a model's units, for files that come later.
 *
 * `none`: as given. `series`: each sample by its own mean and sample standard deviation (UCR archive). `columns`: each
 * column by those of the training part (tables). `range`: the smallest training value becomes 0, the largest 1 (pixels).
 *
 * @param train [n, d]
 * @throws RangeError for an unknown kind, for NaN or infinity, and for `range` where all values are equal.
 * @example
 * const fitted = fitNormaliser(tensor([[1, 10], [3, 30]]), 'columns')
 * const { data, undo } = applyNormaliser(fitted, tensor([[2, 40]]))
 * data.toArray() // [[0, 1.414…]]
 * undo(data).toArray() // [[2, 40]]
 */
export function fitNormaliser(train: Tensor, kind: NormaliserKind): Normaliser {
  expectOneOf('fitNormaliser', 'kind', kind, normaliserKinds)
  return kinds[kind].fit(rowsFromTensor('fitNormaliser', train))
}

/**
 * Brings new samples into the units that were fitted; computed in float64, rounded to the dtype of x.
 *
 * @param x [N, d]
 * @param rowName names row i in errors; default `row i`, from 0
 * @throws RangeError for another number of columns than was fitted, NaN or infinity; Error for a constant sample under
 * `series`.
 * @example
 * const { data, undo } = applyNormaliser({ kind: 'series' }, tensor([[1, 2, 3]]))
 * data.toArray() // [[-1, 0, 1]]
 * undo(data).toArray() // [[1, 2, 3]]
 */
export function applyNormaliser(
  fitted: Normaliser,
  x: Tensor,
  rowName = (row: number): string => `row ${row}`,
): Normalised {
  const rows = rowsFromTensor('applyNormaliser', x)
  if (fitted.kind === 'columns' && fitted.means.length !== rows.length) {
    throw new RangeError(
      `applyNormaliser: expected the ${fitted.means.length} columns that were fitted, got ${rows.length}`,
    )
  }
  const { scale } = kinds[fitted.kind]
  const at = (scale as (f: Normaliser, r: Rows, n: typeof rowName) => Scale)(fitted, rows, rowName)
  return {
    data: mapped(rows, x.dtype as FloatDType, at, (value, shift, scale) => (value - shift) / scale),
    undo(y) {
      const back = rowsFromTensor('undo', y)
      if (back.count !== rows.count || back.length !== rows.length) {
        throw new RangeError(
          `undo: expected samples [${rows.count}, ${rows.length}], got [${y.shape.join(', ')}]`,
        )
      }
      return mapped(back, y.dtype as FloatDType, at, (value, shift, scale) => value * scale + shift)
    },
  }
}

function mapped(
  { values, count, length }: Rows,
  dtype: FloatDType,
  at: Scale,
  f: (value: number, shift: number, scale: number) => number,
): Tensor {
  const out = new Float64Array(values.length)
  for (let row = 0, i = 0; row < count; row++) {
    for (let column = 0; column < length; column++, i++) {
      const { shift, scale } = at(row, column)
      out[i] = f(values[i], shift, scale)
    }
  }
  return rowsToTensor({ values: out, count, length }, dtype)
}

/** @throws Error for a sample that is constant, or too large to have a standard deviation. */
function momentsOf(series: Float64Array, name: string): { shift: number; scale: number } {
  const { mean, deviation } = moments(series)
  // The archive's own rule says what stands against a series; a copy, because it works in place.
  const obstacle = zNormaliseSeries(series.slice())
  if (obstacle === null) return { shift: mean, scale: deviation }
  throw new Error(
    `${name}: expected a series that varies (z-normalisation divides by its spread), got ${obstacle}`,
  )
}

function columnMoments({ values, count, length }: Rows, column: number): { shift: number; scale: number } {
  const own = Float64Array.from({ length: count }, (_, i) => values[i * length + column])
  // Asked of the values, because the deviation of equal ones is not 0 but the rounding of their mean.
  if (own.every((value) => value === own[0])) return { shift: own[0], scale: 1 }
  const { mean, deviation } = moments(own)
  return { shift: mean, scale: deviation }
}

/** Mean and sample standard deviation (divisor n − 1). */
function moments(values: Float64Array): { mean: number; deviation: number } {
  let mean = 0
  for (const value of values) mean += value / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}
