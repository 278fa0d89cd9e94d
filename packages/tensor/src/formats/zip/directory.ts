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
  /** Why it cannot be unpacked, or `null`: only who asks for it is told. */
  readonly refusal: string | null
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
 * What concerns one entry alone is its `refusal`: encryption, methods but stored and deflate, several disks, a name that
 * comes twice.
 *
 * @throws naming entry and byte, expected and found: entries that overlap or reach outside, local headers that say
 *   otherwise, sizes beyond deflate
 */
export function readZipDirectory(op: string, bytes: Uint8Array): ZipEntry[] {
  const directory = findDirectory(op, bytes)
  const headers = readCentralHeaders(op, bytes, directory)
  const data = bytes.subarray(0, directory.begin)
  const entries = new Map<ZipHeader, ZipEntry>()
  const twice = repeatedNames(headers)
  let before: ZipEntry | null = null
  // In the order of the data, so that overlaps are seen before anything is read twice.
  for (const header of headers.toSorted((a, b) => a.offset - b.offset)) {
    const where = `${op}: ${quote(header.name)}`
    if (before !== null && header.offset < before.end) {
      throw new RangeError(
        `${where}: expected from byte ${before.end} on, where ${quote(before.name)} ends, found at byte ${header.offset}`,
      )
    }
    before = locate(where, data, header, twice.get(header.name) ?? null)
    entries.set(header, before)
  }
  return headers.map((header) => entries.get(header) as ZipEntry)
}

function readCentralHeaders(
  op: string,
  bytes: Uint8Array,
  { begin, end, count }: DirectoryPlace,
): ZipHeader[] {
  const headers: ZipHeader[] = []
  let at = begin
  for (let i = 0; i < count; i++) {
    const header = readHeader(op, bytes.subarray(0, end), at, centralHeader)
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

/** Names that come twice, and what is to be said of their entries: which of them is meant nobody knows. */
function repeatedNames(headers: readonly ZipHeader[]): Map<string, string> {
  const first = new Map<string, number>()
  const twice = new Map<string, string>()
  for (const { name, at } of headers) {
    const before = first.get(name)
    if (before === undefined) first.set(name, at)
    else {
      twice.set(
        name,
        `expected once, found at byte ${before} and again at byte ${at}: zip it anew with one of them`,
      )
    }
  }
  return twice
}

/** How else files are packed. */
const otherMethods: Readonly<Record<number, string>> = {
  9: ' (deflate64)',
  12: ' (bzip2)',
  14: ' (LZMA)',
  93: ' (Zstandard)',
  95: ' (XZ)',
  99: ' (AES)',
}

/** Why nothing here can unpack an entry, or `null`. */
function refusalOf({ flags, method, disk, at }: ZipHeader): string | null {
  if (flags & UNREADABLE) {
    return `expected no encryption at byte ${at}, found flags ${hexadecimal(flags)}; unpack it with its password first`
  }
  if (method !== methods.stored && method !== methods.deflated) {
    return `expected method 0 (stored) or 8 (deflate) at byte ${at}, found ${method}${otherMethods[method] ?? ''}`
  }
  return disk === 0 ? null : `expected an entry on disk 0 at byte ${at}, found disk ${disk}`
}

/** Checks an entry against its local header, which says where the data begin. @param bytes those before the directory. */
function locate(op: string, bytes: Uint8Array, central: ZipHeader, twice: string | null): ZipEntry {
  const { name, at, crc, offset, size, packedSize } = central
  const local = readHeader(op, bytes, offset, localHeader)
  const refusal = twice ?? refusalOf(central) ?? refusalOf(local)
  const repeated = local.flags & DESCRIPTOR ? REPEATED : [...REPEATED, ...REPEATED_WITHOUT_DESCRIPTOR]
  for (const field of repeated) {
    if (local[field] === central[field]) continue
    throw new Error(
      `${op}: expected the ${field} ${show(central[field])} in the local header at byte ${offset}, found ${show(local[field])}`,
    )
  }
  const stored = central.method === methods.stored
  if (refusal === null && (stored ? size !== packedSize : size > MAXIMAL_RATIO * packedSize)) {
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
  return { name, crc, offset, begin, end, stored, size, refusal }
}

/** What both headers of an entry say. */
const REPEATED = ['name', 'method'] as const
const REPEATED_WITHOUT_DESCRIPTOR = ['crc', 'packedSize', 'size'] as const

const show = (value: string | number): string => (typeof value === 'string' ? quote(value) : `${value}`)
