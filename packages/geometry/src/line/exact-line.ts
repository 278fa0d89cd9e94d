import type { AffineStep, LargestStep, Program, SignStep, Slot, SumStep } from '../program/program.ts'

/** An affine form in the line's parameter by its values at t = 0 and t = 1, both in the same unit. */
export type ExactForm = readonly [at0: bigint, at1: bigint]

const ZERO: ExactForm = [0n, 0n]

/**
 * Exact forms of single numbers of a program along a line, under given states: finite floats are integers times powers of two, so that sums
 * and products are integers. Each slot has one power of two. A form is computed when it is asked for, with what it depends on, and kept until
 * states before it change.
 */
export class ExactLine {
  readonly #program: Program
  /** For each group the states of its units. */
  readonly #states: readonly Int32Array[]
  /** The exponent of the least bit of the weights of each step. */
  readonly #units: readonly number[]
  #exponents: number[] = []
  #from: ArrayLike<number> = []
  #to: ArrayLike<number> = []
  readonly #known: (ExactForm | undefined)[][]

  constructor(program: Program, states: readonly Int32Array[]) {
    this.#program = program
    this.#states = states
    this.#units = program.steps.map((step) =>
      step.kind === 'affine'
        ? leastBit(step.matrix?.value ?? [1])
        : step.kind === 'sign'
          ? leastBit([1, step.slope])
          : 0,
    )
    this.#known = program.sizes.map(() => [])
  }

  /** A new line. */
  start(from: ArrayLike<number>, to: ArrayLike<number>): void {
    this.#from = from
    this.#to = to
    this.#exponents = [Math.min(leastBit(from), leastBit(to))]
    this.#program.steps.forEach((step, i) => {
      const at = this.#exponents
      const bias = step.kind === 'affine' && step.bias !== null ? leastBit(step.bias) : Infinity
      at[step.to] = Math.min(
        step.kind === 'sum' ? Math.min(at[step.a], at[step.b]) : at[step.from] + this.#units[i],
        bias,
      )
    })
    this.forget(0)
  }

  /** States of the step that fills this slot have changed, or of others behind it. */
  forget(slot: Slot): void {
    for (let s = slot; s < this.#known.length; s++) if (this.#known[s].length > 0) this.#known[s] = []
  }

  /** The form of one number of a slot under the states as they are now. */
  form(slot: Slot, place: number): ExactForm {
    const known = this.#known[slot]
    const form = known[place]
    if (form !== undefined) return form
    const made = this.#made(slot, place)
    known[place] = made
    return made
  }

  #made(slot: Slot, place: number): ExactForm {
    if (slot === 0) {
      const unit = this.#exponents[0]
      return [inUnits(this.#from[place], unit), inUnits(this.#to[place], unit)]
    }
    const step = this.#program.steps[slot - 1]
    if (step.kind === 'affine') return this.#affine(step, slot - 1, place)
    if (step.kind === 'sum') return this.#sum(step, place)
    return step.kind === 'sign' ? this.#sign(step, slot - 1, place) : this.#largest(step, place)
  }

  #affine({ from, to, matrix, bias }: AffineStep, i: number, place: number): ExactForm {
    const exponents = this.#exponents
    const unit = this.#units[i]
    const b = bias === null ? 0n : inUnits(bias[place], exponents[to])
    const shift = BigInt(exponents[from] + unit - exponents[to])
    let [at0, at1] = [0n, 0n]
    if (matrix === null) {
      const [x0, x1] = this.form(from, place)
      const one = inUnits(1, unit)
      at0 = x0 * one
      at1 = x1 * one
    } else
      for (let k = matrix.start[place]; k < matrix.start[place + 1]; k++) {
        const [x0, x1] = this.form(from, matrix.column[k])
        if (x0 === 0n && x1 === 0n) continue
        const w = inUnits(matrix.value[k], unit)
        at0 += w * x0
        at1 += w * x1
      }
    return [(at0 << shift) + b, (at1 << shift) + b]
  }

  #sum({ a, b, to }: SumStep, place: number): ExactForm {
    const unit = this.#exponents[to]
    const [a0, a1] = this.form(a, place)
    const [b0, b1] = this.form(b, place)
    const [left, right] = [BigInt(this.#exponents[a] - unit), BigInt(this.#exponents[b] - unit)]
    return [(a0 << left) + (b0 << right), (a1 << left) + (b1 << right)]
  }

  #sign({ from, slope, group }: SignStep, i: number, place: number): ExactForm {
    const factor = this.#states[group][place] === 1 ? 1 : slope
    if (factor === 0) return ZERO
    const [x0, x1] = this.form(from, place)
    const w = inUnits(factor, this.#units[i])
    return [w * x0, w * x1]
  }

  #largest({ from, states, places, group }: LargestStep, place: number): ExactForm {
    return this.form(from, places[place * states + this.#states[group][place]])
  }
}

const parts = new DataView(new ArrayBuffer(8))

/** A float as m · 2^e, m odd or 0. */
function bitsOf(x: number): [m: bigint, e: number] {
  parts.setFloat64(0, x)
  const raw = parts.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  const fraction = raw & 0xfffffffffffffn
  const m = biased === 0 ? fraction : fraction | (1n << 52n)
  return [x < 0 ? -m : m, Math.max(biased, 1) - 1075]
}

/** The exponent of the lowest bit that any of the numbers has; 0 if all are 0. */
function leastBit(numbers: ArrayLike<number>): number {
  let least = Infinity
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]
    if (x === 0) continue
    // Above 2^-900 all bits of the mantissa are those of 2^52 times it.
    parts.setFloat64(0, x)
    const high = parts.getUint32(0)
    const low = parts.getUint32(4)
    const biased = (high >>> 20) & 0x7ff
    const zeros = low !== 0 ? trailing(low) : (high & 0xfffff) !== 0 ? 32 + trailing(high & 0xfffff) : 52
    const exponent = Math.max(biased, 1) - 1075 + zeros
    if (exponent < least) least = exponent
  }
  return least === Infinity ? 0 : least
}

const trailing = (x: number): number => 31 - Math.clz32(x & -x)

/** x / 2^unit, a whole number. */
function inUnits(x: number, unit: number): bigint {
  if (x === 0) return 0n
  const power = 2 ** -unit
  const scaled = x * power
  if (power < Infinity && power > 0 && Math.abs(scaled) < Infinity && Math.abs(scaled) >= 1)
    return BigInt(scaled)
  const [m, e] = bitsOf(x)
  return e >= unit ? m << BigInt(e - unit) : m >> BigInt(unit - e)
}
