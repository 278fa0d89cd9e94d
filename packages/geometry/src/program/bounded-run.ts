import { type SparseMatrix, transposed } from '../numbers/sparse-matrix.ts'
import type { AffineStep, LargestStep, Program, SignStep, Slot, Step, SumStep } from './program.ts'

/** Numbers of a slot, and how far each is at most from the network's at the point. */
export interface Bounded {
  readonly value: Float64Array
  readonly error: Float64Array
}

/** The rounding error of one operation, as a share of its result; of results that are subnormal numbers; and that of bounds themselves. */
const UNIT = 2 ** -53
const LEAST = 2 ** -1074
const UP = 1 + 2 ** -40

/**
 * A program at a point in float64 with bounds of its error that follow the numbers themselves, slot after slot as they are asked for. A unit whose state they
 * leave open does no harm: units bend, they do not jump.
 */
export class BoundedRun {
  readonly #program: Program
  readonly #slots: Bounded[]

  /** @param x [inputs], each off by at most its error */
  constructor(program: Program, x: Bounded) {
    this.#program = program
    this.#slots = [x]
  }

  /** The numbers of a slot. */
  slot(slot: Slot): Bounded {
    const { steps } = this.#program
    while (this.#slots.length <= slot) this.#slots.push(this.#made(steps[this.#slots.length - 1]))
    return this.#slots[slot]
  }

  #made(step: Step): Bounded {
    const size = this.#program.sizes[step.to]
    const to = { value: new Float64Array(size), error: new Float64Array(size) }
    if (step.kind === 'affine') affine(step, this.#slots[step.from], to)
    else if (step.kind === 'sum') sum(step, this.#slots, to)
    else if (step.kind === 'sign') sign(step, this.#slots[step.from], to)
    else largest(step, this.#slots[step.from], to)
    return to
  }
}

/** Columns of matrices: numbers that are 0 for certain, such as those of units that are off, are passed over. */
const columnsOf = new WeakMap<SparseMatrix, SparseMatrix>()

function affine({ matrix, bias }: AffineStep, from: Bounded, { value, error }: Bounded): void {
  const size = new Float64Array(value.length)
  let terms = 0
  if (matrix === null) {
    value.set(from.value)
    error.set(from.error)
  } else {
    let columns = columnsOf.get(matrix)
    if (columns === undefined) columnsOf.set(matrix, (columns = transposed(matrix)))
    for (let j = 0; j < matrix.columns; j++) {
      const x = from.value[j]
      const off = from.error[j]
      if (x === 0 && off === 0) continue
      terms++
      const end = columns.start[j + 1]
      for (let k = columns.start[j]; k < end; k++) {
        const i = columns.column[k]
        const term = columns.value[k] * x
        value[i] += term
        size[i] += Math.abs(term)
        error[i] += Math.abs(columns.value[k]) * off
      }
    }
  }
  for (let i = 0; i < value.length; i++) {
    const shift = bias === null ? 0 : bias[i]
    const most = size[i] + Math.abs(value[i]) + Math.abs(shift)
    error[i] = UP * (error[i] + 2 * (terms + 2) * UNIT * most) + (terms > 0 ? 2 * (terms + 1) * LEAST : 0)
    value[i] += shift
  }
}

function sum({ a, b }: SumStep, slots: readonly Bounded[], { value, error }: Bounded): void {
  for (let i = 0; i < value.length; i++) {
    value[i] = slots[a].value[i] + slots[b].value[i]
    error[i] = UP * (slots[a].error[i] + slots[b].error[i] + UNIT * Math.abs(value[i]))
  }
}

function sign({ slope }: SignStep, from: Bounded, { value, error }: Bounded): void {
  const steepest = Math.max(1, Math.abs(slope))
  for (let i = 0; i < value.length; i++) {
    const [x, off] = [from.value[i], from.error[i]]
    if (slope === 0 && x <= -off) continue
    value[i] = x > 0 ? x : slope * x
    error[i] = UP * (steepest * off + UNIT * Math.abs(value[i])) + LEAST
  }
}

function largest({ places, states }: LargestStep, from: Bounded, { value, error }: Bounded): void {
  for (let unit = 0; unit < value.length; unit++) {
    let [most, off] = [-Infinity, 0]
    for (const place of places.subarray(unit * states, (unit + 1) * states)) {
      if (place < 0) continue
      most = Math.max(most, from.value[place])
      off = Math.max(off, from.error[place])
    }
    value[unit] = most
    error[unit] = off
  }
}
