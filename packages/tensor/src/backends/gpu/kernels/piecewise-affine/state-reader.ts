import { STATES_PER_WORD } from '../../../../code-words.ts'
import { sizeOf } from '../../../../shape.ts'
import type { GpuOperand } from '../kernel.ts'
import { statesAsOperand } from './states.ts'

/** How a kernel reads the states of a region code. */
export interface StateReader {
  /** Tells its source from that of others of as many units and bits. */
  readonly key: string
  /** What it reads: the words, or the states where these have not been packed yet. */
  readonly operand: GpuOperand
  /** Declares `int state(int row, int unit)`, of an operand of that name. */
  readonly source: (name: string) => string
}

/** The states of a code of rows of so many units. Of no bits they are 0. */
export function readStates(code: GpuOperand, units: number, bits: number): StateReader {
  const { storage, offset } = code.buffer
  const words = Math.ceil(units / STATES_PER_WORD)
  if (storage.states === null || offset !== 0 || code.size !== storage.size) {
    const bit = (plane: number): string => {
      const word = `at + ${plane * words}`
      return `(int((code_(${word}) >> uint(unit % ${STATES_PER_WORD})) & 1u) << ${plane})`
    }
    const all = Array.from({ length: bits }, (_, plane) => bit(plane)).join(' | ') || '0'
    return {
      key: 'words',
      operand: code,
      source: (name) => `int state(int row, int unit) {
  int at = row * ${words * bits} + unit / ${STATES_PER_WORD};
  return ${all.replaceAll('code_', `at_${name}`)};
}
`,
    }
  }
  const rows = sizeOf(code.shape.slice(0, -1))
  const number = bits === 1 ? (at: string) => `${at} > 0.0 ? 1 : 0` : (at: string) => `int(${at})`
  return {
    key: 'states',
    operand: statesAsOperand(storage.states, rows * units),
    source: (name) =>
      `int state(int row, int unit) { return ${number(`at_${name}(row * ${units} + unit)`)}; }\n`,
  }
}
