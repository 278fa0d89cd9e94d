import { STATES_PER_WORD } from '../../../../code-words.ts'
import type { Runner } from '../../runner.ts'
import { type TextureStorage, type UnitStates, wholeOf } from '../../texture-storage.ts'
import { drawElements, type GpuKernelOf, type GpuOperand } from '../kernel.ts'

/** The length of the last axis. */
export const lastOf = ({ shape }: GpuOperand): number => shape[shape.length - 1]

const wordsOf = (units: number): number => Math.ceil(units / STATES_PER_WORD)

/** The states of `size` units as a vector. It shares their texture. */
export function statesAsOperand({ texture, layout }: UnitStates, size: number): GpuOperand {
  const dtype = 'float32'
  return { dtype, shape: [size], size, buffer: wholeOf({ dtype, size, layout, texture, states: null }) }
}

/** Draws the words of region codes, from what tells the states of their units: numbers above 0, or bools. */
function pack(runner: Runner, states: GpuOperand, units: number, code: GpuOperand): void {
  const words = wordsOf(units)
  drawElements(
    runner,
    `packStates ${units}`,
    [states],
    code,
    () => `  int from = i / ${words} * ${units};
  int first = i % ${words} * ${STATES_PER_WORD};
  uint word = 0u;
  for (int bit = 0; bit < ${STATES_PER_WORD}; bit++)
    if (first + bit < ${units} && float(at_a(from + first + bit)) > 0.0) word |= 1u << uint(bit);
  return stored(word);`,
  )
}

/** Packs the words of a region code that `affine` has left as states, which the words replace. */
export function packOnDemand(runner: Runner, code: TextureStorage): void {
  const { states, size, dtype } = code
  if (states === null) return
  const { units } = states
  const kept = { ...states, texture: states.texture.clone() }
  const operand = statesAsOperand(kept, (size / wordsOf(units)) * units)
  pack(runner, operand, units, { buffer: wholeOf(code), shape: [size], size, dtype })
  runner.device.gpuJs.release(kept.texture)
}

const packStates: GpuKernelOf<'packStates'> = (runner, [states], [code]) =>
  pack(runner, states, lastOf(states), code)

const unpackStates: GpuKernelOf<'unpackStates'> = (runner, [code], [states], { units }) =>
  drawElements(
    runner,
    `unpackStates ${units}`,
    [code],
    states,
    () => `  int unit = i % ${units};
  uint word = at_a(i / ${units} * ${wordsOf(units)} + unit / ${STATES_PER_WORD});
  return stored(((word >> uint(unit % ${STATES_PER_WORD})) & 1u) == 1u);`,
  )

/** How many bits of a word are 1: of pairs, of fours, of bytes, which the product adds up in its highest byte. */
const onesIn = `int onesIn(uint word) {
  word = word - ((word >> 1) & 0x55555555u);
  word = (word & 0x33333333u) + ((word >> 2) & 0x33333333u);
  return int((((word + (word >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24);
}
`

const countDifferingStates: GpuKernelOf<'countDifferingStates'> = (runner, [a, b], [counts]) => {
  const words = lastOf(a)
  drawElements(
    runner,
    `countDifferingStates ${words}`,
    [a, b],
    counts,
    () => `  int count = 0;
  for (int w = 0; w < ${words}; w++) count += onesIn(at_a(i * ${words} + w) ^ at_b(i * ${words} + w));
  return stored(count);`,
    onesIn,
  )
}

/** Kernels of ops of region codes. */
export const stateKernels = { packStates, unpackStates, countDifferingStates }
