import type { DType, TypedArray } from '../dtype.ts'
import { itemSize, numbersFrom } from './array-data.ts'

/** How one kind of number in a `.npy` file is read. */
export interface NpyItem {
  /** What it becomes. */
  readonly dtype: DType
  /** Bytes a number has in the file. */
  readonly bytes: number
  /**
   * @param bytes the numbers, little-endian
   * @param at where they begin in the file
   * @throws naming the byte of a number that the dtype cannot hold
   */
  readonly read: (op: string, bytes: Uint8Array, at: number) => TypedArray
}

/** By numpy's letter and width in bytes. Integers become those of 32 bits: 64 bits only where they fit. */
export const npyItems: Readonly<Record<string, NpyItem>> = {
  b1: asItIs('bool'),
  i1: { dtype: 'int32', bytes: 1, read: (_, bytes) => new Int32Array(new Int8Array(aligned(bytes))) },
  i2: { dtype: 'int32', bytes: 2, read: (_, bytes) => new Int32Array(new Int16Array(aligned(bytes))) },
  i4: asItIs('int32'),
  i8: { dtype: 'int32', bytes: 8, read: readInt64 },
  u1: { dtype: 'uint32', bytes: 1, read: (_, bytes) => new Uint32Array(bytes) },
  u2: { dtype: 'uint32', bytes: 2, read: (_, bytes) => new Uint32Array(new Uint16Array(aligned(bytes))) },
  u4: asItIs('uint32'),
  u8: { dtype: 'uint32', bytes: 8, read: readUint64 },
  f2: { dtype: 'float32', bytes: 2, read: readFloat16 },
  f4: asItIs('float32'),
  f8: asItIs('float64'),
}

function asItIs(dtype: DType): NpyItem {
  return { dtype, bytes: itemSize(dtype), read: (op, bytes, at) => numbersFrom(op, dtype, bytes, at) }
}

/** A copy that begins where numbers of any width may. */
const aligned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

function readInt64(op: string, bytes: Uint8Array, at: number): Int32Array {
  const words = new Int32Array(aligned(bytes))
  const out = new Int32Array(words.length / 2)
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i]
    // The upper word of a number that fits repeats its sign.
    if (words[2 * i + 1] !== low >> 31) throw misfit(op, 'int64', 'int32', words, i, at)
    out[i] = low
  }
  return out
}

function readUint64(op: string, bytes: Uint8Array, at: number): Uint32Array {
  const words = new Uint32Array(aligned(bytes))
  const out = new Uint32Array(words.length / 2)
  for (let i = 0; i < out.length; i++) {
    if (words[2 * i + 1] !== 0) throw misfit(op, 'uint64', 'uint32', words, i, at)
    out[i] = words[2 * i]
  }
  return out
}

function misfit(
  op: string,
  from: string,
  to: DType,
  words: Int32Array | Uint32Array,
  i: number,
  at: number,
): Error {
  // The upper word has the sign; `>>> 0` takes it from the lower one.
  const value = BigInt(words[2 * i + 1]) * 2n ** 32n + BigInt(words[2 * i] >>> 0)
  return new RangeError(
    `${op}: expected ${from} numbers that fit into ${to}, found ${value} at byte ${at + 8 * i}; save x.astype('float64') instead`,
  )
}

/** Every number of float16 is one of float32. */
function readFloat16(_: string, bytes: Uint8Array): Float32Array {
  const words = new Uint16Array(aligned(bytes))
  const out = new Float32Array(words.length)
  for (let i = 0; i < out.length; i++) {
    const size = sizeOfFloat16((words[i] >> 10) & 31, words[i] & 1023)
    out[i] = words[i] & 0x8000 ? -size : size
  }
  return out
}

/** @param exponent of 5 bits: 0 for numbers below 2⁻¹⁴, 31 for infinity and NaN. @param fraction of 10 bits. */
function sizeOfFloat16(exponent: number, fraction: number): number {
  if (exponent === 0) return fraction * 2 ** -24
  if (exponent < 31) return (1024 + fraction) * 2 ** (exponent - 25)
  return fraction === 0 ? Infinity : Number.NaN
}
