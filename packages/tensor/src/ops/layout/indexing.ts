import { expectCount, expectTensor } from '../../checks.ts'
import { arange } from '../../creation.ts'
import { dispatch } from '../../dispatch.ts'
import { checkDType, type DType } from '../../dtype.ts'
import { defineOps } from '../../op.ts'
import { expectIndices, expectKind } from '../../op-checks.ts'
import { formatShape, normaliseAxis } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { reshape } from './reshape.ts'

const ops = /*#__PURE__*/ defineOps<{
  gather: { readonly axis: number }
  scatterAdd: { readonly axis: number; readonly size: number }
  oneHot: { readonly depth: number; readonly dtype: DType }
}>({
  gather: {
    outputs(op, [x, indices], { axis }) {
      expectIndices(op, indices)
      return [
        { shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], dtype: x.dtype },
      ]
    },
  },
  scatterAdd: {
    outputs(op, [updates, indices], { axis, size }) {
      expectIndices(op, indices)
      expectKind(op, 'number', updates.dtype)
      expectCount(op, 'size', size, 0)
      const span = updates.shape.slice(axis, axis + indices.shape.length)
      if (span.length !== indices.shape.length || span.some((length, i) => length !== indices.shape[i])) {
        throw new RangeError(
          `${op}: expected updates with ${formatShape(indices.shape)} at axis ${axis}, got ${formatShape(updates.shape)}`,
        )
      }
      const rest = updates.shape.slice(axis + indices.shape.length)
      return [{ shape: [...updates.shape.slice(0, axis), size, ...rest], dtype: updates.dtype }]
    },
  },
  oneHot: {
    outputs(op, [indices], { depth, dtype }) {
      expectIndices(op, indices)
      checkDType(op, dtype)
      expectCount(op, 'depth', depth, 0)
      return [{ shape: [...indices.shape, depth], dtype }]
    },
  },
})
export default ops

/**
 * Entries of `x` at int32 `indices` along `axis`: `x.shape[:axis] + indices.shape + x.shape[axis + 1:]`.
 * @throws RangeError for an index outside the axis.
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  expectTensor('gather', x)
  return dispatch(ops.gather, [x, indices], { axis: normaliseAxis('gather', axis, x.rank) })[0]
}

/** Zeros of length `size` along `axis`, `updates` added at `indices`: the transpose of {@link gather}. */
export function scatterAdd(updates: Tensor, indices: Tensor, size: number, axis = 0): Tensor {
  expectTensor('scatterAdd', updates)
  return dispatch(ops.scatterAdd, [updates, indices], {
    axis: normaliseAxis('scatterAdd', axis, updates.rank + 1),
    size,
  })[0]
}

/** A last axis of length `depth` that is 1 at the index; an index outside gives zeros. */
export const oneHot = (indices: Tensor, depth: number, dtype: DType = 'float32'): Tensor =>
  dispatch(ops.oneHot, [indices], { depth, dtype })[0]

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
