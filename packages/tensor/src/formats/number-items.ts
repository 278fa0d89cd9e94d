import { type Shape, stridesOf } from '../shape.ts'
import { type ArrayData, checkBooleans } from './array-data.ts'
import { fromBfloat16, fromFloat16 } from './half-floats.ts'

/** Numbers as they are once read. */
export type Numbers = Pick<ArrayData, 'dtype' | 'data'>

/** Where numbers lie in a file, for errors. */
export interface Place {
  /** The operation, and the array where it has a name. */
  readonly op: string
  /** Byte at which the numbers begin. */
  readonly at: number
  readonly shape: Shape
  /** Whether the first axis varies fastest. */
  readonly columnMajor?: boolean
}

/** How one kind of number is read, by the name that numpy and PyTorch have for it. */
export interface NumberItem {
  /** Bytes a number has in the file. */
  readonly bytes: number
  /** @param bytes the numbers, little-endian, wherever they begin; the result shares nothing with them */
  readonly read: (bytes: Uint8Array, place: Place) => Numbers
}

const integer32 = (data: Int32Array): Numbers => ({ dtype: 'int32', data })
const unsigned32 = (data: Uint32Array): Numbers => ({ dtype: 'uint32', data })
const single = (data: Float32Array): Numbers => ({ dtype: 'float32', data })
const double = (data: Float64Array): Numbers => ({ dtype: 'float64', data })

/** A copy from where numbers of any width may begin. Not slice(), which a Node Buffer shares. */
const aligned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** Half floats become float32, integers those of 32 bits, and integers of 64 bits float64 where one does not fit. */
export const numberItems = {
  bool: { bytes: 1, read: readBooleans },
  int8: {
    bytes: 1,
    read: (bytes) => integer32(new Int32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))),
  },
  int16: { bytes: 2, read: (bytes) => integer32(new Int32Array(new Int16Array(aligned(bytes)))) },
  int32: { bytes: 4, read: (bytes) => integer32(new Int32Array(aligned(bytes))) },
  int64: { bytes: 8, read: readInt64 },
  uint8: { bytes: 1, read: (bytes) => unsigned32(new Uint32Array(bytes)) },
  uint16: { bytes: 2, read: (bytes) => unsigned32(new Uint32Array(new Uint16Array(aligned(bytes)))) },
  uint32: { bytes: 4, read: (bytes) => unsigned32(new Uint32Array(aligned(bytes))) },
  uint64: { bytes: 8, read: readUint64 },
  float16: { bytes: 2, read: (bytes) => single(fromFloat16(new Uint16Array(aligned(bytes)))) },
  bfloat16: { bytes: 2, read: (bytes) => single(fromBfloat16(new Uint16Array(aligned(bytes)))) },
  float32: { bytes: 4, read: (bytes) => single(new Float32Array(aligned(bytes))) },
  float64: { bytes: 8, read: (bytes) => double(new Float64Array(aligned(bytes))) },
} satisfies Readonly<Record<string, NumberItem>>

/** `float32`, `int8` and the like. */
export type NumberName = keyof typeof numberItems

/** A copy of `bytes` read as numbers. @throws naming place and value of one that cannot be held exactly */
export const numbersFrom = (name: NumberName, bytes: Uint8Array, place: Place): Numbers =>
  (numberItems[name] as NumberItem).read(bytes, place)

function readBooleans(bytes: Uint8Array, { op, at }: Place): Numbers {
  const data = new Uint8Array(bytes)
  checkBooleans(op, data, at)
  return { dtype: 'bool', data }
}

function readInt64(bytes: Uint8Array, place: Place): Numbers {
  const words = new Int32Array(aligned(bytes))
  const out = new Int32Array(words.length / 2)
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i]
    // The upper word of a number that fits repeats its sign.
    if (words[2 * i + 1] !== low >> 31) return double(wide('int64', words, place))
    out[i] = low
  }
  return integer32(out)
}

function readUint64(bytes: Uint8Array, place: Place): Numbers {
  const words = new Uint32Array(aligned(bytes))
  const out = new Uint32Array(words.length / 2)
  for (let i = 0; i < out.length; i++) {
    if (words[2 * i + 1] !== 0) return double(wide('uint64', words, place))
    out[i] = words[2 * i]
  }
  return unsigned32(out)
}

/** Beyond this a whole number is not always one of float64: 2^53 + 1 is none. */
const LARGEST = 2 ** 53

/** Numbers of 64 bits as those of float64, in the place of their words. @throws for one that might be another one there */
function wide(name: NumberName, words: Int32Array | Uint32Array, place: Place): Float64Array {
  const out = new Float64Array(words.buffer as ArrayBuffer)
  for (let i = 0; i < out.length; i++) {
    const [low, high] = [words[2 * i], words[2 * i + 1]]
    // The upper word has the sign; `>>> 0` takes it from the lower one.
    const value = high * 2 ** 32 + (low >>> 0)
    // The next one rounds to 2^53 as well.
    if (value > LARGEST || value < -LARGEST || (Math.abs(value) === LARGEST && (low & 1) !== 0)) {
      throw misfit(name, BigInt(high) * 2n ** 32n + BigInt(low >>> 0), i, place)
    }
    out[i] = value
  }
  return out
}

function misfit(name: NumberName, value: bigint, i: number, place: Place): Error {
  const { op, at } = place
  return new RangeError(
    `${op}: expected ${name} numbers of at most 2^53, which float64 holds exactly, found ${value} at ${indexOf(i, place)} (byte ${at + 8 * i}); subtract an offset before saving, in ${name}: x - x.min()`,
  )
}

/** Number i of the file by its place in the array: `[3, 1]`. */
function indexOf(i: number, { shape, columnMajor }: Place): string {
  const lengths = columnMajor ? shape.toReversed() : shape
  const strides = stridesOf(lengths)
  const index = lengths.map((length, axis) => Math.floor(i / strides[axis]) % length)
  return `[${(columnMajor ? index.toReversed() : index).slice(0, 8).join(', ')}${index.length > 8 ? ', …' : ''}]`
}
