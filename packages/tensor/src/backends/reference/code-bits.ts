import type { TypedArray } from '../../dtype.ts'

/** The bit of a unit among words that begin at `from`. */
export const bitOf = (code: TypedArray, from: number, unit: number): number =>
  (code[from + (unit >> 5)] >>> (unit & 31)) & 1

/** Sets the bit of a unit among words that begin at `from`. */
export function setBit(code: TypedArray, from: number, unit: number): void {
  const at = from + (unit >> 5)
  code[at] = (code[at] | (1 << (unit & 31))) >>> 0
}

/** The state of a unit in `bits` planes of so many words each, which begin at `from`. */
export function stateOf(code: TypedArray, from: number, words: number, bits: number, unit: number): number {
  let state = 0
  for (let p = 0; p < bits; p++) state |= bitOf(code, from + p * words, unit) << p
  return state
}

/** Writes the state of a unit whose bits are 0. */
export function setState(
  code: TypedArray,
  from: number,
  words: number,
  bits: number,
  unit: number,
  state: number,
): void {
  for (let p = 0; p < bits; p++) if (((state >> p) & 1) === 1) setBit(code, from + p * words, unit)
}
