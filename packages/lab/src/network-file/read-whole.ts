import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const MiB = 2 ** 20

/** Bytes of files that are read whole; golden files have some 100 KB, networks as JSON 20 for a number. */
export const mostBytes = {
  golden: 64 * MiB,
  networkJson: 256 * MiB,
  points: 16 * MiB,
  safetensors: 2048 * MiB,
} as const

const PIECE = MiB

/** The bytes of a file, or of a pipe. @throws Error for a folder, a device, and for more than `most` bytes, of which no more are read */
export function readWhole(path: string, most: number): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const facts = fstatSync(file)
    if (facts.isDirectory()) throw new Error('expected a file, got a folder')
    if (!facts.isFile() && !facts.isFIFO()) throw new Error('expected a file, got a device or socket')
    if (facts.size > most) throw tooLarge(most, `${facts.size}`)
    const pieces: Uint8Array[] = []
    let length = 0
    for (;;) {
      const piece = new Uint8Array(Math.max(1, Math.min(facts.size - length, most - length)) + PIECE)
      const read = readSync(file, piece)
      if (read === 0) break
      length += read
      if (length > most) throw tooLarge(most, 'more')
      pieces.push(piece.subarray(0, read))
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
  } finally {
    closeSync(file)
  }
}

const tooLarge = (most: number, found: string): Error =>
  new Error(`expected a file of at most ${most} bytes, as it is read whole, found ${found}`)

/** The text of a file. @throws Error as {@link readWhole} does, and for what is not UTF-8 */
export function readText(path: string, most: number): string {
  const bytes = readWhole(path, most)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('expected text in UTF-8, found other bytes')
  }
}
