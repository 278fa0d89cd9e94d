import { dispatch } from '../../dispatch.ts'
import { defineOps, type Op, type ShapeRule, type Spec } from '../../op.ts'
import { expectKind } from '../../op-checks.ts'
import { normaliseAxes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { expectElements } from './expect-elements.ts'

/** What is reduced. */
export interface ReduceParams {
  /** Sorted, non-negative. */
  readonly axes: readonly number[]
  readonly keepDims: boolean
}

const reduced = ({ shape, dtype }: Spec, { axes, keepDims }: ReduceParams): Spec[] => [
  {
    shape: keepDims
      ? shape.map((length, i) => (axes.includes(i) ? 1 : length))
      : shape.filter((_, i) => !axes.includes(i)),
    dtype,
  },
]

const fold: ShapeRule<ReduceParams> = {
  outputs(op, [x], params) {
    expectKind(op, 'number', x.dtype)
    return reduced(x, params)
  },
}

/** Of no elements there is no largest. */
const extreme: ShapeRule<ReduceParams> = {
  outputs(op, [x], params) {
    expectElements(op, x, params.axes)
    return reduced(x, params)
  },
}

const ops = /*#__PURE__*/ defineOps<{
  sum: ReduceParams
  prod: ReduceParams
  max: ReduceParams
  min: ReduceParams
}>({
  sum: fold,
  prod: fold,
  max: extreme,
  min: extreme,
})
export default ops

/** One axis or several, negative ones counted from the end. */
export type Axes = number | readonly number[]

const reduction =
  (op: Op<string, ReduceParams>) =>
  (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
    dispatch(op, [x], { axes: normaliseAxes(op.name, axes, x.rank), keepDims })[0]

/** Sum over `axes` (default all); the sum of nothing is 0. @throws TypeError for bool; RangeError for axes that x has not. */
export const sum = /*#__PURE__*/ reduction(ops.sum)
/** Product over `axes` (default all); the product of nothing is 1. @throws as {@link sum} does. */
export const prod = /*#__PURE__*/ reduction(ops.prod)
/** Largest element over `axes` (default all); NaN wins, and of two zeros +0. Ties share the slope. @throws RangeError for an empty axis. */
export const max = /*#__PURE__*/ reduction(ops.max)
/** Smallest element over `axes` (default all); NaN wins, and of two zeros −0. Ties share the slope. @throws RangeError for an empty axis. */
export const min = /*#__PURE__*/ reduction(ops.min)
