/** Draws that exist as words at a time, 4 KB: all that is at work stays in the first-level cache. */
export const CHUNK: i32 = 512

/**
 * Where the coefficients lie in the workspace, in bytes: of the three rational functions, 16 each, highest first, numerator and denominator
 * by turns; then of the series of the logarithm, highest first. TypeScript writes them there, from src/random.
 */
// codes
export enum Coefficients {
  centre = 0,
  tail = 128,
  farTail = 256,
  series = 384,
  end = 472,
}

// What lies behind them.
export const KEY: usize = 480
export const WORDS: usize = 528
export const ARGUMENTS: usize = WORDS + 8 * CHUNK
export const ROOTS: usize = ARGUMENTS + 8 * CHUNK
export const SIGNS: usize = ROOTS + 8 * CHUNK
export const RATIOS: usize = SIGNS + 8 * CHUNK
export const TAILS: usize = RATIOS + 8 * CHUNK
export const FAR: usize = TAILS + 4 * CHUNK
const WORKSPACE: usize = FAR + 128

/** Bytes that draws need beside their output. */
export function drawWorkspace(): usize {
  return WORKSPACE
}
