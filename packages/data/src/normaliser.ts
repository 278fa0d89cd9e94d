import { type Tensor, tensor } from '@facet/tensor'
import { expectOneOf } from '@facet/tensor/checks'
import type { FloatDType } from './dataset.ts'
import { columnMoments, momentsOf, varies } from './moments.ts'
import { type Rows, rowOf, rowsFromTensor, rowsToTensor } from './rows.ts'
import { obstacleOf } from './z-normalise.ts'

/**
 * What was learned of the training part, as plain JSON. `series` keeps nothing: every sample has its own mean and
 * standard deviation. A column that does not vary, or by rounding alone, keeps deviation 1.
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

/** Names row i in errors. */
type RowName = (row: number) => string

/** `x ← (x − shift) / scale`: one pair for all numbers, one a row, or one a column. */
export interface Scales {
  readonly per: 'all' | 'row' | 'column'
  readonly shifts: ArrayLike<number>
  readonly scales: ArrayLike<number>
}

/** One row per kind: what the training part tells, and how a kind that has been fitted scales new samples. */
const kinds: {
  readonly [K in NormaliserKind]: {
    fit(operation: string, train: Rows): Extract<Normaliser, { kind: K }>
    scale(fitted: Extract<Normaliser, { kind: K }>, rows: Rows, rowName: RowName): Scales
  }
} = {
  none: { fit: () => ({ kind: 'none' }), scale: () => ({ per: 'all', shifts: [0], scales: [1] }) },
  series: {
    fit: () => ({ kind: 'series' }),
    scale(_, rows, rowName) {
      const shifts = new Float64Array(rows.count)
      const scales = new Float64Array(rows.count)
      for (let i = 0; i < rows.count; i++) {
        const row = rowOf(rows, i)
        const { mean, deviation } = momentsOf(row)
        const obstacle = obstacleOf(row, deviation)
        if (obstacle !== null) {
          throw new Error(
            `${rowName(i)}: expected a series that varies (z-normalisation divides by its spread), got ${obstacle}`,
          )
        }
        shifts[i] = mean
        scales[i] = deviation
      }
      return { per: 'row', shifts, scales }
    },
  },
  columns: {
    fit: (operation, train) => ({ kind: 'columns', ...columnMoments(operation, train) }),
    scale: ({ means, deviations }) => ({ per: 'column', shifts: means, scales: deviations }),
  },
  range: {
    fit(operation, { values }) {
      let low = Number.POSITIVE_INFINITY
      let high = Number.NEGATIVE_INFINITY
      for (let i = 0; i < values.length; i++) {
        if (values[i] < low) low = values[i]
        if (values[i] > high) high = values[i]
      }
      if (!varies(high - low, Math.max(-low, high))) {
        throw new RangeError(`${operation}: range: expected values that vary, got all equal to ${low}`)
      }
      if (high - low === Number.POSITIVE_INFINITY) {
        throw new RangeError(`${operation}: range: expected a finite range, got ${low} to ${high}`)
      }
      return { kind: 'range', low, high }
    },
    scale: ({ low, high }) => ({ per: 'all', shifts: [low], scales: [high - low] }),
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
  return fitToRows('fitNormaliser', rowsFromTensor('fitNormaliser', train), kind)
}

/** {@link fitNormaliser} of plain numbers, which are finite. */
export const fitToRows = (operation: string, train: Rows, kind: NormaliserKind): Normaliser =>
  kinds[kind].fit(operation, train)

/** How {@link applyNormaliser} and {@link normaliseRows} name rows, and what they make. */
export interface NormaliseOptions {
  /** Names row i in errors; default `row i`, from 0. */
  readonly rowName?: RowName
  /** Default float32, what models are in. */
  readonly dtype?: FloatDType
}

const plainName: RowName = (row) => `row ${row}`

/**
 * Brings new samples into the units that were fitted: computed in float64 and rounded once, so that 2,000,000,000 + 0 … 49 scores as 0 … 49 does.
 *
 * @param x [N, d]; of dtype float64 where its numbers are not exact in float32
 * @param options a function is taken for `rowName`
 * @returns the samples in float32, unless `dtype` says otherwise; what `undo` gives is float64 where x is, or what it is given
 * @throws RangeError for another number of columns than was fitted, NaN or infinity, and what is too large for `dtype`; Error for
 * a constant sample under `series`.
 * @example
 * const { data, undo } = applyNormaliser({ kind: 'series' }, tensor([[1, 2, 3]]))
 * data.toArray() // [[-1, 0, 1]]
 * undo(data).toArray() // [[1, 2, 3]]
 */
export function applyNormaliser(
  fitted: Normaliser,
  x: Tensor,
  options: NormaliseOptions | RowName = {},
): Normalised {
  const { rowName = plainName, dtype = 'float32' } =
    typeof options === 'function' ? { rowName: options } : options
  const rows = rowsFromTensor('applyNormaliser', x)
  const scales = scalesOf('applyNormaliser', fitted, rows, rowName)
  const { count, length } = rows
  const into = new arrays[dtype](rows.values.length)
  scaleInto('applyNormaliser', into, rows, scales, rowName)
  return {
    data: tensor(into, { shape: [count, length], dtype }),
    undo(y) {
      const back = rowsFromTensor('undo', y)
      if (back.count !== count || back.length !== length) {
        throw new RangeError(`undo: expected samples [${count}, ${length}], got [${y.shape.join(', ')}]`)
      }
      unscale(back, scales)
      return rowsToTensor(back, x.dtype === 'float64' ? 'float64' : (y.dtype as FloatDType))
    },
  }
}

/**
 * {@link applyNormaliser} of plain numbers, without a backend.
 *
 * @param into `[count · length]`, written to and returned; default a new array
 * @throws RangeError for another number of columns than was fitted, or another length of `into`; Error for a constant sample under `series`.
 * @example normaliseRows({ kind: 'range', low: 0, high: 4 }, { values: new Float64Array([1, 2]), count: 1, length: 2 }) // [0.25, 0.5]
 */
export function normaliseRows(
  fitted: Normaliser,
  rows: Rows,
  into: Float32Array = new Float32Array(rows.values.length),
  rowName: RowName = plainName,
): Float32Array {
  if (into.length !== rows.values.length) {
    throw new RangeError(
      `normaliseRows: into: expected ${rows.values.length} numbers [${rows.count}, ${rows.length}], got ${into.length}`,
    )
  }
  scaleInto('normaliseRows', into, rows, scalesOf('normaliseRows', fitted, rows, rowName), rowName)
  return into
}

/**
 * The way back from {@link normaliseRows}: numbers in a model's units in the rows' own, row n by what row n of `rows` was normalised with.
 *
 * @param y `[count · length]` in the model's units
 * @param rows what {@link normaliseRows} was given
 * @returns `[count · length]`, in float64
 * @throws as {@link normaliseRows} does, and RangeError for another number of numbers.
 * @example
 * const rows = { values: new Float64Array([1, 2, 3]), count: 1, length: 3 }
 * restoreRows({ kind: 'series' }, rows, [-1, 0, 2]) // [1, 2, 4]
 */
export function restoreRows(fitted: Normaliser, rows: Rows, y: ArrayLike<number>): Float64Array {
  if (y.length !== rows.values.length) {
    throw new RangeError(
      `restoreRows: y: expected ${rows.values.length} numbers [${rows.count}, ${rows.length}], got ${y.length}`,
    )
  }
  const values = Float64Array.from(y)
  unscale({ ...rows, values }, scalesOf('restoreRows', fitted, rows))
  return values
}

const arrays = { float32: Float32Array, float64: Float64Array } as const

/** What rows are scaled by. @throws Error for another number of columns than was fitted, and a constant row under `series` */
export function scalesOf(operation: string, fitted: Normaliser, rows: Rows, rowName = plainName): Scales {
  if (fitted.kind === 'columns' && fitted.means.length !== rows.length) {
    throw new RangeError(
      `${operation}: expected the ${fitted.means.length} columns that were fitted, got ${rows.length}`,
    )
  }
  const { scale } = kinds[fitted.kind]
  return (scale as (f: Normaliser, r: Rows, n: RowName) => Scales)(fitted, rows, rowName)
}

/** How far the place of a pair moves from row to row, and from column to column. */
export const strides = { all: [0, 0], row: [1, 0], column: [0, 1] } as const

/** @throws RangeError for a number that is too large for `into` once it is scaled: infinity would be worse than none */
function scaleInto(
  operation: string,
  into: Float32Array | Float64Array,
  { values, count, length }: Rows,
  { per, shifts, scales }: Scales,
  rowName: RowName,
): void {
  const [byRow, byColumn] = strides[per]
  for (let row = 0, i = 0; row < count; row++) {
    for (let j = 0, at = row * byRow; j < length; j++, i++, at += byColumn) {
      const scaled = (values[i] - shifts[at]) / scales[at]
      into[i] = scaled
      if (into[i] - into[i] === 0) continue
      const kind = into instanceof Float32Array ? 'float32' : 'float64'
      throw new RangeError(
        `${operation}: ${rowName(row)}: column ${j}: expected a number that ${kind} holds once it is normalised, got ${scaled} of ${values[i]}`,
      )
    }
  }
}

function unscale({ values, count, length }: Rows, { per, shifts, scales }: Scales): void {
  const [byRow, byColumn] = strides[per]
  for (let row = 0, i = 0; row < count; row++) {
    for (let j = 0, at = row * byRow; j < length; j++, i++, at += byColumn) {
      values[i] = values[i] * scales[at] + shifts[at]
    }
  }
}
