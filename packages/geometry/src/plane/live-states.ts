import { passedOn } from '../program/held-map.ts'
import { offsetsOf, type Program, unitsOf } from '../program/program.ts'

/**
 * The states that matter for a program's output, as one string: two regions for which it is the same have the same map, exactly and
 * for no other reason than which states they are.
 *
 * A unit does not matter where it passes on nothing (a ReLU in state 0, a maximum whose winner is one), and where nothing behind it
 * takes what it passes on.
 */
export class LiveStates {
  readonly #program: Program
  readonly #starts: readonly number[]
  readonly #isZero: readonly Uint8Array[]
  readonly #isNeeded: readonly Uint8Array[]
  readonly #key: Uint16Array

  constructor(program: Program) {
    this.#program = program
    this.#starts = offsetsOf(program)
    this.#isZero = program.sizes.map((size) => new Uint8Array(size))
    this.#isNeeded = program.sizes.map((size) => new Uint8Array(size))
    this.#key = new Uint16Array(unitsOf(program))
  }

  of(states: ArrayLike<number>): string {
    this.#findZeros(states)
    this.#key.fill(0)
    for (const needed of this.#isNeeded) needed.fill(0)
    this.#isNeeded[this.#program.output].fill(1)
    const { steps } = this.#program
    for (let k = steps.length - 1; k >= 0; k--) {
      const step = steps[k]
      const needed = this.#isNeeded[step.to]
      if (step.kind === 'sum')
        for (const slot of [step.a, step.b])
          for (let i = 0; i < needed.length; i++) this.#isNeeded[slot][i] |= needed[i]
      else if (step.kind === 'affine') {
        const from = this.#isNeeded[step.from]
        if (step.matrix === null) for (let i = 0; i < needed.length; i++) from[i] |= needed[i]
        else {
          const { start, column } = step.matrix
          for (let i = 0; i < needed.length; i++)
            if (needed[i] === 1) for (let k = start[i]; k < start[i + 1]; k++) from[column[k]] = 1
        }
      } else
        for (let unit = 0; unit < needed.length; unit++) {
          if (needed[unit] === 0 || this.#isZero[step.to][unit] === 1) continue
          const at = this.#starts[step.group] + unit
          this.#key[at] = states[at] + 1
          this.#isNeeded[step.from][passedOn(step, unit, states[at])[0]] = 1
        }
    }
    return keyText(this.#key)
  }

  /** Which numbers are 0 all over the region because of states alone. */
  #findZeros(states: ArrayLike<number>): void {
    for (const step of this.#program.steps) {
      const zero = this.#isZero[step.to]
      if (step.kind === 'sum')
        for (let i = 0; i < zero.length; i++) zero[i] = this.#isZero[step.a][i] & this.#isZero[step.b][i]
      else if (step.kind === 'affine') {
        const from = this.#isZero[step.from]
        for (let i = 0; i < zero.length; i++) {
          zero[i] = step.bias === null || step.bias[i] === 0 ? 1 : 0
          if (step.matrix === null) zero[i] &= from[i]
          else
            for (let k = step.matrix.start[i]; zero[i] === 1 && k < step.matrix.start[i + 1]; k++)
              zero[i] = from[step.matrix.column[k]]
        }
      } else
        for (let unit = 0; unit < zero.length; unit++) {
          const [place, factor] = passedOn(step, unit, states[this.#starts[step.group] + unit])
          zero[unit] = factor === 0 ? 1 : this.#isZero[step.from][place]
        }
    }
  }
}

/** Characters at a time that a call may have as arguments. */
const CHARACTERS_AT_ONCE = 4096

function keyText(key: Uint16Array): string {
  let text = ''
  for (let i = 0; i < key.length; i += CHARACTERS_AT_ONCE)
    text += String.fromCharCode(...key.subarray(i, i + CHARACTERS_AT_ONCE))
  return text
}
