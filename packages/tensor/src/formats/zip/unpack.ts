import { quote } from '../../quote.ts'
import { crc32 } from '../crc32.ts'
import { inflate, inflateStart } from './deflate.ts'
import type { ZipEntry } from './directory.ts'
import { hexadecimal } from './records.ts'

/**
 * The bytes of an entry: of a stored one those of the file, shared.
 *
 * @throws naming entry and byte: what it is refused for, data that are damaged, longer or shorter than the directory says, or with another CRC-32
 */
export async function unpack(op: string, bytes: Uint8Array, entry: ZipEntry): Promise<Uint8Array> {
  checkReadable(op, entry)
  const { name, begin, end, size } = entry
  const packed = bytes.subarray(begin, end)
  const content = entry.stored ? packed : await inflateEntry(`${op}: ${quote(name)}`, packed, entry)
  const crc = crc32(content)
  if (crc !== entry.crc) {
    throw new Error(
      `${op}: ${quote(name)}: expected CRC-32 ${hexadecimal(entry.crc)} of the ${size} bytes from byte ${begin}, found ${hexadecimal(crc)}`,
    )
  }
  return content
}

/** The first `length` bytes of an entry, or all of a shorter one; nobody knows yet whether they are damaged. */
export async function unpackStart(
  op: string,
  bytes: Uint8Array,
  entry: ZipEntry,
  length: number,
): Promise<Uint8Array> {
  checkReadable(op, entry)
  const packed = bytes.subarray(entry.begin, entry.end)
  if (entry.stored) return packed.subarray(0, length)
  try {
    return await inflateStart(packed, length)
  } catch (cause) {
    throw new Error(
      `${op}: ${quote(entry.name)}: expected deflated bytes from byte ${entry.begin} on, found ${(cause as Error).message}`,
      { cause },
    )
  }
}

function checkReadable(op: string, { name, refusal }: ZipEntry): void {
  if (refusal !== null) throw new Error(`${op}: ${quote(name)}: ${refusal}`)
}

async function inflateEntry(op: string, packed: Uint8Array, { begin, size }: ZipEntry): Promise<Uint8Array> {
  try {
    return await inflate(packed, size)
  } catch (cause) {
    throw new Error(
      `${op}: expected ${size} bytes deflated from byte ${begin} on, found ${(cause as Error).message}`,
      { cause },
    )
  }
}
