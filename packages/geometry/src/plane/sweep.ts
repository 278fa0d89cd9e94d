import { type SparseMatrix, transposed } from '../numbers/sparse-matrix.ts'
import {
  type AffineStep,
  type ChoiceStep,
  isChoice,
  offsetsOf,
  type Program,
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
const TERMS_AT_ONCE = 511

/** What an affine step needs at hand: the matrix column by column, in the field, and the input that its output was made of. */
interface Product {
  readonly columns: SparseMatrix | null
  readonly bias: Float64Array | null
  readonly last: Float64Array
}

/**
 * What a network makes of some vectors on every face of a partition, the states of the face held.
 *
 * Faces are taken in the order of their codes, and what lies before the first group that differs stays as it was. Residues do not round, so
 * that a product is mended by the inputs that have changed.
 */
export class HeldSweep {
  readonly #program: Program
  readonly #columns: number
  readonly #field: Field
  readonly #slots: readonly Float64Array[]
  readonly #products: readonly (Product | null)[]
  /** The step that each group is in. */
  readonly #stepOf: readonly number[]
  readonly #starts: readonly number[]

  /** @param input [columns, inputs]; the first is a point, to which biases are added, and the others are directions */
  constructor(program: Program, input: Float64Array, columns: number, field: Field) {
    this.#program = program
    this.#columns = columns
    this.#field = field
    this.#slots = program.sizes.map((size) => new Float64Array(size * columns))
    this.#slots[0].set(input)
    this.#products = program.steps.map((step) => (step.kind === 'affine' ? this.#product(step) : null))
    this.#stepOf = program.groups.map((_, g) =>
      program.steps.findIndex((step) => isChoice(step) && step.group === g),
    )
    this.#starts = offsetsOf(program)
  }

  /** @param see is given each face and [columns, outputs], which is only good until it returns */
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
        codes.readInto(order[i], states, group)
        for (let k = group < 0 ? 0 : this.#stepOf[group]; k < steps.length; k++) this.#run(k, states)
      }
      see(order[i], this.#slots[output])
    }
  }

  #product({ matrix, bias, from, to }: AffineStep): Product {
    const { of } = this.#field
    const inField = bias?.map(of) ?? null
    if (inField !== null) this.#slots[to].set(inField)
    return {
      columns: matrix && transposed({ ...matrix, value: matrix.value.map(of) }),
      bias: inField,
      last: new Float64Array(this.#slots[from].length),
    }
  }

  #run(index: number, states: Int32Array): void {
    const step = this.#program.steps[index]
    if (step.kind === 'affine') this.#affine(step, this.#products[index] as Product)
    else if (step.kind === 'sum') {
      const [a, b, to] = [this.#slots[step.a], this.#slots[step.b], this.#slots[step.to]]
      for (let i = 0; i < to.length; i++) to[i] = this.#reduced(a[i] + b[i])
    } else this.#units(step, states)
  }

  #affine({ from, to }: AffineStep, { columns: matrix, bias, last }: Product): void {
    const [x, y, columns] = [this.#slots[from], this.#slots[to], this.#columns]
    const isModular = this.#field.modulus !== 0
    if (!isModular || matrix === null) {
      if (matrix === null) y.set(x)
      else y.fill(0)
      if (bias !== null) for (let i = 0; i < bias.length; i++) y[i] += bias[i]
    }
    if (matrix === null) {
      this.#reduce(y)
      return
    }
    let terms = 0
    for (let c = 0, at = 0; c < columns; c++)
      for (let j = 0; j < matrix.rows; j++, at++) {
        const change = isModular ? x[at] - last[at] : x[at]
        if (change === 0) continue
        last[at] = x[at]
        addColumn(matrix, j, change, y, c * matrix.columns)
        if (++terms % TERMS_AT_ONCE === 0) this.#reduce(y)
      }
    if (terms > 0) this.#reduce(y)
  }

  #units(step: ChoiceStep, states: Int32Array): void {
    const [x, y, columns] = [this.#slots[step.from], this.#slots[step.to], this.#columns]
    const [units, inputs, start] = [y.length / columns, x.length / columns, this.#starts[step.group]]
    const slope = step.kind === 'sign' ? this.#field.of(step.slope) : 1
    for (let unit = 0; unit < units; unit++) {
      const state = states[start + unit]
      const place = step.kind === 'sign' ? unit : step.places[unit * step.states + state]
      const factor = step.kind === 'sign' && state === 0 ? slope : 1
      for (let c = 0; c < columns; c++) y[c * units + unit] = factor * x[c * inputs + place]
    }
    if (slope !== 0 && slope !== 1) this.#reduce(y)
  }

  #reduce(x: Float64Array): void {
    if (this.#field.modulus !== 0) for (let i = 0; i < x.length; i++) x[i] = this.#reduced(x[i])
  }

  /** In [0, modulus), of a number whose magnitude is at most 2⁵³. */
  #reduced(x: number): number {
    const { modulus } = this.#field
    if (modulus === 0 || (x >= 0 && x < modulus)) return x
    const rest = x - Math.floor(x / modulus) * modulus
    return rest < 0 ? rest + modulus : rest >= modulus ? rest - modulus : rest
  }
}

/** y[from …] += x · column j */
function addColumn(
  { columns, start, column, value }: SparseMatrix,
  j: number,
  x: number,
  y: Float64Array,
  from: number,
): void {
  const [first, behind] = [start[j], start[j + 1]]
  // Without a hole there is no need of places.
  if (behind - first === columns) for (let i = 0; i < columns; i++) y[from + i] += value[first + i] * x
  else for (let k = first; k < behind; k++) y[from + column[k]] += value[k] * x
}
