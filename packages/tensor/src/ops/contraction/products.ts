import { expectTensor } from '../../checks.ts'
import { expectKind, same } from '../../op-checks.ts'
import { broadcastShapes, formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { mul } from '../elementwise/binary.ts'
import { reshape } from '../layout/reshape.ts'
import { sum } from '../reduction/fold.ts'

/** @throws TypeError for what cannot be multiplied */
function expectFactors(op: string, a: Tensor, b: Tensor): void {
  expectTensor(op, a)
  expectTensor(op, b)
  expectKind(op, 'number', same(op, a, b))
}

/** Inner product over the last axis. */
export function dot(a: Tensor, b: Tensor): Tensor {
  expectFactors('dot', a, b)
  if (a.rank === 0 || a.shape.at(-1) !== b.shape.at(-1)) {
    throw new RangeError(`dot: last axes differ: ${formatShape(a.shape)} and ${formatShape(b.shape)}`)
  }
  broadcastShapes('dot', a.shape, b.shape)
  return sum(mul(a, b), -1)
}

/** `out[i, j] = a[i] · b[j]` of two vectors. */
export function outer(a: Tensor, b: Tensor): Tensor {
  expectFactors('outer', a, b)
  if (a.rank !== 1 || b.rank !== 1) {
    throw new RangeError(
      `outer: expected two vectors, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    )
  }
  return mul(reshape(a, [a.size, 1]), reshape(b, [1, b.size]))
}
