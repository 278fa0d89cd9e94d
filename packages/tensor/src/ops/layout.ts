import { describe, expectTensor } from '../checks.ts'
import { arange } from '../creation.ts'
import { dispatch, own } from '../dispatch.ts'
import type { DType } from '../dtype.ts'
import { same } from '../op-rows/row.ts'
import {
  checkCounts,
  checkShape,
  formatShape,
  normaliseAxes,
  normaliseAxis,
  type Shape,
  sameShape,
  sizeOf,
} from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * The same elements in another shape: a view, which may be disposed apart from `x`. One length may be −1 and is worked out, as long
 * as there is one that fits: nothing, `[0]`, is 0 of any length but not `[-1, 0]`.
 *
 * @throws RangeError if the number of elements differs, or −1 could be any number.
 * @example reshape(zeros([4, 6]), [-1, 3]).shape   // [8, 3]
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  expectTensor('reshape', x)
  const full = Array.isArray(shape) && shape.includes(-1) ? workedOut(x, shape) : shape
  checkShape('reshape', full)
  return sameShape(x.shape, full) ? own('reshape', x) : dispatch('reshape', [x], { shape: full })[0]
}

/** The length for −1. */
function workedOut(x: Tensor, shape: Shape): Shape {
  const open = shape.indexOf(-1)
  if (shape.includes(-1, open + 1))
    throw new RangeError(`reshape: expected −1 once at most, got ${formatShape(shape)}`)
  const others = shape.filter((_, i) => i !== open)
  checkShape('reshape', others)
  const known = sizeOf(others)
  if (known === 0) {
    const any = x.size === 0 ? ': −1 could be any length' : ''
    throw new RangeError(`reshape: ${formatShape(x.shape)} does not fit ${formatShape(shape)}${any}`)
  }
  const length = x.size / known
  if (!Number.isInteger(length))
    throw new RangeError(`reshape: ${formatShape(x.shape)} does not fit ${formatShape(shape)}`)
  return shape.map((l, i) => (i === open ? length : l))
}

function checkList(op: string, what: string, list: unknown): void {
  if (!Array.isArray(list)) throw new TypeError(`${op}: expected a list of ${what}, got ${describe(list)}`)
}

/** Axes in another order; without `axes`, reversed. @throws RangeError unless `axes` names each axis once. */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  expectTensor('transpose', x)
  if (axes !== undefined) checkList('transpose', 'axes such as [1, 0]', axes)
  const order =
    axes?.map((axis) => normaliseAxis('transpose', axis, x.rank)) ?? x.shape.map((_, i) => x.rank - 1 - i)
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new RangeError(`transpose: expected each of ${x.rank} axes once, got ${formatShape(order)}`)
  }
  return order.every((axis, i) => axis === i)
    ? own('transpose', x)
    : dispatch('transpose', [x], { axes: order })[0]
}

/** Stretched copies along axes of length 1. @throws RangeError for another shape than one `x` stretches to. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  expectTensor('broadcastTo', x)
  checkShape('broadcastTo', shape)
  return sameShape(x.shape, shape) ? own('broadcastTo', x) : dispatch('broadcastTo', [x], { shape })[0]
}

/** @throws for what is no list of tensors, and an empty one. */
function checkTensors(op: string, xs: readonly Tensor[]): void {
  checkList(op, 'tensors', xs)
  if (xs.length === 0) throw new RangeError(`${op}: expected at least one tensor, got none`)
  for (const x of xs) expectTensor(op, x)
}

/** Joined along an existing axis. @throws for an empty list. */
export function concat(xs: readonly Tensor[], axis: number): Tensor {
  checkTensors('concat', xs)
  const at = normaliseAxis('concat', axis, xs[0].rank)
  return xs.length === 1 ? own('concat', xs[0]) : dispatch('concat', xs, { axis: at })[0]
}

/** Joined along a new axis. @throws for an empty list, and tensors of several shapes or dtypes. */
export function stack(xs: readonly Tensor[], axis = 0): Tensor {
  checkTensors('stack', xs)
  for (const x of xs) {
    if (!sameShape(x.shape, xs[0].shape))
      throw new RangeError(`stack: shapes differ: ${formatShape(xs[0].shape)} and ${formatShape(x.shape)}`)
    same('stack', xs[0], x)
  }
  const at = normaliseAxis('stack', axis, xs[0].rank + 1)
  return concat(
    xs.map((x) => expandDims(x, at)),
    at,
  )
}

/** The block from `starts` of lengths `sizes`; leading-axis blocks are views. @throws RangeError outside the tensor. */
export const slice = (x: Tensor, starts: readonly number[], sizes: readonly number[]): Tensor =>
  dispatch('slice', [x], { starts, sizes })[0]

/** Rows `from … to − 1` of the leading axis: a view. @throws RangeError outside the tensor. */
export function rows(x: Tensor, from: number, to: number): Tensor {
  expectTensor('rows', x)
  if (x.rank === 0) throw new RangeError('rows: expected a tensor of rank ≥ 1, got []')
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= x.shape[0]))
    throw new RangeError(
      `rows: expected rows within 0 … ${x.shape[0]}, got ${describe(from)} … ${describe(to)}`,
    )
  const inner = x.shape.slice(1)
  return slice(x, [from, ...inner.map(() => 0)], [to - from, ...inner])
}

/** Surrounded by `value`: one pair (before, after) an axis. @throws TypeError for a value that the dtype cannot hold. */
export const pad = (x: Tensor, padding: readonly (readonly [number, number])[], value = 0): Tensor =>
  dispatch('pad', [x], { padding, value })[0]

/** Reversed along `axes` (default all). */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('flip', x)
  const turned = normaliseAxes('flip', axes, x.rank)
  return turned.length === 0 ? own('flip', x) : dispatch('flip', [x], { axes: turned })[0]
}

/**
 * Entries of `x` at int32 `indices` along `axis`: `x.shape[:axis] + indices.shape + x.shape[axis + 1:]`.
 * @throws RangeError for an index outside the axis.
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  expectTensor('gather', x)
  return dispatch('gather', [x, indices], { axis: normaliseAxis('gather', axis, x.rank) })[0]
}

/** Zeros of length `size` along `axis`, `updates` added at `indices`: the transpose of {@link gather}. */
export function scatterAdd(updates: Tensor, indices: Tensor, size: number, axis = 0): Tensor {
  expectTensor('scatterAdd', updates)
  return dispatch('scatterAdd', [updates, indices], {
    axis: normaliseAxis('scatterAdd', axis, updates.rank + 1),
    size,
  })[0]
}

/** A last axis of length `depth` that is 1 at the index; an index outside gives zeros. */
export const oneHot = (indices: Tensor, depth: number, dtype: DType = 'float32'): Tensor =>
  dispatch('oneHot', [indices], { depth, dtype })[0]

/** A new axis of length 1. */
export function expandDims(x: Tensor, axis: number): Tensor {
  expectTensor('expandDims', x)
  const at = normaliseAxis('expandDims', axis, x.rank + 1)
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])
}

/** Without the named axes of length 1 (default: all of them). @throws RangeError for another length. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('squeeze', x)
  const gone =
    axes === undefined
      ? x.shape.flatMap((length, i) => (length === 1 ? [i] : []))
      : normaliseAxes('squeeze', axes, x.rank)
  for (const axis of gone) {
    if (x.shape[axis] !== 1)
      throw new RangeError(`squeeze: axis ${axis} of ${formatShape(x.shape)} is not of length 1`)
  }
  return reshape(
    x,
    x.shape.filter((_, i) => !gone.includes(i)),
  )
}

/** Repeated `counts[i]` times along axis i. */
export function tile(x: Tensor, counts: readonly number[]): Tensor {
  expectTensor('tile', x)
  checkCounts('tile', 'counts', counts, x.rank)
  const interleaved = x.shape.flatMap((length) => [1, length])
  const stretched = x.shape.flatMap((length, i) => [counts[i], length])
  const out = x.shape.map((length, i) => length * counts[i])
  checkShape('tile', out)
  return reshape(broadcastTo(reshape(x, interleaved), stretched), out)
}

/** The last axis' `k` entries of largest absolute value, first on ties: bool like `x`. NaN is larger than all numbers, and equal to itself. */
export const topKMask = (x: Tensor, k: number): Tensor => dispatch('topKMask', [x], { k })[0]

/** The diagonal of the last two axes. */
export function diagonal(a: Tensor): Tensor {
  expectTensor('diagonal', a)
  const [n, m] = [a.shape.at(-2) ?? 0, a.shape.at(-1) ?? 0]
  if (a.rank < 2 || n !== m)
    throw new RangeError(`diagonal: expected square matrices, got ${formatShape(a.shape)}`)
  const flat = reshape(a, [...a.shape.slice(0, -2), n * n])
  return gather(flat, diagonalIndices(n), -1)
}

const diagonalIndices = (n: number): Tensor => arange(0, n * n, n + 1, 'int32')
