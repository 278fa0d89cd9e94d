import type { AffineStep, LargestStep, Program, SignStep } from './program.ts'

/** What a program makes of a point: the numbers in every slot, and the states of all units, group after group. */
export interface ProgramRun {
  readonly slots: readonly Float64Array[]
  readonly states: Int32Array
  readonly output: Float64Array
}

/** Carries a point through a program in float64. @param x [inputs] */
export function runProgram(program: Program, x: ArrayLike<number>): ProgramRun {
  const slots: Float64Array[] = [Float64Array.from(x)]
  const states: Int32Array[] = []
  for (const step of program.steps) {
    const to = new Float64Array(program.sizes[step.to])
    if (step.kind === 'affine') applyAffine(step, slots[step.from], to)
    else if (step.kind === 'sum')
      for (let i = 0; i < to.length; i++) to[i] = slots[step.a][i] + slots[step.b][i]
    else
      states[step.group] =
        step.kind === 'sign'
          ? applySign(step, slots[step.from], to)
          : applyLargest(step, slots[step.from], to)
    slots[step.to] = to
  }
  return {
    slots,
    states: Int32Array.from(states.flatMap((group) => [...group])),
    output: slots[program.output],
  }
}

export function applyAffine({ matrix, bias }: AffineStep, from: Float64Array, to: Float64Array): void {
  if (matrix === null) to.set(from)
  else {
    const { start, column, value } = matrix
    for (let i = 0; i < to.length; i++) {
      let sum = 0
      for (let k = start[i]; k < start[i + 1]; k++) sum += value[k] * from[column[k]]
      to[i] = sum
    }
  }
  if (bias !== null) for (let i = 0; i < to.length; i++) to[i] += bias[i]
}

function applySign({ slope }: SignStep, from: Float64Array, to: Float64Array): Int32Array {
  const states = new Int32Array(to.length)
  for (let i = 0; i < to.length; i++) {
    const isUp = from[i] > 0
    states[i] = isUp ? 1 : 0
    to[i] = isUp ? from[i] : slope === 0 ? 0 : slope * from[i]
  }
  return states
}

function applyLargest(step: LargestStep, from: Float64Array, to: Float64Array): Int32Array {
  const states = winnersOf(step, from)
  for (let i = 0; i < to.length; i++) to[i] = from[step.places[i * step.states + states[i]]]
  return states
}

/** Which of its candidates is the largest of each unit, the first on ties. */
export function winnersOf<T extends number | bigint>(
  { places, states: count }: LargestStep,
  from: ArrayLike<T>,
): Int32Array {
  const winners = new Int32Array(places.length / count)
  for (let i = 0; i < winners.length; i++) {
    let best = -1
    for (let k = 0; k < count; k++) {
      const place = places[i * count + k]
      if (place >= 0 && (best < 0 || from[place] > from[places[i * count + best]])) best = k
    }
    winners[i] = best
  }
  return winners
}
