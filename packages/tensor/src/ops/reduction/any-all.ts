import type { Tensor } from '../../tensor.ts'
import { notEqual } from '../elementwise/logic.ts'
import { cast } from '../elementwise/unary.ts'
import { type Axes, prod, sum } from './fold.ts'

const asBool = (x: Tensor): Tensor => (x.dtype === 'bool' ? x : notEqual(x, 0))

/** Whether any element is true (or not 0) over `axes`. False for none. */
export const any = (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
  notEqual(sum(cast(asBool(x), 'int32'), axes, keepDims), 0)

/** Whether all elements are true (or not 0) over `axes`. True for none. */
export const all = (x: Tensor, axes?: Axes, keepDims = false): Tensor =>
  notEqual(prod(cast(asBool(x), 'int32'), axes, keepDims), 0)
