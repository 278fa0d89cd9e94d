import { STATES_PER_WORD, wordsOf } from '../../../../code-words.ts'
import type { Runner } from '../../runner.ts'
import { type TextureStorage, type UnitStates, wholeOf } from '../../texture-storage.ts'
import { drawElements, type GpuKernelOf, type GpuOperand } from '../kernel.ts'

/** The length of the last axis. */
export const lastOf = ({ shape }: GpuOperand): number => shape[shape.length - 1]

/** The states of `size` units as a vector. It shares their texture. */
export function statesAsOperand({ texture, layout }: UnitStates, size: number): GpuOperand {
  const dtype = 'float32'
  return { dtype, shape: [size], size, buffer: wholeOf({ dtype, size, layout, texture, states: null }) }
}

/** Draws the words of region codes, from the states of their units: whole numbers, bools, or floats, of one bit those above 0. */
export function pack(runner: Runner, states: GpuOperand, units: number, code: GpuOperand, bits = 1): void {
  const words = wordsOf(units)
  const isOn =
    states.dtype === 'float32' && bits === 1
      ? (at: string) => `at_a(${at}) > 0.0`
      : (at: string) => `((int(at_a(${at})) >> plane) & 1) == 1`
  drawElements(
    runner,
    `packStates ${units} ${bits}`,
    [states],
    code,
    () => `  int from = i / ${words * bits} * ${units};
  int plane = ${bits === 1 ? '0' : `i % ${words * bits} / ${words}`};
  int first = i % ${words} * ${STATES_PER_WORD};
  uint word = 0u;
  for (int bit = 0; bit < ${STATES_PER_WORD}; bit++)
    if (first + bit < ${units} && ${isOn('from + first + bit')}) word |= 1u << uint(bit);
  return stored(word);`,
  )
}

/**
 * Leaves to a code the states of its units, as floats. Its words are packed when they are read; the usual readers (`applySlopes`, `pickWinners`,
 * `placeWinners`) take the states themselves.
 */
export function leaveStates(
  runner: Runner,
  code: GpuOperand,
  states: TextureStorage,
  units: number,
  bits = 1,
): void {
  const texture = runner.textureOf(states).clone()
  code.buffer.storage.states = { texture, layout: states.layout, units, bits }
}

/** Packs the words of a region code that has been left as states, which the words replace. */
export function packOnDemand(runner: Runner, code: TextureStorage): void {
  const { states, size, dtype } = code
  if (states === null) return
  const { units, bits } = states
  const kept = { ...states, texture: states.texture.clone() }
  const operand = statesAsOperand(kept, (size / wordsOf(units, bits)) * units)
  pack(runner, operand, units, { buffer: wholeOf(code), shape: [size], size, dtype }, bits)
  runner.device.gpuJs.release(kept.texture)
}

const packStates: GpuKernelOf<'packStates'> = (runner, [states], [code], { bits }) =>
  pack(runner, states, lastOf(states), code, bits)

const unpackStates: GpuKernelOf<'unpackStates'> = (runner, [code], [states], { units, bits }) => {
  const words = wordsOf(units)
  drawElements(
    runner,
    `unpackStates ${units} ${bits}`,
    [code],
    states,
    () => `  int unit = i % ${units};
  int word = i / ${units} * ${words * bits} + unit / ${STATES_PER_WORD};
  uint state = 0u;
  for (int plane = 0; plane < ${bits}; plane++)
    state |= ((at_a(word + plane * ${words}) >> uint(unit % ${STATES_PER_WORD})) & 1u) << uint(plane);
  return stored(state);`,
  )
}

/** How many bits of a word are 1: of pairs, of fours, of bytes, which the product adds up in its highest byte. */
const onesIn = `int onesIn(uint word) {
  word = word - ((word >> 1) & 0x55555555u);
  word = (word & 0x33333333u) + ((word >> 2) & 0x33333333u);
  return int((((word + (word >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24);
}
`

const countDifferingStates: GpuKernelOf<'countDifferingStates'> = (runner, [a, b], [counts], { bits }) => {
  const all = lastOf(a)
  const words = all / Math.max(1, bits)
  drawElements(
    runner,
    `countDifferingStates ${words} ${bits}`,
    [a, b],
    counts,
    () => `  int count = 0;
  for (int w = 0; w < ${words}; w++) {
    uint differing = 0u;
    for (int at = i * ${all} + w; at < (i + 1) * ${all}; at += ${words}) differing |= at_a(at) ^ at_b(at);
    count += onesIn(differing);
  }
  return stored(count);`,
    onesIn,
  )
}

/** Kernels of ops of region codes. */
export const stateKernels = { packStates, unpackStates, countDifferingStates }
