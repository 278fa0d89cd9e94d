import type { Activation } from './activation.ts'

/** Units that one 32-bit word of a region code holds. */
export const STATES_PER_WORD = 32

/** Words of a region code: identity units have one state, hence no bits. */
export const codeWords = (units: number, activation: Activation): number =>
  activation.name === 'identity' ? 0 : Math.ceil(units / STATES_PER_WORD)
