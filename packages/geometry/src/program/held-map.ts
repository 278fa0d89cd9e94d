import { type ChoiceStep, offsetsOf, type Program } from './program.ts'
import { applyAffine } from './run.ts'

/** The affine map A x + b that a program is where its units have given states. */
export interface HeldMap {
  /** [outputs][inputs] */
  readonly A: readonly (readonly number[])[]
  /** [outputs] */
  readonly b: readonly number[]
}

/** @param states of all units, group after group; what comes behind them is not read */
export function heldMap(program: Program, states: ArrayLike<number>): HeldMap {
  const starts = offsetsOf(program)
  const rows = Array.from({ length: program.outputs }, (_, o) => pulled(program, states, starts, o))
  return { A: rows.map((row) => [...row]), b: [...pushed(program, states, starts)] }
}

/** The place in `from` that a unit passes on, and by what factor; a factor of 0 where it passes nothing. */
export function passedOn(step: ChoiceStep, unit: number, state: number): [place: number, factor: number] {
  if (step.kind === 'sign') return [unit, state === 1 ? 1 : step.slope]
  return [step.places[unit * step.states + state], 1]
}

/** The derivative of an output after the input. */
function pulled(
  program: Program,
  states: ArrayLike<number>,
  starts: readonly number[],
  output: number,
): Float64Array {
  const slots = program.sizes.map((size) => new Float64Array(size))
  slots[program.output][output] = 1
  for (const step of program.steps.toReversed()) {
    const to = slots[step.to]
    if (step.kind === 'sum') for (const slot of [step.a, step.b]) addTo(slots[slot], to)
    else if (step.kind !== 'affine')
      for (let unit = 0; unit < to.length; unit++) {
        const [place, factor] = passedOn(step, unit, states[starts[step.group] + unit])
        slots[step.from][place] += factor * to[unit]
      }
    else if (step.matrix === null) addTo(slots[step.from], to)
    else {
      const { start, column, value } = step.matrix
      for (let i = 0; i < to.length; i++)
        if (to[i] !== 0)
          for (let k = start[i]; k < start[i + 1]; k++) slots[step.from][column[k]] += value[k] * to[i]
    }
  }
  return slots[0]
}

function addTo(sum: Float64Array, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) sum[i] += x[i]
}

/** What the map makes of 0. */
function pushed(program: Program, states: ArrayLike<number>, starts: readonly number[]): Float64Array {
  const slots = program.sizes.map((size) => new Float64Array(size))
  for (const step of program.steps) {
    const to = slots[step.to]
    if (step.kind === 'affine') applyAffine(step, slots[step.from], to)
    else if (step.kind === 'sum')
      for (let i = 0; i < to.length; i++) to[i] = slots[step.a][i] + slots[step.b][i]
    else
      for (let unit = 0; unit < to.length; unit++) {
        const [place, factor] = passedOn(step, unit, states[starts[step.group] + unit])
        to[unit] = factor === 0 ? 0 : factor * slots[step.from][place]
      }
  }
  return slots[program.output]
}
