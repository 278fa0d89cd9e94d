import { type ExactProgram, lanesOf } from '../../exact/exact-run.ts'
import { quotient } from '../../exact/wholes.ts'
import type { Program, Slot } from '../../program/program.ts'
import { applyAffine } from '../../program/run.ts'
import type { Plane } from './window.ts'

/** Products in rational arithmetic up to which forms are rounded once: some 50 ms. */
const MOST_EXACT = 3e5

/**
 * Affine forms of the numbers in slots that come before all units that choose: [3 × size], coefficients of s, of t, and constants. Of small
 * programs they are the exact ones, rounded once, so that what cancels is 0.
 */
export function formsOf(
  program: Program,
  exact: ExactProgram,
  { u, v, origin }: Plane,
): (slot: Slot) => Float64Array {
  const products = program.steps.reduce(
    (sum, step) => (step.kind === 'affine' ? sum + (step.matrix?.value.length ?? 0) : sum),
    0,
  )
  if (3 * products <= MOST_EXACT) {
    const run = exact.on([], lanesOf([u, v, origin]))
    return (slot) => {
      const { lanes, exponent } = run.slot(slot)
      return Float64Array.from(lanes.flatMap((lane) => lane.map((x) => quotient(x, 1n, exponent))))
    }
  }
  const lanes: Float64Array[][] = [[u, v, origin].map((x) => Float64Array.from(x))]
  const made = (slot: Slot): Float64Array[] => {
    lanes[slot] ??= (() => {
      const step = program.steps[slot - 1]
      if (step.kind === 'sum') {
        const [a, b] = [made(step.a), made(step.b)]
        return a.map((x, lane) => x.map((xi, i) => xi + b[lane][i]))
      }
      if (step.kind !== 'affine') throw new Error('formsOf: expected a slot before all units that choose')
      return made(step.from).map((x, lane) => {
        const to = new Float64Array(program.sizes[slot])
        applyAffine(lane === 2 ? step : { ...step, bias: null }, x, to)
        return to
      })
    })()
    return lanes[slot]
  }
  return (slot) => {
    const size = program.sizes[slot]
    const all = new Float64Array(3 * size)
    made(slot).forEach((x, lane) => all.set(x, lane * size))
    return all
  }
}
