import type { Tensor } from '@facet/tensor'
import { dispatch, type FamilyOp, type Op, type OpParams } from '@facet/tensor/dispatch'
import type { OpCall } from './rule.ts'

/**
 * Another op of the family, of the first output. It is reached by the op that ran: by its function every program that differentiates would
 * have the kernels of all families.
 */
export function sister<N extends FamilyOp>(
  { op }: OpCall<FamilyOp>,
  name: N,
  inputs: readonly Tensor[],
  params: OpParams[N],
): Tensor {
  return dispatch(op.family!.ops[name] as Op<N, OpParams[N]>, inputs, params)[0]
}
