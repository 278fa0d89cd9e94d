import { dispatch } from '../../dispatch.ts'
import type { Tensor } from '../../tensor.ts'
import ops from './family.ts'

/** The last axis' `k` entries of largest absolute value, first on ties: bool like `x`. NaN is larger than all numbers, and equal to itself. */
export const topKMask = (x: Tensor, k: number): Tensor => dispatch(ops.topKMask, [x], { k })[0]
