import type { DType } from '../dtype.ts'
import { quote } from '../quote.ts'
import { type ArrayData, bytesFor, bytesOf, checkArrayData, checkBytes, shownShape } from './array-data.ts'
import { rowMajor } from './fortran-order.ts'
import { type NpyHeader, parseNpyHeader } from './npy-header.ts'
import { type NpyItem, npyItems } from './npy-items.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const

/** Bytes before the header's text, by major version: magic, version, length of the text (16 or 32 bits). */
const PREFIX = { 1: 10, 2: 12 } as const

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

/**
 * The array in a `.npy` file (versions 1.0 and 2.0, either byte order, C or Fortran order), in row-major order.
 *
 * bool, int32, uint32, float32 and float64 stay what they are, float16 becomes float32, and integers of 8, 16 and 64
 * bits become int32 or uint32: numpy's default, int64, as long as every number fits.
 *
 * @throws naming the byte, what was expected there and what was found
 * @example
 * decodeNpy(encodeNpy({ dtype: 'bool', shape: [1], data: Uint8Array.of(1) })).data // Uint8Array [1]
 */
export const decodeNpy = (bytes: Uint8Array): ArrayData => readNpy('decodeNpy', bytes)

/** As {@link decodeNpy}, on behalf of an operation that errors name. */
export function readNpy(op: string, bytes: Uint8Array): ArrayData {
  checkBytes(op, bytes)
  const { header, start } = readHeader(op, bytes)
  const { item, swap } = readDescriptor(op, header.descr)
  const { dtype } = item
  const { shape } = header
  const expected = bytesFor(shape, item.bytes)
  const found = bytes.length - start
  if (found !== expected) {
    const what = `${shownShape(shape)} ${header.descr}`
    throw new RangeError(`${op}: expected ${expected} bytes of ${what} from byte ${start}, found ${found}`)
  }
  const content = bytes.subarray(start)
  const data = item.read(op, swap ? swapped(content, item.bytes) : content, start)
  return { dtype, shape, data: header.fortranOrder ? rowMajor(data, shape) : data }
}

/** Byte order, letter and width: `<f4`. Of single bytes there is no order. */
const DESCRIPTOR = /^([<>|])([a-z]\d+)$/

function readDescriptor(op: string, descr: string): { item: NpyItem; swap: boolean } {
  const [, order, kind] = DESCRIPTOR.exec(descr) ?? []
  const item = Object.hasOwn(npyItems, kind) ? npyItems[kind] : undefined
  if (item === undefined || (order === '|' && item.bytes > 1)) {
    const known = Object.keys(npyItems).join(', ')
    throw new TypeError(
      `${op}: expected < or > and a dtype among ${known} in the header, found ${quote(descr)}`,
    )
  }
  return { item, swap: order === '>' && item.bytes > 1 }
}

/** A copy with the bytes of every number turned around. */
function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i += width) {
    for (let j = 0; j < width; j++) out[i + j] = bytes[i + width - 1 - j]
  }
  return out
}

function readHeader(op: string, bytes: Uint8Array): { header: NpyHeader; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  MAGIC.forEach((expected, at) => {
    if (bytes[at] !== expected) {
      throw new Error(`${op}: expected \\x93NUMPY at byte 0, found ${bytes[at] ?? 'the end'} at byte ${at}`)
    }
  })
  const [major, minor] = [bytes[6], bytes[7]]
  if ((major !== 1 && major !== 2) || minor !== 0) {
    throw new Error(`${op}: expected version 1.0 or 2.0 at byte 6, found ${major}.${minor}`)
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
  const text = new TextDecoder('latin1').decode(bytes.subarray(prefix, start))
  return { header: parseNpyHeader(op, text, prefix), start }
}
