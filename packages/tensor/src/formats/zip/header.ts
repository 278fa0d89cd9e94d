import { quote } from '../../quote.ts'
import {
  type centralHeader,
  type localHeader,
  readNumber,
  readRecord,
  type Values,
  viewOf,
} from './records.ts'

/** What the local and the central header of an entry say, numbers of 64 bits put in. */
export interface ZipHeader {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Of the local header and the disk it is on; 0 in a local header, which does not say. */
  readonly offset: number
  readonly disk: number
  /** Where the header begins. */
  readonly at: number
  /** Where the header ends, with its name, extra fields and comment. */
  readonly next: number
}

/** The numbers of the zip64 extra, in order: each is there if the header has all bits set in its place. */
const WIDE_FIELDS = [
  ['size', 8, 0xffffffff],
  ['packedSize', 8, 0xffffffff],
  ['offset', 8, 0xffffffff],
  ['disk', 4, 0xffff],
] as const

const ZIP64_EXTRA = 1

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type LocalRecord = Values<typeof localHeader>
type CentralRecord = Values<typeof centralHeader>

/** @throws naming the byte: another record, the end, a name that is not UTF-8, a number of 64 bits that is missing. */
export function readHeader(
  op: string,
  bytes: Uint8Array,
  at: number,
  layout: typeof localHeader | typeof centralHeader,
): ZipHeader {
  const record: LocalRecord & Partial<CentralRecord> = readRecord(op, bytes, at, layout)
  const { flags, method, crc, packedSize, size, offset = 0, disk = 0, commentLength = 0 } = record
  const nameAt = at + layout.length
  const extraAt = nameAt + record.nameLength
  const extraEnd = extraAt + record.extraLength
  const next = extraEnd + commentLength
  if (next > bytes.length) {
    throw new RangeError(
      `${op}: expected name, extra fields and comment up to byte ${next}, found the end at byte ${bytes.length}`,
    )
  }
  const name = readName(op, bytes.subarray(nameAt, extraAt), nameAt)
  const header = { name, flags, method, crc, packedSize, size, offset, disk, at, next }
  return widen(`${op}: ${quote(name)}`, header, bytes.subarray(extraAt, extraEnd), extraAt)
}

function readName(op: string, bytes: Uint8Array, at: number): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new Error(`${op}: expected a name in UTF-8 at byte ${at}, found other bytes`, { cause })
  }
}

/** Puts in the numbers of the zip64 extra. `numpy.savez` writes one into every local header. */
function widen(op: string, header: ZipHeader, extra: Uint8Array, at: number): ZipHeader {
  const missing = WIDE_FIELDS.filter(([field, , mark]) => header[field] === mark)
  if (missing.length === 0) return header
  const wide = findExtra(extra, ZIP64_EXTRA)
  const view = viewOf(wide)
  const numbers: [string, number][] = []
  let position = 0
  for (const [field, bytes] of missing) {
    if (position + bytes > wide.length) {
      throw new Error(
        `${op}: expected ${field} among the zip64 numbers in the extra fields from byte ${at}, found ${wide.length} bytes of them`,
      )
    }
    numbers.push([field, readNumber(view, position, bytes)])
    position += bytes
  }
  return { ...header, ...Object.fromEntries(numbers) }
}

/** The content of an extra field: each is an id and a length of 16 bits, then the bytes. Empty where there is none. */
function findExtra(extra: Uint8Array, id: number): Uint8Array {
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, end)
    at = end
  }
  return extra.subarray(extra.length)
}
