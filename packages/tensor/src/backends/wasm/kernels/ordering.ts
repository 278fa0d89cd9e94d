import type { DType } from '../../../dtype.ts'
import { bytesPerElement, type Heap } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, byWidth, type Module } from '../module.ts'
import { floats, type WasmKernel } from './kernel.ts'

const { few, counts } = codes.sorting

/** Bits of the keys to turn over: all of them for the descending order, and the sign of a signed integer. */
const flipOf = (dtype: DType, descending: boolean): number =>
  (dtype === 'int32' ? -(2 ** 31) : 0) ^ (descending ? -1 : 0)

/** Ops that compare the elements of a row. */
export function orderingKernels(heap: Heap, module: Module) {
  const masks = byDType(module, 'topKMask', floats)
  const keysOf = {
    ...byDType(module, 'sortKeys', [...floats, 'uint32', 'bool']),
    int32: module.sortKeys_u32,
  }
  const take = byWidth(module, 'takeAlongAxis')

  const topKMask: WasmKernel<'topKMask'> = ([x], [y], { k }) => {
    const length = x.shape[x.shape.length - 1]
    const rows = x.size / Math.max(1, length)
    masks[x.dtype as 'float32'](rows, length, k, x.buffer.pointer, y.buffer.pointer)
  }

  const sort: WasmKernel<'sort'> = ([x], [y, indices], { descending, count }) => {
    if (y.size === 0) return
    const length = x.shape[x.shape.length - 1]
    const rows = x.size / length
    const [from, at, to] = [x, indices, y].map(({ buffer }) => buffer.pointer)
    const wide = x.dtype === 'float64'
    const keys = heap.allocate(wide ? 'float64' : 'uint32', x.size)
    // The keys of a row, and its places twice.
    const scratch = heap.allocate(
      'bool',
      count > few ? counts + length * (bytesPerElement(keys.dtype) + 8) : 0,
    )
    keysOf[x.dtype](x.size, flipOf(x.dtype, descending), from, keys.pointer)
    const sortRows = wide ? module.sortRows_64 : module.sortRows_32
    sortRows(rows, length, count, keys.pointer, at, scratch.pointer)
    take[x.dtype](rows, length, 1, from, count, at, to)
    heap.release(scratch)
    heap.release(keys)
  }
  return { topKMask, sort }
}
