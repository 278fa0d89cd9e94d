import { quote } from '../../quote.ts'
import { crc32 } from '../crc32.ts'
import { inflate } from './deflate.ts'
import type { ZipEntry } from './directory.ts'
import { hexadecimal } from './records.ts'

/**
 * The bytes of an entry: of a stored one those of the file, shared.
 *
 * @throws naming entry and byte: data that are damaged, longer or shorter than the directory says, or with another CRC-32
 */
export async function unpack(op: string, bytes: Uint8Array, entry: ZipEntry): Promise<Uint8Array> {
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
