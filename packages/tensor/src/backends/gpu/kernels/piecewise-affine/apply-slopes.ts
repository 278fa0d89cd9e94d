import { STATES_PER_WORD } from '../../../../code-words.ts'
import { drawElements, type GpuKernelOf } from '../kernel.ts'
import { lowerPieceOf } from './lower-piece.ts'
import { lastOf, statesAsOperand } from './states.ts'

/** Reads the states where a code has not been packed yet, and its words where it has. */
export const applySlopes: GpuKernelOf<'applySlopes'> = (runner, [code, g], [y], activation) => {
  const lower = lowerPieceOf(activation)
  const units = lastOf(g)
  const { storage, offset } = code.buffer
  const states = offset === 0 && code.size === storage.size ? storage.states : null
  const isIdentity = activation.name === 'identity'
  const words = Math.max(1, lastOf(code))
  const rows = isIdentity ? 1 : code.size / words
  const repeats = g.size / Math.max(1, rows * units)
  const unit = `i / ${repeats * units}`
  const word = `at_b(${unit} * ${words} + i % ${units} / ${STATES_PER_WORD})`
  const isOn = isIdentity
    ? 'true'
    : states === null
      ? `((${word} >> uint(i % ${units} % ${STATES_PER_WORD})) & 1u) == 1u`
      : `at_b(${unit} * ${units} + i % ${units}) > 0.0`
  const mask = isIdentity ? [] : [states === null ? code : statesAsOperand(states, rows * units)]
  drawElements(
    runner,
    `applySlopes ${lower.key} ${units} ${repeats} ${states === null}`,
    [g, ...mask],
    y,
    () => `  float g = at_a(i);
  return stored(${isOn} ? g : ${lower.slope});`,
  )
}
