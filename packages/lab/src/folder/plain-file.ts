import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { UsageError } from '../errors.ts'

/** Bytes of a file that is read whole: V8 has no string of more than 512 MiB. */
const mostBytes = 500 * 2 ** 20

/** What stands where a file is expected, in words; `null` for a file. */
function otherKind(stats: Stats): string | null {
  if (stats.isSymbolicLink()) return 'a symbolic link'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a named pipe'
  if (stats.isSocket()) return 'a socket'
  return stats.isFile() ? null : 'a device'
}

function expectPlain(path: string, stats: Stats): void {
  const found = otherKind(stats)
  if (found === null) return
  throw new UsageError(
    `${path}: expected a file, found ${found}; nothing is read or written through it: remove it`,
  )
}

/**
 * Whether there is a file, itself and not through a link.
 *
 * @throws UsageError where something else has its name: a link, folder, pipe, socket or device. Whoever made the folder
 * could have a link lead anywhere.
 */
export function hasPlainFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats !== undefined) expectPlain(path, stats)
  return stats !== undefined
}

/**
 * The bytes of a file that is no link.
 *
 * @throws UsageError as {@link hasPlainFile}, and for more than `atMost` bytes; the file system's error, ENOENT for none.
 */
export function readPlainFile(path: string, atMost = mostBytes): Buffer {
  hasPlainFile(path)
  // What was put there since is not followed either; a pipe is not waited for.
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(file)
    expectPlain(path, stats)
    if (stats.size > atMost) {
      throw new UsageError(`${path}: expected at most ${atMost} bytes, found ${stats.size}`)
    }
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** The text of a file that is no link. @throws as {@link readPlainFile}; UsageError naming the line that is not UTF-8. */
export function readPlainText(path: string): string {
  const bytes = readPlainFile(path)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UsageError(`${path}:${1 + firstLineNotUtf8(bytes)}: expected UTF-8 text`)
  }
}

/** Number, from 0, of the first line with bytes that are no UTF-8: they are read as U+FFFD, and not written back the same. */
function firstLineNotUtf8(bytes: Buffer): number {
  const back = Buffer.from(bytes.toString())
  const at = bytes.findIndex((byte, i) => byte !== back[i])
  return bytes.subarray(0, at).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 0)
}
