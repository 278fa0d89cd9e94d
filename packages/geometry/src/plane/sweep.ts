import { offsetsOf } from '../exact/exact-run.ts'
import {
  type AffineStep,
  type LargestStep,
  type Program,
  type SignStep,
  unitsOf,
} from '../program/program.ts'
import type { PackedCodes } from './codes.ts'

/** Numbers as they are, or whole numbers modulo a prime, which say for certain that two results differ. */
export interface Field {
  /** 0 for floats. */
  readonly modulus: number
  /** What a float is there. */
  of(x: number): number
}

export const floats: Field = { modulus: 0, of: (x) => x }

/** Sums of so many products of two residues are below 2⁵³ for primes below 2²². */
const TERMS_AT_ONCE = 512

/**
 * What a network makes of some vectors on every face of a partition, the states of the face held.
 *
 * Faces are taken in the order of their codes, and what lies before the first group that differs stays as it was: of a 2-64-64-64
 * network's 18,863 faces fewer than half need the product with the last hidden matrix.
 */
export class HeldSweep {
  readonly #program: Program
  readonly #columns: number
  readonly #field: Field
  readonly #slots: readonly Float64Array[]
  readonly #weights: readonly { readonly value: Float64Array; readonly bias: Float64Array | null }[]
  /** The step that each group is in. */
  readonly #stepOf: readonly number[]
  readonly #starts: readonly number[]

  /** @param input [inputs, columns]; the first column is a point, to which biases are added, and the others are directions */
  constructor(program: Program, input: Float64Array, columns: number, field: Field) {
    this.#program = program
    this.#columns = columns
    this.#field = field
    this.#slots = program.sizes.map((size) => new Float64Array(size * columns))
    this.#slots[0].set(input)
    this.#weights = program.steps.map((step) => ({
      value:
        step.kind === 'affine' && step.matrix !== null
          ? step.matrix.value.map(field.of)
          : new Float64Array(0),
      bias: step.kind === 'affine' && step.bias !== null ? step.bias.map(field.of) : null,
    }))
    this.#stepOf = program.groups.map((_, g) =>
      program.steps.findIndex((step) => 'group' in step && step.group === g),
    )
    this.#starts = offsetsOf(program)
  }

  /** @param see is given each face and [outputs, columns], which is only good until it returns */
  each(
    codes: PackedCodes,
    order: ArrayLike<number>,
    see: (face: number, output: Float64Array) => void,
  ): void {
    const { steps, output, groups } = this.#program
    const states = new Int32Array(unitsOf(this.#program))
    for (let i = 0; i < order.length; i++) {
      const group = i === 0 ? -1 : codes.firstDifference(order[i - 1], order[i])
      if (group < groups.length) {
        codes.readInto(order[i], states)
        for (let k = group < 0 ? 0 : this.#stepOf[group]; k < steps.length; k++) this.#run(k, states)
      }
      see(order[i], this.#slots[output])
    }
  }

  #run(index: number, states: Int32Array): void {
    const step = this.#program.steps[index]
    if (step.kind === 'affine') this.#affine(step, index)
    else if (step.kind === 'sum') {
      const [a, b, to] = [this.#slots[step.a], this.#slots[step.b], this.#slots[step.to]]
      for (let i = 0; i < to.length; i++) to[i] = this.#reduced(a[i] + b[i])
    } else this.#units(step, states)
  }

  #affine({ from, to, matrix }: AffineStep, index: number): void {
    const { value, bias } = this.#weights[index]
    const [x, y, columns, isModular] = [
      this.#slots[from],
      this.#slots[to],
      this.#columns,
      this.#field.modulus !== 0,
    ]
    if (matrix === null) y.set(x)
    else {
      const { start, column, rows } = matrix
      for (let i = 0; i < rows; i++)
        for (let c = 0; c < columns; c++) {
          let sum = 0
          for (let k = start[i]; k < start[i + 1]; ) {
            const end = isModular ? Math.min(k + TERMS_AT_ONCE, start[i + 1]) : start[i + 1]
            for (; k < end; k++) sum += value[k] * x[column[k] * columns + c]
            if (isModular) sum = this.#reduced(sum)
          }
          y[i * columns + c] = sum
        }
    }
    if (bias !== null)
      for (let i = 0; i < bias.length; i++) y[i * columns] = this.#reduced(y[i * columns] + bias[i])
  }

  #units(step: SignStep | LargestStep, states: Int32Array): void {
    const [x, y, columns, start] = [
      this.#slots[step.from],
      this.#slots[step.to],
      this.#columns,
      this.#starts[step.group],
    ]
    const slope = step.kind === 'sign' ? this.#field.of(step.slope) : 1
    for (let unit = 0, at = 0; at < y.length; unit++) {
      const state = states[start + unit]
      const place = (step.kind === 'sign' ? unit : step.places[unit * step.states + state]) * columns
      const factor = step.kind === 'sign' && state === 0 ? slope : 1
      for (let c = 0; c < columns; c++, at++)
        y[at] = factor === 1 ? x[place + c] : this.#reduced(factor * x[place + c])
    }
  }

  /** In [0, modulus), of a number below 2⁵³. */
  #reduced(x: number): number {
    const { modulus } = this.#field
    if (modulus === 0) return x
    const rest = x - Math.floor(x / modulus) * modulus
    return rest < 0 ? rest + modulus : rest >= modulus ? rest - modulus : rest
  }
}
