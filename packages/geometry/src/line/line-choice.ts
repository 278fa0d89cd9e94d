import type { ExactForm, ExactForms } from '../exact/exact-forms.ts'
import { ROUNDING, TINY } from './line-affine.ts'
import type { LineLargest, LineSign } from './line-program.ts'
import type { LineSlot } from './line-slot.ts'
import { type Root, toNumber } from './root.ts'
import type { TightBound } from './tight-bound.ts'

/** What decides where floating point cannot. */
export interface Exact {
  readonly line: ExactForms
  readonly bound: TightBound
  /** An undecided sign was settled. */
  settled: boolean
}

/**
 * The walls that units of one step may meet on the rest of the line. A wall has a margin: a form that is > 0 on the region until the wall is met. A sign unit has one, its
 * number towards its own side; a unit that is the largest has one for each candidate, the winner less that one.
 */
export abstract class LineChoices {
  /** Between these the wall is met, if at all; Infinity where it certainly is not before the end. */
  readonly lowest: Float64Array
  readonly highest: Float64Array
  /** When the wall is met as well as known. */
  readonly time: Float64Array
  /** The exact root, where it was asked for. */
  readonly roots: (Root | undefined)[]
  /** The bound of the margin's error is as small as floats allow. */
  readonly isTight: Uint8Array
  /** The margin is 0 on the whole region: there is no wall, and there may be one where another unit changes. */
  readonly isZero: Uint8Array
  /** The first of `lowest` and `highest`. */
  firstLow = Infinity
  firstHigh = Infinity
  readonly from: LineSlot
  readonly to: LineSlot
  readonly states: Int32Array
  protected readonly exact: Exact

  constructor(walls: number, from: LineSlot, to: LineSlot, states: Int32Array, exact: Exact) {
    this.lowest = new Float64Array(walls).fill(Infinity)
    this.highest = new Float64Array(walls).fill(Infinity)
    this.time = new Float64Array(walls).fill(Infinity)
    this.roots = new Array(walls)
    this.isTight = new Uint8Array(walls)
    this.isZero = new Uint8Array(walls)
    this.from = from
    this.to = to
    this.states = states
    this.exact = exact
  }

  /** The states just behind the start of the line, and where their walls are. */
  abstract begin(): void
  /** After steps before have changed: the states just behind a point at which these walls are met, then numbers and walls. Calls back for every unit whose state changed. */
  abstract cross(
    walls: readonly number[],
    changed: (unit: number, before: number, after: number) => void,
  ): void
  protected abstract exactMargin(wall: number): ExactForm
  protected abstract marginOf(wall: number): readonly [at0: number, at1: number, error: number]

  protected setWall(wall: number, at0: number, at1: number, error: number): void {
    const { lowest, highest, time, isZero } = this
    this.roots[wall] = undefined
    isZero[wall] = 0
    this.isTight[wall] = 0
    if (at1 > error || (at0 === 0 && at1 === 0 && error === 0)) {
      if (!(at1 > error)) isZero[wall] = 1
      lowest[wall] = highest[wall] = time[wall] = Infinity
      return
    }
    const way = at0 - at1
    const doubt = error / way
    if (!(way > 0) || !(doubt < 1)) {
      lowest[wall] = -Infinity
      highest[wall] = Infinity
      time[wall] = Number.NaN
      return
    }
    const t = at0 / way
    const width = doubt * (1 + 2 ** -20) + 6 * ROUNDING * Math.abs(t)
    time[wall] = t
    lowest[wall] = t - width
    highest[wall] = t + width
  }

  /** A smaller bound for the place of a wall, where there is one. */
  tighten(wall: number): void {
    this.setWall(wall, ...this.marginOf(wall))
    this.isTight[wall] = 1
  }

  /** Makes the place of a wall exact. */
  settle(wall: number): void {
    if (this.roots[wall] !== undefined || this.isZero[wall] === 1) return
    const [at0, at1] = this.exactMargin(wall)
    const way = at0 - at1
    if (at1 >= 0n || way <= 0n) {
      this.isZero[wall] = at0 === 0n && at1 === 0n ? 1 : 0
      // A wall at the very end is met by nobody.
      this.lowest[wall] = this.highest[wall] = this.time[wall] = Infinity
      return
    }
    const root = { n: at0, d: way }
    const t = toNumber(root)
    this.roots[wall] = root
    this.time[wall] = t
    this.lowest[wall] = t - 4 * ROUNDING * t
    this.highest[wall] = t + 4 * ROUNDING * t
  }

  /** After walls have changed. */
  findFirst(): void {
    let [low, high] = [Infinity, Infinity]
    const { lowest, highest } = this
    for (let wall = 0; wall < lowest.length; wall++) {
      if (lowest[wall] < low) low = lowest[wall]
      if (highest[wall] < high) high = highest[wall]
    }
    this.firstLow = low
    this.firstHigh = high
  }
}

/** Units that are their number, or `slope` times it where it is not above 0. */
export class LineSigns extends LineChoices {
  readonly #step: LineSign

  constructor(step: LineSign, from: LineSlot, to: LineSlot, states: Int32Array, exact: Exact) {
    super(step.walls, from, to, states, exact)
    this.#step = step
  }

  begin(): void {
    const { at0, error } = this.from
    for (let unit = 0; unit < this.states.length; unit++) {
      const isTold = Math.abs(at0[unit]) > error[unit]
      this.states[unit] = (isTold ? at0[unit] > 0 : this.#isUp(unit)) ? 1 : 0
      this.#choose(unit)
    }
    this.findFirst()
  }

  /** A number that may be 0 at t = 0. */
  #isUp(unit: number): boolean {
    const { at0, at1, error } = this.from
    if (at0[unit] === 0 && error[unit] === 0) return this.#isUpAtEnd(unit, at1[unit], error[unit])
    this.exact.settled = true
    const [e0, e1] = this.exact.line.form(this.#step.from, unit)
    return e0 > 0n || (e0 === 0n && e1 > 0n)
  }

  #isUpAtEnd(unit: number, at1: number, error: number): boolean {
    if (Math.abs(at1) > error) return at1 > 0
    if (at1 === 0 && error === 0) return false
    this.exact.settled = true
    return this.exact.line.form(this.#step.from, unit)[1] > 0n
  }

  cross(walls: readonly number[], changed: (unit: number, before: number, after: number) => void): void {
    const { from, states } = this
    const isChanged = walls.length > 0 || from.isNew || from.count > 0
    for (const unit of walls) {
      // 0 where the walls are met: behind it the sign is that of the end.
      const after = this.#isUpAtEnd(unit, from.at1[unit], from.error[unit]) ? 1 : 0
      const before = states[unit]
      if (after === before) continue
      states[unit] = after
      changed(unit, before, after)
    }
    if (from.isNew) for (let unit = 0; unit < states.length; unit++) this.#choose(unit)
    else {
      for (let k = 0; k < from.count; k++) this.#choose(from.changed[k])
      for (const unit of walls) this.#choose(unit)
    }
    if (isChanged) this.findFirst()
  }

  #choose(unit: number): void {
    const { at0, at1, error } = this.from
    const [x0, x1, e] = [at0[unit], at1[unit], error[unit]]
    if (this.states[unit] === 1) {
      this.to.set(unit, x0, x1, e)
      this.setWall(unit, x0, x1, e)
    } else {
      const slope = this.#step.slope
      if (slope === 0) this.to.set(unit, 0, 0, 0)
      else {
        const [y0, y1] = [slope * x0, slope * x1]
        const size = Math.abs(slope)
        const most = Math.max(Math.abs(y0), Math.abs(y1))
        const isNothing = x0 === 0 && x1 === 0 && e === 0
        const rounding = size === 1 || isNothing ? 0 : 2 * ROUNDING * most + TINY
        this.to.set(unit, y0, y1, size * e + rounding)
      }
      this.setWall(unit, -x0, -x1, e)
    }
  }

  protected marginOf(unit: number): readonly [number, number, number] {
    const side = this.states[unit] === 1 ? 1 : -1
    const { at0, at1, error } = this.from
    const bound = this.exact.bound.of(this.#step.from, unit)
    return [side * at0[unit], side * at1[unit], Math.min(bound, error[unit])]
  }

  protected exactMargin(unit: number): ExactForm {
    const [at0, at1] = this.exact.line.form(this.#step.from, unit)
    return this.states[unit] === 1 ? [at0, at1] : [-at0, -at1]
  }
}

/** Units that are the largest of their candidates, the first on ties. */
export class LineLargests extends LineChoices {
  readonly #step: LineLargest
  readonly #isTouched: Uint8Array

  constructor(step: LineLargest, from: LineSlot, to: LineSlot, states: Int32Array, exact: Exact) {
    super(step.walls, from, to, states, exact)
    this.#step = step
    this.#isTouched = new Uint8Array(states.length)
  }

  begin(): void {
    const count = this.#step.states
    for (let unit = 0; unit < this.states.length; unit++) {
      let best = -1
      for (let k = 0; k < count; k++) {
        const place = this.#step.places[unit * count + k]
        if (place < 0) continue
        if (best < 0 || this.#isAbove(place, this.#step.places[unit * count + best], true)) best = k
      }
      this.states[unit] = best
      this.#choose(unit)
    }
    this.findFirst()
  }

  /** Whether the number of a place is above that of another just behind t = 0, or, of two that are equal where walls are met, behind that. */
  #isAbove(a: number, b: number, atStart: boolean): boolean {
    const { at0, at1, error } = this.from
    const bound = error[a] + error[b]
    if (atStart && at0[a] !== at0[b] && Math.abs(at0[a] - at0[b]) > bound * (1 + 4 * ROUNDING))
      return at0[a] > at0[b]
    const isEqual = bound === 0 && at0[a] === at0[b]
    if ((!atStart || isEqual) && Math.abs(at1[a] - at1[b]) > bound * (1 + 4 * ROUNDING))
      return at1[a] > at1[b]
    if (isEqual && at1[a] === at1[b]) return false
    this.exact.settled = true
    const [a0, a1] = this.exact.line.form(this.#step.from, a)
    const [b0, b1] = this.exact.line.form(this.#step.from, b)
    return atStart && a0 !== b0 ? a0 > b0 : a1 > b1
  }

  cross(walls: readonly number[], changed: (unit: number, before: number, after: number) => void): void {
    const { from, states } = this
    const { states: count, places, start, reader } = this.#step
    const isTouched = this.#isTouched
    const touched: number[] = []
    const touch = (unit: number) => {
      if (isTouched[unit] === 1) return
      isTouched[unit] = 1
      touched.push(unit)
    }
    for (let i = 0; i < walls.length; ) {
      const unit = Math.floor(walls[i] / count)
      const before = states[unit]
      // The winner and those that are as large where the walls are met, in order.
      const met: number[] = []
      for (; i < walls.length && Math.floor(walls[i] / count) === unit; i++) met.push(walls[i] % count)
      let best = -1
      for (const k of [...met, before].sort((a, b) => a - b))
        if (best < 0 || this.#isAbove(places[unit * count + k], places[unit * count + best], false)) best = k
      touch(unit)
      if (best === before) continue
      states[unit] = best
      changed(unit, before, best)
    }
    if (from.isNew) for (let unit = 0; unit < states.length; unit++) touch(unit)
    else
      for (let k = 0; k < from.count; k++)
        for (let n = start[from.changed[k]]; n < start[from.changed[k] + 1]; n++)
          touch(Math.floor(reader[n] / count))
    for (const unit of touched) {
      isTouched[unit] = 0
      this.#choose(unit)
    }
    if (touched.length > 0) this.findFirst()
  }

  #choose(unit: number): void {
    const { states: count, places } = this.#step
    const { at0, at1, error } = this.from
    const winner = places[unit * count + this.states[unit]]
    const [x0, x1, e] = [at0[winner], at1[winner], error[winner]]
    this.to.set(unit, x0, x1, e)
    for (let k = 0; k < count; k++) {
      const wall = unit * count + k
      const place = places[wall]
      if (place < 0 || place === winner) {
        this.lowest[wall] = this.highest[wall] = Infinity
        this.isZero[wall] = 0
        this.roots[wall] = undefined
        continue
      }
      this.setWall(wall, ...difference(x0 - at0[place], x1 - at1[place], e + error[place]))
    }
  }

  protected marginOf(wall: number): readonly [number, number, number] {
    const { states: count, places, from } = this.#step
    const { at0, at1, error } = this.from
    const unit = Math.floor(wall / count)
    const [winner, place] = [places[unit * count + this.states[unit]], places[wall]]
    const bound = this.exact.bound.of(from, winner, place)
    const carried = error[winner] + error[place]
    return difference(at0[winner] - at0[place], at1[winner] - at1[place], Math.min(bound, carried))
  }

  protected exactMargin(wall: number): ExactForm {
    const { states: count, places, from } = this.#step
    const unit = Math.floor(wall / count)
    const [w0, w1] = this.exact.line.form(from, places[unit * count + this.states[unit]])
    const [x0, x1] = this.exact.line.form(from, places[wall])
    return [w0 - x0, w1 - x1]
  }
}

/** A difference rounds too. */
function difference(at0: number, at1: number, error: number): readonly [number, number, number] {
  const rounding = ROUNDING * Math.max(Math.abs(at0), Math.abs(at1))
  return [at0, at1, (error + rounding) * (1 + 4 * ROUNDING)]
}
