import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** What a crash in the middle of {@link writeAtomically} leaves. */
export const leftover = /\.[0-9a-f]{24}\.tmp$/

const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants

/** A new file beside the one that is to be written. */
export interface Neighbour {
  readonly path: string
  readonly file: number
}

/** Makes the neighbour of a file. Its name is drawn and must be free: nobody can have put a link there before. */
export function makeNeighbour(path: string): Neighbour {
  const neighbour = `${path}.${randomBytes(12).toString('hex')}.tmp`
  return {
    path: neighbour,
    file: openSync(neighbour, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666),
  }
}

/**
 * Puts a neighbour, flushed to the disk, in the place of `path`, also in the eyes of a machine that crashes.
 * @throws Error where `path` is a link, pipe, device or folder: only files are replaced
 */
export function moveIntoPlace({ path: neighbour, file }: Neighbour, path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there !== undefined && !there.isFile()) {
    throw new Error(`expected a file to replace, found something else at ${path}`)
  }
  fsyncSync(file)
  renameSync(neighbour, path)
  flushFolder(dirname(path))
}

/** Writes the names in a folder to the disk, where the system can: 0.1 ms on an SSD. */
function flushFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // Windows does not open folders, and some file systems do not flush them: the file itself is safe all the same.
  }
}

/** Takes a neighbour away. What is wrong with the disk has been told already. */
export function abandonNeighbour({ path, file }: Neighbour): void {
  for (const step of [() => closeSync(file), () => rmSync(path, { force: true })]) {
    try {
      step()
    } catch {}
  }
}

/**
 * Writes a whole file or none: into a neighbour first, flushed to the disk, then renamed over `path`. A crash
 * leaves the old file (or none), never a part of the new one. What has another name too (a hard link) is not changed by it.
 *
 * @throws the file system's error; the neighbour is removed then.
 */
export const writeAtomically = (path: string, content: string | Uint8Array): void =>
  closeSync(replaceFile(path, content))

/** As {@link writeAtomically}. @returns the file, open to append to. */
export function replaceFile(path: string, content: string | Uint8Array): number {
  const neighbour = makeNeighbour(path)
  try {
    writeFileSync(neighbour.file, content)
    moveIntoPlace(neighbour, path)
    return neighbour.file
  } catch (error) {
    abandonNeighbour(neighbour)
    throw error
  }
}
