import { ExactForms } from '../exact/exact-forms.ts'
import type { Program, Slot, Step } from '../program/program.ts'
import type { GroupPlan, ProgramPlan } from './group-plan.ts'

/** Half a unit in the last place. */
export const ROUNDING = 2 ** -53

/**
 * What every slot of a program is where the units have given states: an affine form of the input, [inputs + 1] numbers of which the
 * last is the constant, so that forms act on homogeneous points (x, w).
 *
 * Forms are float64 with a bound of their error: `roundings[slot]` · 2^−53 times the sum of the sizes of the terms they were made of.
 * An exact one is made, and kept, when it is asked for.
 */
export class Path {
  readonly plan: ProgramPlan
  /** inputs + 1 */
  readonly width: number
  /** Of all units, groups one after another; the caller sets those of a group before the next one's forms are asked for. */
  readonly states: Int32Array
  /** [size × width] */
  readonly forms: readonly Float64Array[]
  /** Sums of the sizes of terms, [size × width]. */
  readonly sizes: readonly Float64Array[]
  readonly roundings: readonly number[]
  readonly #exact: ExactForms

  constructor(plan: ProgramPlan) {
    const { program } = plan
    this.plan = plan
    this.width = program.inputs + 1
    this.states = new Int32Array(plan.units)
    this.forms = program.sizes.map((size) => new Float64Array(size * this.width))
    this.sizes = program.sizes.map((size) => new Float64Array(size * this.width))
    for (let i = 0; i < program.inputs; i++) this.forms[0][i * this.width + i] = 1
    this.sizes[0].set(this.forms[0])
    this.roundings = roundingsOf(program)
    const states = plan.groups.map(({ firstUnit: from, units }) => this.states.subarray(from, from + units))
    const unit = (i: number) => Array.from({ length: this.width }, (_, lane) => Number(lane === i))
    this.#exact = new ExactForms(program, states, unit(program.inputs))
    this.#exact.start((place) => unit(place).map(BigInt), 0)
  }

  /** Makes the forms of what a group chooses among, from the states of the groups before it. */
  enter(group: GroupPlan): void {
    for (const step of group.steps) this.#run(step)
  }

  /** Makes the forms of the output, from the states of all groups. */
  finish(): void {
    for (const step of this.plan.last) this.#run(step)
  }

  /** The exact form of a number in a slot, as whole numbers that are a positive multiple of it (the same for the whole slot). */
  exactForm(slot: Slot, place: number): readonly bigint[] {
    return this.#exact.form(slot, place)
  }

  #run(step: Step): void {
    const { width } = this
    const [to, toSizes] = [this.forms[step.to], this.sizes[step.to]]
    this.#exact.forget(step.to)
    if (step.kind === 'sum') {
      const [a, b] = [this.forms[step.a], this.forms[step.b]]
      const [aSizes, bSizes] = [this.sizes[step.a], this.sizes[step.b]]
      for (let i = 0; i < to.length; i++) {
        to[i] = a[i] + b[i]
        toSizes[i] = aSizes[i] + bSizes[i]
      }
      return
    }
    const [from, fromSizes] = [this.forms[step.from], this.sizes[step.from]]
    if (step.kind === 'affine') {
      if (step.matrix === null) {
        to.set(from)
        toSizes.set(fromSizes)
      } else {
        const { start, column, value } = step.matrix
        to.fill(0)
        toSizes.fill(0)
        for (let i = 0, at = 0; i < start.length - 1; i++, at += width)
          for (let k = start[i]; k < start[i + 1]; k++) {
            const weight = value[k]
            const size = Math.abs(weight)
            const other = column[k] * width
            for (let j = 0; j < width; j++) {
              to[at + j] += weight * from[other + j]
              toSizes[at + j] += size * fromSizes[other + j]
            }
          }
      }
      const { bias } = step
      if (bias !== null)
        for (let i = 0, at = width - 1; i < bias.length; i++, at += width) {
          to[at] += bias[i]
          toSizes[at] += Math.abs(bias[i])
        }
      return
    }
    const { states } = this
    const first = this.plan.groups[step.group].firstUnit
    const units = to.length / width
    if (step.kind === 'sign') {
      for (let u = 0, at = 0; u < units; u++, at += width) {
        const slope = states[first + u] === 1 ? 1 : step.slope
        const size = Math.abs(slope)
        for (let j = at; j < at + width; j++) {
          to[j] = slope * from[j]
          toSizes[j] = size * fromSizes[j]
        }
      }
      return
    }
    for (let u = 0, at = 0; u < units; u++, at += width) {
      const other = step.places[u * step.states + states[first + u]] * width
      for (let j = 0; j < width; j++) {
        to[at + j] = from[other + j]
        toSizes[at + j] = fromSizes[other + j]
      }
    }
  }
}

/** How many roundings a number of a slot has behind it at most. Numbers of slots that copy an input or a weight have none. */
function roundingsOf({ steps, sizes }: Program): number[] {
  const roundings = sizes.map(() => 0)
  for (const step of steps) {
    if (step.kind === 'sum') roundings[step.to] = Math.max(roundings[step.a], roundings[step.b]) + 1
    else if (step.kind === 'largest') roundings[step.to] = roundings[step.from]
    else if (step.kind === 'sign')
      roundings[step.to] = roundings[step.from] + ([-1, 0, 1].includes(step.slope) ? 0 : 1)
    else if (step.from === 0) roundings[step.to] = 0
    else roundings[step.to] = roundings[step.from] + mostTerms(step.matrix) + 2
  }
  return roundings
}

function mostTerms(matrix: { readonly start: Int32Array } | null): number {
  let most = 0
  if (matrix !== null)
    for (let i = 0; i + 1 < matrix.start.length; i++)
      most = Math.max(most, matrix.start[i + 1] - matrix.start[i])
  return most
}
