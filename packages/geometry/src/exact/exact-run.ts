import {
  type AffineStep,
  type ChoiceStep,
  isChoice,
  type LargestStep,
  offsetsOf,
  type Program,
  type SignStep,
  type Slot,
  type Step,
} from '../program/program.ts'
import { winnersOf } from '../program/run.ts'
import { LazyWholes, shifted, signOf, type Wholes, wholesOf } from './wholes.ts'

/** Numbers of one slot: entry [lane][unit] is `lanes[lane][unit] · 2^exponent`. */
export interface Lanes {
  readonly lanes: readonly (readonly bigint[])[]
  readonly exponent: number
}

/** The number 1, in the lane that biases are added to: `whole · 2^exponent`. */
interface One {
  readonly lane: number
  readonly whole: bigint
  readonly exponent: number
}

/** How the units of a step choose: their states. */
type Choose = (step: ChoiceStep, from: Lanes) => ArrayLike<number>

/** The numbers of an affine step as whole numbers. */
interface Weights {
  readonly matrix: LazyWholes | null
  readonly bias: Wholes | null
}

/** The numbers of a program as whole numbers, made once. */
export class ExactProgram {
  readonly program: Program
  readonly #weights = new Map<Step, Weights>()

  constructor(program: Program) {
    this.program = program
  }

  weights(step: AffineStep): Weights {
    let known = this.#weights.get(step)
    if (known === undefined) {
      const { matrix, bias } = step
      known = { matrix: matrix && new LazyWholes(matrix.value), bias: bias && wholesOf(bias) }
      this.#weights.set(step, known)
    }
    return known
  }

  /**
   * The program at the point `x / weight`, in homogeneous coordinates: every number of every slot is that many times `weight` too, so that
   * signs are those of the network.
   * @param x [inputs]
   * @param weight > 0, in the units of x
   */
  at(x: Wholes, weight: bigint): ExactRun {
    const one = { lane: 0, whole: weight, exponent: x.exponent }
    return new ExactRun(this, [{ lanes: [x.whole], exponent: x.exponent }], one, statesAt)
  }

  /**
   * The affine forms of all numbers on the region of some states: coefficients of the parameters p in x = Σ_i p_i basis_i + origin, a lane
   * each, and the constant in the last lane.
   * @param states of all units, group after group; those of groups that are not reached need not be known
   * @param basis [parameters + 1][inputs], the last one the origin
   * @param like a region whose numbers are the same up to a slot, from which those are taken
   */
  on(
    states: ArrayLike<number>,
    basis: Lanes,
    like?: { readonly run: ExactRun; readonly upTo: Slot },
  ): ExactRun {
    const from = offsetsOf(this.program)
    const one = { lane: basis.lanes.length - 1, whole: 1n, exponent: 0 }
    const choose: Choose = (step) => {
      const { units } = this.program.groups[step.group]
      return Array.from({ length: units }, (_, u) => states[from[step.group] + u])
    }
    return new ExactRun(this, like === undefined ? [basis] : like.run.slots(like.upTo), one, choose)
  }
}

/** Vectors of floats with one exponent: a basis for {@link ExactProgram.on}. */
export function lanesOf(vectors: readonly ArrayLike<number>[]): Lanes {
  const { whole, exponent } = wholesOf(vectors.flatMap((vector) => Array.from(vector)))
  let at = 0
  return { lanes: vectors.map(({ length }) => whole.slice(at, (at += length))), exponent }
}

/** A program in rational arithmetic, slot after slot as they are asked for. */
export class ExactRun {
  readonly #exact: ExactProgram
  readonly #one: One
  readonly #choose: Choose
  readonly #slots: Lanes[]
  readonly #states: ArrayLike<number>[] = []

  /** @param slots the numbers of the first slots, at least of the input */
  constructor(exact: ExactProgram, slots: Lanes[], one: One, choose: Choose) {
    this.#exact = exact
    this.#one = one
    this.#choose = choose
    this.#slots = slots
  }

  /** The numbers of a slot, made of those that it needs: states of units that it does not stand on need not be known. */
  slot(slot: Slot): Lanes {
    this.#slots[slot] ??= this.#made(this.#exact.program.steps[slot - 1])
    return this.#slots[slot]
  }

  /** The numbers of all slots up to one. */
  slots(upTo: Slot): Lanes[] {
    this.slot(upTo)
    return this.#slots.slice(0, upTo + 1)
  }

  /**
   * One number of a slot, a lane each, without the others where an affine step makes it. All numbers of a slot that are asked for so have one
   * exponent.
   */
  number(slot: Slot, unit: number): readonly bigint[] {
    const step = this.#exact.program.steps[slot - 1] as Step | undefined
    if (this.#slots[slot] !== undefined || step?.kind !== 'affine' || step.matrix === null)
      return this.slot(slot).lanes.map((lane) => lane[unit])
    const { start, column } = step.matrix
    const { matrix, bias } = this.#exact.weights(step)
    const product = times({ start: start.subarray(unit, unit + 2), column }, matrix!, this.slot(step.from))
    if (bias === null) return product.lanes.map(([x]) => x)
    return this.#shifted(product, { whole: [bias.whole[unit]], exponent: bias.exponent }).lanes.map(
      ([x]) => x,
    )
  }

  /** The sign of a number of a slot at a point: -1, 0 or 1. */
  sign(slot: Slot, unit: number): -1 | 0 | 1 {
    return signOf(this.slot(slot).lanes[0][unit])
  }

  /** The states of a group: chosen at a point, given on a region. */
  states(group: number): ArrayLike<number> {
    const { steps } = this.#exact.program
    const step = steps.find((step) => isChoice(step) && step.group === group)
    this.slot(step!.to)
    return this.#states[group]
  }

  #made(step: Step): Lanes {
    if (step.kind === 'affine') return this.#affine(step, this.slot(step.from))
    if (step.kind === 'sum') return sum(this.slot(step.a), this.slot(step.b))
    const from = this.slot(step.from)
    const states = this.#choose(step, from)
    this.#states[step.group] = states
    return step.kind === 'sign' ? bent(step, from, states) : picked(step, from, states)
  }

  #affine(step: AffineStep, from: Lanes): Lanes {
    const { matrix, bias } = this.#exact.weights(step)
    const product = step.matrix === null || matrix === null ? from : times(step.matrix, matrix, from)
    return bias === null ? product : this.#shifted(product, bias)
  }

  #shifted(product: Lanes, bias: Wholes): Lanes {
    const { lane, whole, exponent } = this.#one
    const shift = {
      lanes: product.lanes.map((numbers, l) =>
        l === lane ? bias.whole.map((b) => b * whole) : numbers.map(() => 0n),
      ),
      exponent: bias.exponent + exponent,
    }
    return sum(product, shift)
  }
}

/** The rows of a matrix from `start` on, times every lane. */
function times(
  { start, column }: { readonly start: Int32Array; readonly column: Int32Array },
  weights: LazyWholes,
  from: Lanes,
): Lanes {
  const lanes = from.lanes.map((x) => {
    const y = new Array<bigint>(start.length - 1)
    for (let i = 0; i < y.length; i++) {
      let total = 0n
      for (let k = start[i]; k < start[i + 1]; k++) {
        const xj = x[column[k]]
        if (xj !== 0n) total += weights.at(k) * xj
      }
      y[i] = total
    }
    return y
  })
  return { lanes, exponent: weights.exponent + from.exponent }
}

function sum(a: Lanes, b: Lanes): Lanes {
  const exponent = Math.min(a.exponent, b.exponent)
  const [first, second] = [BigInt(a.exponent - exponent), BigInt(b.exponent - exponent)]
  const lanes = a.lanes.map((x, l) => x.map((xi, i) => (xi << first) + (b.lanes[l][i] << second)))
  return { lanes, exponent }
}

function bent({ slope }: SignStep, from: Lanes, states: ArrayLike<number>): Lanes {
  const { whole, exponent } = wholesOf([slope])
  const down = exponent > 0 ? shifted(whole[0], exponent) : whole[0]
  const least = Math.min(0, exponent)
  const up = 1n << BigInt(-least)
  return {
    lanes: from.lanes.map((x) => x.map((xi, i) => (xi === 0n ? 0n : xi * (states[i] === 1 ? up : down)))),
    exponent: from.exponent + least,
  }
}

function picked({ places, states: count }: LargestStep, from: Lanes, states: ArrayLike<number>): Lanes {
  const units = places.length / count
  return {
    lanes: from.lanes.map((x) => Array.from({ length: units }, (_, u) => x[places[u * count + states[u]]])),
    exponent: from.exponent,
  }
}

/** The states of units at a point. */
const statesAt = (step: ChoiceStep, { lanes: [x] }: Lanes): Int32Array =>
  step.kind === 'sign' ? Int32Array.from(x, (xi) => (xi > 0n ? 1 : 0)) : winnersOf(step, x)
