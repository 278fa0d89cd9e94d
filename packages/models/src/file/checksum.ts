import { crc32, encodeSafetensors } from '@facet/tensor'

type Arrays = Parameters<typeof encodeSafetensors>[0]

/** The metadata entry with the CRC-32 of the file, its own digits taken as zeros. */
export const checksumEntry = 'facet.crc32'

/** Metadata come first, in the order of their names: the checksum of every file begins at the same byte. */
const head = `{"__metadata__":{"${checksumEntry}":"`
const at = 8 + head.length
const blank = '00000000'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textAt = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** A safetensors file that carries the checksum of all its bytes. Names of other metadata come after {@link checksumEntry}. */
export function encodeChecked(tensors: Arrays, metadata: Readonly<Record<string, string>>): Uint8Array {
  const bytes = encodeSafetensors(tensors, { [checksumEntry]: blank, ...metadata })
  bytes.set(bytesOf(checksumOf(bytes)), at)
  return bytes
}

/** Of a file whose digits are blank. */
const checksumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(blank.length, '0')

/**
 * Whether a file carries a checksum: a safetensors file that was written without one does not.
 *
 * @throws Error where the bytes are not those that were written.
 */
export function checkChecksum(operation: string, bytes: Uint8Array): boolean {
  // What are no bytes is refused by whoever reads the file.
  if (!(bytes instanceof Uint8Array) || textAt(bytes, 8, head.length) !== head) return false
  const expected = textAt(bytes, at, blank.length)
  // `slice` of one of Node's buffers is no copy.
  const copy = new Uint8Array(bytes)
  copy.set(bytesOf(blank).subarray(0, Math.max(0, copy.length - at)), at)
  const found = checksumOf(copy)
  if (found === expected) return true
  throw new Error(
    `${operation}: damaged: expected the checksum ${JSON.stringify(expected)} that stands in the file, found ${found}`,
  )
}
