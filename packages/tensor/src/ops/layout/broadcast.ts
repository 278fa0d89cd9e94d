import { expectTensor } from '../../checks.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { broadcastShapes, checkCounts, checkShape, formatShape, type Shape, sameShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { reshape } from './reshape.ts'

const ops = /*#__PURE__*/ defineOps<{
  broadcastTo: { readonly shape: Shape }
}>({
  broadcastTo: {
    outputs(op, [x], { shape }) {
      checkShape(op, shape)
      const out = broadcastShapes(op, x.shape, shape)
      if (out.some((length, i) => length !== shape[i]) || out.length !== shape.length) {
        throw new RangeError(`${op}: ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`)
      }
      return [{ shape, dtype: x.dtype }]
    },
  },
})
export default ops

/** Stretched copies along axes of length 1. @throws RangeError for another shape than one `x` stretches to. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  expectTensor('broadcastTo', x)
  checkShape('broadcastTo', shape)
  return sameShape(x.shape, shape) ? own('broadcastTo', x) : dispatch(ops.broadcastTo, [x], { shape })[0]
}

/** An operand in this shape: itself where it has it, of which {@link broadcastTo} would make a view. */
export const stretched = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : broadcastTo(x, shape)

/**
 * The same numbers in memory of their own, copied by a kernel, so that a recording does it again.
 *
 * @param x a tensor that is not being differentiated
 */
export const copied = (x: Tensor): Tensor => dispatch(ops.broadcastTo, [x], { shape: x.shape })[0]

/** Repeated `counts[i]` times along axis i. */
export function tile(x: Tensor, counts: readonly number[]): Tensor {
  expectTensor('tile', x)
  checkCounts('tile', 'counts', counts, x.rank)
  const interleaved = x.shape.flatMap((length) => [1, length])
  const repeated = x.shape.flatMap((length, i) => [counts[i], length])
  const out = x.shape.map((length, i) => length * counts[i])
  checkShape('tile', out)
  return reshape(broadcastTo(reshape(x, interleaved), repeated), out)
}
