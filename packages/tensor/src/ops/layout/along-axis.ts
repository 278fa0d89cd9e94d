import { expectCount, expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps, type Spec } from '../../op.ts'
import { expectIndices, expectKind } from '../../op-checks.ts'
import { broadcastShapes, formatShape, normaliseAxis, type Shape, sameShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { stretched } from './broadcast.ts'

/** @throws unless they are indices in such a shape. */
function expectIndicesLike(op: string, indices: Spec, wanted: Shape): void {
  expectIndices(op, indices)
  if (!sameShape(indices.shape, wanted))
    throw new RangeError(`${op}: expected indices ${formatShape(wanted)}, got ${formatShape(indices.shape)}`)
}

const ops = /*#__PURE__*/ defineOps<{
  takeAlongAxis: { readonly axis: number }
  addAlongAxis: { readonly axis: number; readonly size: number }
}>({
  takeAlongAxis: {
    outputs(op, [x, indices], { axis }) {
      expectIndicesLike(op, indices, x.shape.with(axis, indices.shape[axis]))
      return [{ shape: indices.shape, dtype: x.dtype }]
    },
  },
  addAlongAxis: {
    outputs(op, [updates, indices], { axis, size }) {
      expectIndicesLike(op, indices, updates.shape)
      expectKind(op, 'number', updates.dtype)
      expectCount(op, 'size', size, 0)
      return [{ shape: updates.shape.with(axis, size), dtype: updates.dtype }]
    },
  },
})
export default ops

/** @throws RangeError unless they have as many axes. */
function expectSameRank(op: string, x: Tensor, indices: Tensor): void {
  expectTensor(op, x)
  expectTensor(op, indices)
  if (x.rank !== indices.rank) {
    throw new RangeError(
      `${op}: expected indices of rank ${x.rank}, as ${formatShape(x.shape)} is, got ${formatShape(indices.shape)}`,
    )
  }
}

/**
 * Entries of `x` at int32 `indices` along `axis`, each line by indices of its own: `y[i, j] = x[i, indices[i, j]]` along the last
 * axis of a matrix. Both have as many axes; on the others a length of 1 stretches. The result is shaped as the indices are, then. NumPy's
 * `take_along_axis`, but that indices below 0 are errors. Differentiable in x, by {@link addAlongAxis}.
 *
 * @param x of any dtype
 * @throws RangeError for an index outside the axis (`gpu` answers NaN there, 0 of integers), shapes that do not fit, and an axis that x has
 * not; TypeError for indices that are not int32
 * @example
 * const x = tensor([[10, 30, 20], [60, 40, 50]])
 * takeAlongAxis(x, argsort(x, 1), 1).toArray()   // [[10, 20, 30], [40, 50, 60]]
 * takeAlongAxis(x, tensor([[2], [0]], { dtype: 'int32' }), 1).toArray()   // [[20], [60]]
 */
export function takeAlongAxis(x: Tensor, indices: Tensor, axis = -1): Tensor {
  expectSameRank('takeAlongAxis', x, indices)
  const along = normaliseAxis('takeAlongAxis', axis, x.rank)
  const [length, count] = [x.shape[along], indices.shape[along]]
  const others = broadcastShapes('takeAlongAxis', x.shape.with(along, 1), indices.shape.with(along, 1))
  const inputs = [stretched(x, others.with(along, length)), stretched(indices, others.with(along, count))]
  return dispatch(ops.takeAlongAxis, inputs, { axis: along })[0]
}

/**
 * Zeros of length `size` along `axis`, each line's `updates` added at int32 indices of its own: `y[i, indices[i, j]] += updates[i, j]` along the
 * last axis of a matrix. The transpose of {@link takeAlongAxis}, as `scatterAdd` is that of `gather`. Updates at the same index add
 * up; where there are 256 and more to a line, in float64. Updates and indices have as many axes, on which a length of 1 stretches.
 * Differentiable in the updates.
 *
 * @param updates of any dtype but bool
 * @param size of the axis of the result, 0 or more
 * @throws RangeError for an index outside 0 … size − 1 (`gpu` leaves it out), shapes that do not fit, and an axis that updates have not;
 * TypeError for bools, and indices that are not int32
 * @example
 * const at = tensor([[0, 2, 2]], { dtype: 'int32' })
 * addAlongAxis(tensor([[1, 2, 3]]), at, 4).toArray()   // [[1, 0, 5, 0]]
 */
export function addAlongAxis(updates: Tensor, indices: Tensor, size: number, axis = -1): Tensor {
  expectSameRank('addAlongAxis', updates, indices)
  const along = normaliseAxis('addAlongAxis', axis, updates.rank)
  const shape = broadcastShapes('addAlongAxis', updates.shape, indices.shape)
  return dispatch(ops.addAlongAxis, [stretched(updates, shape), stretched(indices, shape)], {
    axis: along,
    size,
  })[0]
}
