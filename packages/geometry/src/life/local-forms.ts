import { passedOn } from '../program/held-map.ts'
import {
  type AffineStep,
  type ChoiceStep,
  isChoice,
  type Program,
  type Slot,
  slotsReadBy,
  stepsBeforeChoices,
} from '../program/program.ts'
import { applyAffine } from '../program/run.ts'

/** What the numbers of one slot are around a point. */
export interface SlotForms {
  /** At the point. */
  readonly value: Float64Array
  /** Rows [size × width] whose sums and lengths are those of the gradients by the input. */
  readonly gradient: Float64Array
  /** At least the length of each row, and of all that it was made of: rows that are much shorter are rounding. */
  readonly reach: Float64Array
  readonly width: number
}

/**
 * Values and gradients of all numbers of a program that units choose by, at one point after another.
 *
 * Only lengths of gradients and of their sums are asked for, which no rotation of the input space changes. Where everything goes through a slot of m numbers, m
 * fewer than the width, the gradients behind it lie in the span of its m rows, F = L Q: the rows of L take their place. Of 128-64-64-10-64-64-64-128 the gradients
 * of the decoder have 10 numbers instead of 128.
 */
export class LocalForms {
  readonly program: Program
  readonly #steps: readonly Program['steps'][number][]
  readonly #slots: readonly SlotForms[]
  /** Slots whose gradients are the same everywhere: no unit chooses before them. */
  readonly #isFixed: readonly boolean[]
  /** Slots whose rows are replaced by those of L, with room for Q. */
  readonly #narrowed: ReadonlyMap<Slot, Float64Array>
  #hasFixed = false

  constructor(program: Program) {
    this.program = program
    this.#steps = stepsBeforeChoices(program)
    const { sizes, inputs } = program
    const width = sizes.map(() => inputs)
    const isFixed = sizes.map((_, slot) => slot === 0)
    const narrowed = new Map<Slot, Float64Array>()
    this.#steps.forEach((step, i) => {
      const { to } = step
      const [from] = slotsReadBy(step)
      isFixed[to] = !isChoice(step) && slotsReadBy(step).every((slot) => isFixed[slot])
      width[to] = width[from]
      const isOnlyWay = this.#steps.slice(i + 1).every((later) => slotsReadBy(later).every((s) => s >= to))
      if (isChoice(step) || !isOnlyWay || sizes[to] >= width[to]) return
      narrowed.set(to, new Float64Array(sizes[to] * width[to]))
      width[to] = sizes[to]
    })
    this.#isFixed = isFixed
    this.#narrowed = narrowed
    this.#slots = sizes.map((size, slot) => ({
      value: new Float64Array(size),
      gradient: new Float64Array(size * width[slot]),
      reach: new Float64Array(size),
      width: width[slot],
    }))
    for (let i = 0; i < inputs; i++) this.#slots[0].gradient[i * inputs + i] = 1
    this.#slots[0].reach.fill(1)
  }

  /** @param see is given each step that chooses, what its units choose among, and the state of each; good until it returns */
  at(
    x: ArrayLike<number>,
    see: (step: ChoiceStep, among: SlotForms, state: (unit: number) => number) => void,
  ): void {
    this.#slots[0].value.set(x)
    for (const step of this.#steps) {
      const to = this.#slots[step.to]
      if (isChoice(step)) {
        const from = this.#slots[step.from]
        const state = (unit: number) => stateOf(step, from.value, unit)
        see(step, from, state)
        choose(step, from, to, state)
        continue
      }
      const rows = this.#narrowed.get(step.to) ?? to.gradient
      const isMade = this.#hasFixed && this.#isFixed[step.to]
      if (step.kind === 'affine') {
        applyAffine(step, this.#slots[step.from].value, to.value)
        if (!isMade) multiply(step, this.#slots[step.from], rows, to.reach)
      } else {
        const [a, b] = [this.#slots[step.a], this.#slots[step.b]]
        for (let i = 0; i < to.value.length; i++) to.value[i] = a.value[i] + b.value[i]
        if (!isMade) {
          for (let i = 0; i < rows.length; i++) rows[i] = a.gradient[i] + b.gradient[i]
          for (let i = 0; i < to.reach.length; i++) to.reach[i] = a.reach[i] + b.reach[i]
        }
      }
      if (!isMade && rows !== to.gradient) lowerFactor(rows, to.gradient, to.width)
    }
    this.#hasFixed = true
  }
}

/** The state of a unit: of a largest the first winner. */
function stateOf(step: ChoiceStep, from: Float64Array, unit: number): number {
  if (step.kind === 'sign') return from[unit] > 0 ? 1 : 0
  let best = -1
  for (let k = 0, at = unit * step.states; k < step.states; k++) {
    const place = step.places[at + k]
    if (place >= 0 && (best < 0 || from[place] > from[step.places[at + best]])) best = k
  }
  return best
}

function choose(step: ChoiceStep, from: SlotForms, to: SlotForms, state: (unit: number) => number): void {
  const { width } = to
  for (let unit = 0; unit < to.value.length; unit++) {
    const [place, factor] = passedOn(step, unit, state(unit))
    to.value[unit] = factor === 0 ? 0 : factor * from.value[place]
    to.reach[unit] = Math.abs(factor) * from.reach[place]
    for (let j = 0; j < width; j++) to.gradient[unit * width + j] = factor * from.gradient[place * width + j]
  }
}

function multiply({ matrix }: AffineStep, from: SlotForms, to: Float64Array, reach: Float64Array): void {
  if (matrix === null) {
    to.set(from.gradient)
    reach.set(from.reach)
    return
  }
  const { start, column, value } = matrix
  const { width, gradient, reach: reaches } = from
  to.fill(0)
  for (let i = 0, at = 0; i < reach.length; i++, at += width) {
    let sum = 0
    for (let k = start[i]; k < start[i + 1]; k++) {
      const other = column[k]
      // Half of the units of a ReLU network pass nothing on.
      if (reaches[other] === 0) continue
      const weight = value[k]
      sum += Math.abs(weight) * reaches[other]
      for (let j = 0, b = other * width; j < width; j++) to[at + j] += weight * gradient[b + j]
    }
    reach[i] = sum
  }
}

/** rows = lower · Q with Q's rows orthonormal, by modified Gram–Schmidt, which makes L as well as Householder's does (Björck, 1967). Rows become Q. */
function lowerFactor(rows: Float64Array, lower: Float64Array, count: number): void {
  const width = rows.length / count
  for (let i = 0; i < count; i++) {
    const at = i * width
    for (let k = 0; k < i; k++) {
      const other = k * width
      let dot = 0
      for (let j = 0; j < width; j++) dot += rows[at + j] * rows[other + j]
      for (let j = 0; j < width; j++) rows[at + j] -= dot * rows[other + j]
      lower[i * count + k] = dot
    }
    let square = 0
    for (let j = 0; j < width; j++) square += rows[at + j] ** 2
    const length = Math.sqrt(square)
    lower[i * count + i] = length
    if (length > 0) for (let j = 0; j < width; j++) rows[at + j] /= length
  }
}
