import { arrayTypes, type DType, dtypeOf, type TypedArray } from '../../dtype.ts'

/** Released buffers are kept for the next step, up to this many bytes. */
const CAPACITY = 256 * 2 ** 20

const free = new Map<DType, Map<number, TypedArray[]>>()
let bytes = 0

/** A buffer of undefined contents: a released one of the same length where there is one. */
export function take(dtype: DType, size: number): TypedArray {
  const reused = free.get(dtype)?.get(size)?.pop()
  if (reused === undefined) return new arrayTypes[dtype](size)
  bytes -= reused.byteLength
  return reused
}

/** Keeps a released buffer for {@link take}. */
export function give(buffer: TypedArray): void {
  if (bytes + buffer.byteLength > CAPACITY) return
  bytes += buffer.byteLength
  const dtype = dtypeOf(buffer)
  let bySize = free.get(dtype)
  if (bySize === undefined) free.set(dtype, (bySize = new Map()))
  const list = bySize.get(buffer.length)
  if (list === undefined) bySize.set(buffer.length, [buffer])
  else list.push(buffer)
}
