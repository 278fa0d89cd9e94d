import { type Backend, uncloneable } from '../../backend.ts'
import { dtypeOf, type TypedArray } from '../../dtype.ts'
import { give, take } from './array-cache.ts'
import { kernels } from './kernels/index.ts'
import { updates } from './update.ts'

/** Plain loops in JavaScript, sums in float64: slow, clear, and what every other backend is held against. */
export const referenceBackend: Backend<TypedArray> = {
  name: 'reference',
  uncloneable,
  isOnHeap: true,
  allocate: take,
  upload(values) {
    const buffer = take(dtypeOf(values), values.length)
    buffer.set(values)
    return buffer
  },
  view: (buffer, offset, size) => buffer.subarray(offset, offset + size),
  release: give,
  write: (buffer, values) => buffer.set(values),
  read: async (buffer) => buffer.slice(),
  readSync: (buffer) => buffer.slice(),
  adopt: (family) => void Object.assign(kernels, family),
  kernels,
  updates,
}
