import { describe } from '../../checks.ts'
import { expectSquare } from '../../op-checks.ts'
import { Tensor } from '../../tensor.ts'

/** @throws TypeError for what is no floating tensor; RangeError unless its matrices are square. */
export function expectMatrices(op: string, a: Tensor): void {
  if (!(a instanceof Tensor)) throw new TypeError(`${op}: expected a tensor, got ${describe(a)}`)
  expectSquare(op, a)
}
