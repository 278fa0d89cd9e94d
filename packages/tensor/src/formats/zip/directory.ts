import { quote } from '../../quote.ts'
import { type DirectoryPlace, findDirectory } from './end.ts'
import { readHeader, type ZipHeader } from './header.ts'
import { centralHeader, hexadecimal, localHeader, methods } from './records.ts'

/** A file in a zip file, checked as far as that goes without unpacking it. */
export interface ZipEntry {
  readonly name: string
  readonly crc: number
  /** Where its header is in the zip file, and where its bytes are. */
  readonly offset: number
  readonly begin: number
  readonly end: number
  /** Whether the bytes are as they were; otherwise they are deflated. */
  readonly stored: boolean
  /** Bytes when unpacked: what the directory promises, never more than deflate can pack. */
  readonly size: number
}

/** Bits of the flags: encrypted, patch data, strongly encrypted, encrypted directory. */
const UNREADABLE = 0x1 | 0x20 | 0x40 | 0x2000
/** Sizes and CRC-32 follow the data: the local header does not have them. */
const DESCRIPTOR = 0x8

/** The most that deflate packs: 258 bytes into two bits. */
const MAXIMAL_RATIO = 1032

/**
 * The entries of a zip file by its central directory, in its order. Nothing is unpacked.
 *
 * @throws naming entry and byte, expected and found: encryption, methods but stored and deflate, several disks, entries
 *   that overlap or reach outside, a name that comes twice, local headers that say otherwise, sizes beyond deflate
 */
export function readZipDirectory(op: string, bytes: Uint8Array): ZipEntry[] {
  const directory = findDirectory(op, bytes)
  const headers = readCentralHeaders(op, bytes, directory)
  const data = bytes.subarray(0, directory.begin)
  const entries = new Map<string, ZipEntry>()
  let before: ZipEntry | null = null
  // In the order of the data, so that overlaps are seen before anything is read twice.
  for (const header of headers.toSorted((a, b) => a.offset - b.offset)) {
    const where = `${op}: ${quote(header.name)}`
    if (before !== null && header.offset < before.end) {
      throw new RangeError(
        `${where}: expected from byte ${before.end} on, where ${quote(before.name)} ends, found at byte ${header.offset}`,
      )
    }
    before = locate(where, data, header)
    entries.set(header.name, before)
  }
  return headers.map(({ name }) => entries.get(name) as ZipEntry)
}

function readCentralHeaders(
  op: string,
  bytes: Uint8Array,
  { begin, end, count }: DirectoryPlace,
): ZipHeader[] {
  const headers: ZipHeader[] = []
  const names = new Set<string>()
  let at = begin
  for (let i = 0; i < count; i++) {
    const header = readHeader(op, bytes.subarray(0, end), at, centralHeader)
    if (names.has(header.name)) {
      throw new Error(`${op}: ${quote(header.name)}: expected once, found again at byte ${at}`)
    }
    names.add(header.name)
    headers.push(header)
    at = header.next
  }
  if (at !== end) {
    throw new RangeError(
      `${op}: expected the directory of ${count} entries to end at byte ${end}, found its end at byte ${at}`,
    )
  }
  return headers
}

/** @throws for an entry that nothing here can unpack. */
function checkReadable(op: string, { flags, method, disk, at }: ZipHeader): void {
  if (flags & UNREADABLE) {
    throw new Error(`${op}: expected no encryption at byte ${at}, found flags ${hexadecimal(flags)}`)
  }
  if (method !== methods.stored && method !== methods.deflated) {
    throw new Error(`${op}: expected method 0 (stored) or 8 (deflate) at byte ${at}, found ${method}`)
  }
  if (disk !== 0) throw new Error(`${op}: expected an entry on disk 0 at byte ${at}, found disk ${disk}`)
}

/** Checks an entry against its local header, which says where the data begin. @param bytes those before the directory. */
function locate(op: string, bytes: Uint8Array, central: ZipHeader): ZipEntry {
  checkReadable(op, central)
  const { name, at, crc, offset, size, packedSize } = central
  const local = readHeader(op, bytes, offset, localHeader)
  checkReadable(op, local)
  const repeated = local.flags & DESCRIPTOR ? REPEATED : [...REPEATED, ...REPEATED_WITHOUT_DESCRIPTOR]
  for (const field of repeated) {
    if (local[field] === central[field]) continue
    throw new Error(
      `${op}: expected the ${field} ${show(central[field])} in the local header at byte ${offset}, found ${show(local[field])}`,
    )
  }
  const stored = central.method === methods.stored
  if (stored ? size !== packedSize : size > MAXIMAL_RATIO * packedSize) {
    const most = stored ? packedSize : `at most ${MAXIMAL_RATIO * packedSize}`
    throw new RangeError(
      `${op}: expected ${most} bytes from ${packedSize} at byte ${at}, found a size of ${size}`,
    )
  }
  const begin = local.next
  const end = begin + packedSize
  if (end > bytes.length) {
    throw new RangeError(
      `${op}: expected ${packedSize} bytes of data from byte ${begin}, found ${bytes.length - begin} before the directory`,
    )
  }
  return { name, crc, offset, begin, end, stored, size }
}

/** What both headers of an entry say. */
const REPEATED = ['name', 'method'] as const
const REPEATED_WITHOUT_DESCRIPTOR = ['crc', 'packedSize', 'size'] as const

const show = (value: string | number): string => (typeof value === 'string' ? quote(value) : `${value}`)
