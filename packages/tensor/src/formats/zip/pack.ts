import { crc32 } from '../crc32.ts'
import { concatenate, deflate } from './deflate.ts'
import { centralHeader, endRecord, localHeader, methods, writeRecord } from './records.ts'

/** A file that is to go into a zip file. */
export interface ZipContent {
  readonly name: string
  readonly bytes: Uint8Array
}

/** From the version that has deflate, for one that knows the rights of Unix (3): rw-r--r--. */
const VERSION = 20
const MADE_BY = (3 << 8) | VERSION
const RIGHTS = 0o100644 * 2 ** 16

/** Names are UTF-8. */
const FLAGS = 0x800

/** 1 January 1980, the first day there is: the same content gives the same bytes on any day. */
const DATE = (1 << 5) | 1

/** Beyond these a reader looks for zip64 records, which are not written. */
const MAXIMAL_COUNT = 0xfffe
const MAXIMAL_LENGTH = 0xfffffffe

/**
 * A zip file of `contents`, in their order.
 *
 * @param compress deflates what becomes smaller by it; how small depends on the platform
 * @throws RangeError for more than 65,534 files, names of more than 65,535 bytes, and a file of 4 GiB or more
 */
export async function packZip(
  op: string,
  contents: readonly ZipContent[],
  compress: boolean,
): Promise<Uint8Array> {
  if (contents.length > MAXIMAL_COUNT) {
    throw new RangeError(`${op}: expected at most ${MAXIMAL_COUNT} entries, got ${contents.length}`)
  }
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let length = 0
  for (const { name, bytes } of contents) {
    const nameBytes = new TextEncoder().encode(name)
    if (nameBytes.length > 0xffff) {
      throw new RangeError(`${op}: expected a name of at most 65535 bytes, got one of ${nameBytes.length}`)
    }
    const deflated = compress ? await deflate(bytes) : bytes
    const data = deflated.length < bytes.length ? deflated : bytes
    const header = {
      version: VERSION,
      flags: FLAGS,
      method: data === bytes ? methods.stored : methods.deflated,
      time: 0,
      date: DATE,
      crc: crc32(bytes),
      packedSize: data.length,
      size: bytes.length,
      nameLength: nameBytes.length,
      extraLength: 0,
    }
    const place = {
      madeBy: MADE_BY,
      commentLength: 0,
      disk: 0,
      internal: 0,
      external: RIGHTS,
      offset: length,
    }
    directory.push(writeRecord(centralHeader, { ...header, ...place }), nameBytes)
    pieces.push(writeRecord(localHeader, header), nameBytes, data)
    length += localHeader.length + nameBytes.length + data.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const total = length + size + endRecord.length
  if (total > MAXIMAL_LENGTH) {
    throw new RangeError(
      `${op}: expected at most ${MAXIMAL_LENGTH} bytes in all, got ${total}; save several files`,
    )
  }
  const count = contents.length
  const end = { disk: 0, directoryDisk: 0, countHere: count, count, size, offset: length, commentLength: 0 }
  return concatenate([...pieces, ...directory, writeRecord(endRecord, end)], total)
}
