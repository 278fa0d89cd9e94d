import type { AffineStep, LargestStep, Program, SignStep, Slot, SumStep } from '../program/program.ts'
import { exponentOf, inUnits } from './wholes.ts'

/** A form: what it is in every lane, in the units of its slot. */
export type ExactForm = readonly bigint[]

/** The weights of a step in whole numbers, row by row as they are asked for. */
interface WholeRows {
  /** The exponent of the least bit that a weight, or a slope, has. */
  readonly exponent: number
  readonly rows: (readonly bigint[] | undefined)[]
}

/**
 * Exact affine forms of single numbers of a program under given states, each by its values at some points, or its coefficients: lanes. Finite
 * floats are integers times powers of two, so that sums and products are integers; each slot has one power of two. A form is made when it is
 * asked for, with what it depends on, and kept until states before it change.
 */
export class ExactForms {
  readonly #program: Program
  /** For each group the states of its units, as they are now. */
  readonly #states: readonly ArrayLike<number>[]
  /** Of the number 1, in every lane. */
  readonly #one: readonly bigint[]
  readonly #steps: readonly WholeRows[]
  #input: (place: number) => ExactForm = () => []
  #exponents: number[] = []
  readonly #known: (ExactForm | undefined)[][]
  /** The last slot of which a form is known. */
  #last = -1

  /** @param one what the number 1 is in every lane: biases are added so often */
  constructor(program: Program, states: readonly ArrayLike<number>[], one: readonly number[]) {
    this.#program = program
    this.#states = states
    this.#one = one.map(BigInt)
    this.#steps = program.steps.map((step) => {
      const weights =
        step.kind === 'affine' ? step.matrix?.value : step.kind === 'sign' ? [1, step.slope] : []
      return { exponent: exponentOf(weights ?? []), rows: [] }
    })
    this.#known = program.sizes.map(() => [])
  }

  /** @param input the form of an input, in units of 2^exponent */
  start(input: (place: number) => ExactForm, exponent: number): void {
    this.#input = input
    const exponents = [exponent]
    this.#program.steps.forEach((step, i) => {
      const bias = step.kind === 'affine' && step.bias !== null ? exponentOf(step.bias) : Infinity
      const made =
        step.kind === 'sum'
          ? Math.min(exponents[step.a], exponents[step.b])
          : exponents[step.from] + this.#steps[i].exponent
      exponents[step.to] = Math.min(made, bias)
    })
    this.#exponents = exponents
    this.forget(0)
  }

  /** States of the step that fills this slot have changed, or of others behind it. */
  forget(slot: Slot): void {
    for (; this.#last >= slot; this.#last--)
      if (this.#known[this.#last].length > 0) this.#known[this.#last] = []
  }

  /** The form of one number of a slot under the states as they are now. */
  form(slot: Slot, place: number): ExactForm {
    const known = this.#known[slot]
    const form = known[place]
    if (form !== undefined) return form
    const made = this.#made(slot, place)
    known[place] = made
    if (slot > this.#last) this.#last = slot
    return made
  }

  #made(slot: Slot, place: number): ExactForm {
    if (slot === 0) return this.#input(place)
    const step = this.#program.steps[slot - 1]
    if (step.kind === 'affine') return this.#affine(step, slot - 1, place)
    if (step.kind === 'sum') return this.#sum(step, place)
    return step.kind === 'sign' ? this.#sign(step, slot - 1, place) : this.#largest(step, place)
  }

  #affine({ from, to, matrix, bias }: AffineStep, i: number, place: number): ExactForm {
    const exponents = this.#exponents
    const one = this.#one
    const { exponent, rows } = this.#steps[i]
    const b = bias === null ? 0n : inUnits(bias[place], exponents[to])
    const shift = BigInt(exponents[from] + exponent - exponents[to])
    if (matrix === null) {
      const x = this.form(from, place)
      return x.map((xl, lane) => (xl << shift) + b * one[lane])
    }
    const [start, end] = [matrix.start[place], matrix.start[place + 1]]
    const row = (rows[place] ??= Array.from(matrix.value.subarray(start, end), (w) => inUnits(w, exponent)))
    const sums = new Array<bigint>(one.length).fill(0n)
    for (let k = start; k < end; k++) {
      const x = this.form(from, matrix.column[k])
      const w = row[k - start]
      for (let lane = 0; lane < sums.length; lane++) if (x[lane] !== 0n) sums[lane] += w * x[lane]
    }
    for (let lane = 0; lane < sums.length; lane++) sums[lane] = (sums[lane] << shift) + b * one[lane]
    return sums
  }

  #sum({ a, b, to }: SumStep, place: number): ExactForm {
    const unit = this.#exponents[to]
    const [x, y] = [this.form(a, place), this.form(b, place)]
    const [left, right] = [BigInt(this.#exponents[a] - unit), BigInt(this.#exponents[b] - unit)]
    return x.map((xl, lane) => (xl << left) + (y[lane] << right))
  }

  #sign({ from, slope, group }: SignStep, i: number, place: number): ExactForm {
    const factor = this.#states[group][place] === 1 ? 1 : slope
    if (factor === 0) return this.#one.map(() => 0n)
    const w = inUnits(factor, this.#steps[i].exponent)
    return this.form(from, place).map((x) => w * x)
  }

  #largest({ from, states, places, group }: LargestStep, place: number): ExactForm {
    return this.form(from, places[place * states + this.#states[group][place]])
  }
}
