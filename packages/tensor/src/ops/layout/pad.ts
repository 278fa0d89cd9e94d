import { describe, expectHolds, expectTensor } from '../../checks.ts'
import { upload } from '../../creation.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { anything, type OptionsOf, oneOf, optional, optionTable, withDefault } from '../../option-table.ts'
import { checkCounts, formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { gather } from './indexing.ts'

const isLength = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0

const isPair = (pair: readonly number[]): boolean =>
  Array.isArray(pair) && pair.length === 2 && pair.every(isLength)

const isPairs = (padding: readonly (readonly number[])[], rank: number): boolean =>
  Array.isArray(padding) && padding.length === rank && padding.every(isPair)

/** What was given for padding, in an error message. */
const show = (padding: unknown): string =>
  Array.isArray(padding) ? `[${padding.map(show).join(', ')}]` : describe(padding)

/** @throws RangeError unless there is a pair for every axis. */
function expectPairs(op: string, padding: readonly (readonly number[])[], rank: number): void {
  if (isPairs(padding, rank)) return
  throw new RangeError(`${op}: expected ${rank} pairs of whole numbers ≥ 0, got ${show(padding)}`)
}

/** Numbers of elements before and behind each axis. */
export type Padding = readonly (readonly [before: number, behind: number])[]

/** Length of an axis with `interior` elements between neighbours. */
const spread = (length: number, interior: number): number => length + Math.max(0, length - 1) * interior

const ops = /*#__PURE__*/ defineOps<{
  pad: {
    readonly padding: Padding
    readonly value: number
    /** Numbers of elements between neighbours; all 0 where they are left out. */
    readonly interior?: readonly number[] | undefined
  }
}>({
  pad: {
    outputs(op, [x], { padding, value, interior }) {
      expectPairs(op, padding, x.shape.length)
      expectHolds(op, x.dtype, value)
      if (interior !== undefined) checkCounts(op, 'interior counts', interior, x.shape.length)
      const shape = x.shape.map(
        (length, i) => padding[i][0] + spread(length, interior?.[i] ?? 0) + padding[i][1],
      )
      return [{ shape, dtype: x.dtype }]
    },
  },
})
export default ops

const modulo = (i: number, n: number): number => ((i % n) + n) % n

/** Which element of an axis of length `n` stands in place `i`, where that is outside. */
const continuations = {
  edge: (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1),
  wrap: modulo,
  reflect(i: number, n: number): number {
    const place = n === 1 ? 0 : modulo(i, 2 * (n - 1))
    return place < n ? place : 2 * (n - 1) - place
  },
  symmetric(i: number, n: number): number {
    const place = modulo(i, 2 * n)
    return place < n ? place : 2 * n - 1 - place
  },
} as const

const padOptions = /*#__PURE__*/ optionTable('pad', {
  /**
   * What stands around: `constant` (default), the `edge`'s element, its mirror image without the edge (`reflect`) or with it (`symmetric`), or the
   * other end (`wrap`), as often as there is room, as in NumPy.
   */
  mode: withDefault(oneOf(['constant', 'edge', 'reflect', 'symmetric', 'wrap']), 'constant'),
  /** The constant. Default 0. */
  value: withDefault(anything<number>(), 0),
  /** How many constants stand between neighbours along each axis, with mode `constant` only. Default none. */
  interior: optional(anything<readonly number[]>()),
})

/** What stands around: see {@link pad}. */
export type PadOptions = OptionsOf<typeof padOptions>

/** One axis longer by elements that `place` finds for those outside. */
function continued(
  x: Tensor,
  axis: number,
  [before, behind]: readonly [number, number],
  place: (i: number, n: number) => number,
): Tensor {
  const n = x.shape[axis]
  if (before + behind === 0) return x
  if (n === 0)
    throw new RangeError(
      `pad: axis ${axis} of ${formatShape(x.shape)} is empty: there is nothing to continue`,
    )
  const places = Int32Array.from({ length: before + n + behind }, (_, i) => place(i - before, n))
  return gather(x, upload('pad', places, [places.length]), axis)
}

/**
 * Surrounded by a constant, or continued in one of the ways of NumPy: one pair (before, behind) an axis, of any dtype. Continuing takes the axes one after
 * another, so that corners are continued both ways. With `interior` the constant also stands between neighbours; an axis of one element or none has none.
 *
 * @param value the constant, or options
 * @throws RangeError unless there is a pair for every axis, for another mode, where an empty axis is to be continued, unless `interior` has a whole number
 *   ≥ 0 for every axis, and for `interior` with a mode that continues; TypeError for a value that the dtype cannot hold
 * @example
 * const x = tensor([1, 2, 3])
 * pad(x, [[1, 2]], 9).toArray()   // [9, 1, 2, 3, 9, 9]
 * pad(x, [[2, 1]], { mode: 'reflect' }).toArray()   // [3, 2, 1, 2, 3, 2]
 * pad(x, [[0, 1]], { interior: [1] }).toArray()   // [1, 0, 2, 0, 3, 0]
 */
export function pad(x: Tensor, padding: Padding, value: number | PadOptions = 0): Tensor {
  if (typeof value !== 'object') return dispatch(ops.pad, [x], { padding, value })[0]
  const { mode, value: constant, interior } = padOptions.resolve(value)
  if (mode === 'constant') return dispatch(ops.pad, [x], { padding, value: constant, interior })[0]
  if (interior !== undefined)
    throw new RangeError(`pad: interior: expected mode 'constant' with it, got '${mode}'`)
  expectTensor('pad', x)
  expectPairs('pad', padding, x.rank)
  if (padding.every(([before, behind]) => before + behind === 0)) return own('pad', x)
  return padding.reduce((t, pair, axis) => continued(t, axis, pair, continuations[mode]), x)
}
