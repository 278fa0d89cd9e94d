import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a whole file or none: into a neighbour first, flushed to the disk, then renamed over `path`. A crash
 * leaves the old file (or none), never a part of the new one.
 *
 * @throws the file system's error; the neighbour is removed then.
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const neighbour = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(neighbour, 'w')
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(neighbour, path)
  } catch (error) {
    rmSync(neighbour, { force: true })
    throw error
  }
}
