import { aCount, optional } from '../option-table.ts'

const MiB = 2 ** 20

/** What any compressed file may unpack to: the largest file of MNIST has 45 MiB, and hardly a program cannot spare it. */
const ALWAYS = 64 * MiB

/** Tables and images shrink to a half or a tenth, codes of regions to a fiftieth; zeros, and bombs, to a thousandth. */
const RATIO = 100

/** The longest array that JavaScript engines of today make. */
export const MOST_BYTES = 2 ** 32

/** Options of readers of compressed files. */
export const unpackedRows = {
  /**
   * Bytes that a compressed file may unpack to. Default 64 MiB, or 100 times its own bytes where that is more, up to 4 GiB: a small file
   * cannot fill the memory. Give more for a large file that holds hardly anything but zeros.
   */
  maxBytes: optional(aCount()),
}

/** Bytes that a file of `packed` bytes may unpack to, in numbers and in words. */
export interface UnpackedLimit {
  readonly bytes: number
  readonly words: string
}

/** @param maxBytes what the caller allows, in place of the default */
export function unpackedLimit(packed: number, maxBytes: number | undefined): UnpackedLimit {
  if (maxBytes !== undefined) return { bytes: maxBytes, words: `at most ${maxBytes} bytes (maxBytes)` }
  const bytes = Math.min(MOST_BYTES, Math.max(ALWAYS, RATIO * packed))
  const why =
    bytes === ALWAYS ? '64 MiB' : bytes === MOST_BYTES ? '4 GiB' : `${RATIO} times its ${packed} bytes`
  return {
    bytes,
    words: `at most ${bytes} bytes (${why}; the option maxBytes allows more, and a file unpacked beforehand has no such bound)`,
  }
}
