import type { Activation } from './activation.ts'

/** Units that one 32-bit word of a region code holds a bit of. */
export const STATES_PER_WORD = 32

/**
 * Bits that a unit of so many states takes in a region code: ⌈log₂ states⌉, none where there is one state.
 *
 * @example
 * bitsOf(2)   // 1: a ReLU
 * bitsOf(9)   // 4: a maximum over windows of 3 × 3
 */
export const bitsOf = (states: number): number => 32 - Math.clz32(Math.max(1, states) - 1)

/**
 * Words of a region code of so many units, of so many bits each: a plane of ⌈units / 32⌉ words for every bit.
 *
 * @example wordsOf(40, bitsOf(9))   // 8: four planes of two words
 */
export const wordsOf = (units: number, bits = 1): number => bits * Math.ceil(units / STATES_PER_WORD)

/** Words of the code of a layer with such an activation: `wordsOf(units, bitsOf(statesOf(activation)))`, which every `affine` asks for. */
export const codeWords = (units: number, { name }: Activation): number =>
  name === 'identity' ? 0 : Math.ceil(units / STATES_PER_WORD)
