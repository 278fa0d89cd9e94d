import { dispatch } from '../../dispatch.ts'
import { NONE, type None, type Op } from '../../op.ts'
import type { Tensor } from '../../tensor.ts'
import { type Operand, operands } from '../operand.ts'

/** The function of an op of one tensor without parameters. */
export const unary =
  (op: Op<string, None>) =>
  (x: Tensor): Tensor =>
    dispatch(op, [x], NONE)[0]

/** The function of an op of two tensors without parameters, one of which may be a number. */
export const binary =
  (op: Op<string, None>) =>
  (a: Operand, b: Operand): Tensor =>
    dispatch(op, operands(op.name, a, b), NONE)[0]
