import type { Kernel } from '../../../backend.ts'
import type { DType } from '../../../dtype.ts'
import type { OrderingFamily } from '../../../ops/ordering/rules.ts'
import type { Block } from '../block.ts'
import type { WasmFamily } from '../family.ts'
import { bytesPerElement, type Heap } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, type Module } from '../module.ts'
import { kernels as text, version } from '../ordering.generated.ts'
import { floats } from './dtypes.ts'

/** Up to so many are kept in order by insertion: 16 of 10⁶ that come in descending order take four fifths of a whole sort by bytes. */
const FEW = 16
/** And rows of up to so many. */
const SHORT = 64
/** Bytes of the table by which a row is sorted by bytes. */
const COUNTS = 1024

/** Bits of the keys to turn over: all of them for the descending order, and the sign of a signed integer. */
const flipOf = (dtype: DType, descending: boolean): number =>
  (dtype === 'int32' ? -(2 ** 31) : 0) ^ (descending ? -1 : 0)

type OrderingKernels = { readonly [N in keyof OrderingFamily]: Kernel<Block, OrderingFamily[N]> }

/** Ops that compare the elements of a row. */
function makeKernels(heap: Heap, module: Module, main: Module): OrderingKernels {
  const masks = byDType(module, 'topKMask', floats)
  const keysOf = byDType(module, 'sortKeys', [...floats, 'uint32'])

  const topKMask: OrderingKernels['topKMask'] = ([x], [y], { k }) => {
    const length = x.shape[x.shape.length - 1]
    const rows = x.size / Math.max(1, length)
    masks[x.dtype as 'float32'](rows, length, k, x.buffer.pointer, y.buffer.pointer)
  }

  const sort: OrderingKernels['sort'] = ([x], [y, indices], { descending, count }) => {
    if (y.size === 0) return
    const length = x.shape[x.shape.length - 1]
    const rows = x.size / length
    const [from, at, to] = [x, indices, y].map(({ buffer }) => buffer.pointer)
    const keyed = x.dtype === 'float32' || x.dtype === 'float64' ? x.dtype : 'uint32'
    const keys = heap.allocate(keyed, x.size)
    if (x.dtype === 'bool') main.cast_i32(codes.castSource.bool, x.size, from, keys.pointer)
    const unkeyed = x.dtype === 'bool' ? keys.pointer : from
    keysOf[keyed](x.size, flipOf(x.dtype, descending), unkeyed, keys.pointer)
    const sortRows = keyed === 'float64' ? module.sortRows_64 : module.sortRows_32
    if (count <= FEW || length <= SHORT) sortRows(rows, length, count, keys.pointer, at, 0)
    else {
      // The keys of a row, and its places twice.
      const scratch = heap.allocate('bool', COUNTS + length * (bytesPerElement(keyed) + 8))
      sortRows(rows, length, count, keys.pointer, at, scratch.pointer)
      heap.release(scratch)
    }
    // The keys have served: in their place the places of the values.
    main.placesAlong(rows, count, length, 1, at, keys.pointer)
    main.gather(1, 0, bytesPerElement(x.dtype), from, y.size, keys.pointer, to)
    heap.release(keys)
  }
  return { topKMask, sort }
}

/** Kernels that come with the ops of the family ordering. */
export const orderingFamily: WasmFamily<OrderingKernels> = {
  ...{ name: 'tensor/core', part: 'topKMask_f32', version },
  ...{ text, splits: {}, makeKernels },
}
