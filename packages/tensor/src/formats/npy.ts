import type { DType } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import { type ArrayData, bytesFor, bytesOf, checkArrayData, checkBytes, shownShape } from './array-data.ts'
import { rowMajor } from './fortran-order.ts'
import { type NpyHeader, parseNpyHeader } from './npy-header.ts'
import { readTextItems } from './npy-texts.ts'
import { type NpyType, readNpyType, TEXT_ADVICE } from './npy-type.ts'
import { numbersFrom } from './number-items.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const

/** Bytes before the header's text, by major version: magic, version, length of the text (16 or 32 bits). */
const PREFIX = { 1: 10, 2: 12, 3: 12 } as const

/** Numpy writes less than 200 bytes for plain arrays and reads at most 10,000 unless it is told to. */
const LONGEST_HEADER = 2 ** 20

/** The data begin at a multiple of this, as numpy writes them. */
const ALIGNMENT = 64

const descriptors: Record<DType, string> = {
  float32: '<f4',
  float64: '<f8',
  int32: '<i4',
  uint32: '<u4',
  bool: '|b1',
}

/**
 * An array as the bytes of a `.npy` file (version 1.0; 2.0 where the header is longer than 65535 bytes).
 *
 * @throws if dtype, shape and data do not belong together
 * @example
 * encodeNpy({ dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) })
 */
export const encodeNpy = (array: ArrayData): Uint8Array => writeNpy('encodeNpy', array)

/** As {@link encodeNpy}, on behalf of an operation that errors name. */
export function writeNpy(op: string, array: ArrayData): Uint8Array {
  checkArrayData(op, array)
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(', ')})`
  const text = `{'descr': '${descriptors[array.dtype]}', 'fortran_order': False, 'shape': ${shape}, }`
  const padded = (version: 1 | 2): number =>
    Math.ceil((PREFIX[version] + text.length + 1) / ALIGNMENT) * ALIGNMENT
  const version = padded(1) - PREFIX[1] > 0xffff ? 2 : 1
  const start = padded(version)
  const bytes = new Uint8Array(start + array.data.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  bytes[6] = version
  if (version === 1) view.setUint16(8, start - PREFIX[1], true)
  else view.setUint32(8, start - PREFIX[2], true)
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - PREFIX[version] - 1)}\n`), PREFIX[version])
  bytes.set(bytesOf(array.data), start)
  return bytes
}

/** What an array in a file is, from its header alone. */
export interface ArrayDescription {
  /** The type of its numbers in the file, as numpy calls it: `float64`, `int8`, `bfloat16`, `<U5`, `object`. */
  readonly type: string
  readonly shape: Shape
  /** What can be made of it: numbers, texts (labels), or nothing. */
  readonly reads: 'numbers' | 'texts' | 'nothing'
}

/** An array of texts out of a file, in row-major order. */
export interface TextArray {
  readonly shape: Shape
  readonly texts: readonly string[]
}

/**
 * The array in a `.npy` file (versions 1.0, 2.0 and 3.0, either byte order, C or Fortran order), in row-major order.
 *
 * bool, int32, uint32, float32 and float64 stay what they are, float16 becomes float32, integers of 8 and 16 bits become
 * int32 or uint32; those of 64 bits as well where every number fits, else float64 (up to 2^53, where that is exact).
 *
 * @throws naming the byte, what was expected there and what was found; for texts, times, complex numbers, Python objects
 *   and structured arrays how to save them as numbers
 * @example
 * decodeNpy(encodeNpy({ dtype: 'bool', shape: [1], data: Uint8Array.of(1) })).data // Uint8Array [1]
 */
export const decodeNpy = (bytes: Uint8Array): ArrayData => readNpy('decodeNpy', bytes)

/**
 * What a `.npy` file says it holds, whether it can be read or not. The first bytes of a file are enough, as long as its header is
 * among them.
 *
 * @throws for what is no `.npy` file
 * @example
 * describeNpy(encodeNpy({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) })) // { type: 'float32', shape: [2], reads: 'numbers' }
 */
export function describeNpy(bytes: Uint8Array): ArrayDescription {
  checkBytes('describeNpy', bytes)
  return describeNpyFile('describeNpy', bytes)
}

/** As {@link describeNpy}, on behalf of an operation that errors name. */
export function describeNpyFile(op: string, bytes: Uint8Array): ArrayDescription {
  const { header } = readHeader(op, bytes)
  const { name, reads } = readNpyType(op, header.descr, header.shape)
  return { type: name, shape: header.shape, reads }
}

/** As {@link decodeNpy}, on behalf of an operation that errors name. */
export function readNpy(op: string, bytes: Uint8Array): ArrayData {
  checkBytes(op, bytes)
  const { header, start } = readHeader(op, bytes)
  const { shape, fortranOrder } = header
  const type = readNpyType(op, header.descr, shape)
  if (type.reads !== 'numbers') throw unreadable(op, type, shape)
  const content = contentOf(op, bytes, start, header, type.bytes)
  const { dtype, data } = numbersFrom(
    type.number,
    type.bigEndian && type.bytes > 1 ? swapped(content, type.bytes) : content,
    { op, at: start, shape, columnMajor: fortranOrder },
  )
  return { dtype, shape, data: fortranOrder ? rowMajor(data, shape) : data }
}

/** The texts in a `.npy` file. @throws as {@link decodeNpy} does, and for what is no array of texts */
export function readNpyTexts(op: string, bytes: Uint8Array): TextArray {
  const { header, start } = readHeader(op, bytes)
  const { shape } = header
  const type = readNpyType(op, header.descr, shape)
  if (type.reads !== 'texts') {
    throw new TypeError(`${op}: expected texts, found ${type.name} ${shownShape(shape)}`)
  }
  // Where an item has no bytes, no number of bytes counts them.
  if (type.bytes === 0) throw new RangeError(`${op}: expected texts with letters, found ${header.descr}`)
  if (header.fortranOrder && shape.length > 1) {
    throw new RangeError(`${op}: expected texts in C order, found Fortran order ${shownShape(shape)}`)
  }
  return { shape, texts: readTextItems(op, type, contentOf(op, bytes, start, header, type.bytes), start) }
}

/** What is no array of numbers. */
function unreadable(op: string, type: Exclude<NpyType, { reads: 'numbers' }>, shape: Shape): Error {
  const advice = type.reads === 'texts' ? TEXT_ADVICE : type.advice
  return new TypeError(
    `${op}: expected an array of numbers, found ${type.name} ${shownShape(shape)}: ${advice}`,
  )
}

/** The bytes of the items. @throws RangeError where there are more or less than the header says */
function contentOf(
  op: string,
  bytes: Uint8Array,
  start: number,
  { shape, descr }: NpyHeader,
  itemBytes: number,
): Uint8Array {
  const expected = bytesFor(shape, itemBytes)
  const found = bytes.length - start
  if (found === expected) return bytes.subarray(start)
  const next = bytes.subarray(start + expected)
  const hint =
    found < expected
      ? ': the file is cut short'
      : isNpy(next)
        ? ': several arrays one after the other, of which numpy.load reads the first; save them by np.savez'
        : ''
  throw new RangeError(
    `${op}: expected ${expected} bytes of ${shownShape(shape)} ${descr} from byte ${start}, found ${found}${hint}`,
  )
}

/** A copy with the bytes of every number turned around. */
function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i += width) {
    for (let j = 0; j < width; j++) out[i + j] = bytes[i + width - 1 - j]
  }
  return out
}

const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((expected, at) => bytes[at] === expected)

/** What other files begin with. */
const strangers: readonly (readonly [head: readonly number[], is: string])[] = [
  [[0x50, 0x4b, 3, 4], ': a zip file, as .npz files are'],
  [[0x80], ': a Python pickle, which is not read as that runs code; save the array by np.save(path, x)'],
  [[0x1f, 0x8b], ': a gzip file; unpack it first'],
  [[0x89, 0x48, 0x44, 0x46], ': an HDF5 file; save its arrays by np.savez'],
]

function strangerHint(bytes: Uint8Array): string {
  return strangers.find(([head]) => head.every((byte, at) => bytes[at] === byte))?.[1] ?? ''
}

/** Bytes that a `.npy` file has before its data, as far as the first of them say: at least 12 are needed to know. */
export function headerBytes(bytes: Uint8Array): number {
  if (bytes.length < PREFIX[2] || !isNpy(bytes)) return PREFIX[2]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes[6] === 1 ? PREFIX[1] + view.getUint16(8, true) : PREFIX[2] + view.getUint32(8, true)
  return Math.min(length, PREFIX[2] + LONGEST_HEADER)
}

function readHeader(op: string, bytes: Uint8Array): { header: NpyHeader; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  MAGIC.forEach((expected, at) => {
    if (bytes[at] !== expected) {
      throw new Error(
        `${op}: expected \\x93NUMPY at byte 0, found ${bytes[at] ?? 'the end'} at byte ${at}${strangerHint(bytes)}`,
      )
    }
  })
  if (bytes.length < MAGIC.length + 2) {
    throw new Error(`${op}: expected a version at byte 6, found the end at byte ${bytes.length}`)
  }
  const [major, minor] = [bytes[6], bytes[7]]
  if ((major !== 1 && major !== 2 && major !== 3) || minor !== 0) {
    throw new Error(`${op}: expected version 1.0, 2.0 or 3.0 at byte 6, found ${major}.${minor}`)
  }
  const prefix = PREFIX[major]
  if (bytes.length < prefix) {
    throw new RangeError(`${op}: expected a header length at byte 8, found the end at byte ${bytes.length}`)
  }
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const start = prefix + length
  if (length > LONGEST_HEADER) {
    throw new RangeError(
      `${op}: expected a header of at most ${LONGEST_HEADER} bytes at byte 8, found ${length}`,
    )
  }
  if (bytes.length < start) {
    const found = bytes.length - prefix
    throw new RangeError(`${op}: expected ${length} bytes of header from byte ${prefix}, found ${found}`)
  }
  // Version 3 has names of fields that Latin-1 does not have.
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(prefix, start))
  return { header: parseNpyHeader(op, text, prefix), start }
}
