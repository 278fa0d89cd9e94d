import { endRecord, isAt, readRecord, zip64End, zip64Locator } from './records.ts'

/** Where the central directory is, and how many entries it says to have. */
export interface DirectoryPlace {
  readonly begin: number
  readonly end: number
  readonly count: number
}

/**
 * Finds the central directory from the end of the file, over a comment and through zip64 records.
 *
 * @throws naming the byte: no end record, one that does not end the file, several disks, a directory that is not where
 *   the end record says
 */
export function findDirectory(op: string, bytes: Uint8Array): DirectoryPlace {
  const endAt = findEndRecord(op, bytes)
  const { at, end } = readEnd(op, bytes, endAt)
  if (end.disk !== 0 || end.directoryDisk !== 0 || end.countHere !== end.count) {
    throw new Error(
      `${op}: expected one disk with all ${end.count} entries at byte ${at}, found disk ${end.disk}, the directory on disk ${end.directoryDisk}, ${end.countHere} entries here`,
    )
  }
  if (end.offset + end.size !== at) {
    throw new RangeError(
      `${op}: expected a central directory that ends at byte ${at}, found one of ${end.size} bytes from byte ${end.offset}`,
    )
  }
  return { begin: end.offset, end: at, count: end.count }
}

/** The last end record whose comment ends with the file. */
function findEndRecord(op: string, bytes: Uint8Array): number {
  const first = Math.max(0, bytes.length - endRecord.length - 0xffff)
  let misfit: string | null = null
  let at = bytes.length - endRecord.length
  // The signature begins with a P; at −1 lastIndexOf would begin anew from the end.
  for (; at >= first; at = at === 0 ? -1 : bytes.lastIndexOf(0x50, at - 1)) {
    if (!isAt(bytes, at, endRecord)) continue
    const end = at + endRecord.length + readRecord(op, bytes, at, endRecord).commentLength
    if (end === bytes.length) return at
    misfit ??= `one at byte ${at} that ends the file at byte ${end}`
  }
  throw new Error(
    `${op}: expected an end record of a zip file (PK 5 6) that ends at byte ${bytes.length}, found ${misfit ?? 'none'}`,
  )
}

/** The end record, or the zip64 one in its place, and where the directory has to end. */
function readEnd(op: string, bytes: Uint8Array, endAt: number) {
  const locatorAt = endAt - zip64Locator.length
  if (!isAt(bytes, locatorAt, zip64Locator)) {
    return { at: endAt, end: readRecord(op, bytes, endAt, endRecord) }
  }
  const { disk, disks, offset: at } = readRecord(op, bytes, locatorAt, zip64Locator)
  if (disk !== 0 || disks > 1) {
    throw new Error(`${op}: expected one disk at byte ${locatorAt}, found disk ${disk} of ${disks}`)
  }
  const end = readRecord(op, bytes, at, zip64End)
  // `rest` counts what follows the signature and itself: 12 bytes.
  if (at + 12 + end.rest !== locatorAt) {
    throw new RangeError(
      `${op}: expected a zip64 end record that ends at byte ${locatorAt}, found one of ${12 + end.rest} bytes at byte ${at}`,
    )
  }
  return { at, end }
}
