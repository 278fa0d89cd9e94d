import { ExactForms } from '../exact/exact-forms.ts'
import { exponentOf, inUnits } from '../exact/wholes.ts'
import type { SumStep } from '../program/program.ts'
import { LineAffineForms, ROUNDING } from './line-affine.ts'
import { type Exact, type LineChoices, LineLargests, LineSigns } from './line-choice.ts'
import type { LineAffine, LineProgram } from './line-program.ts'
import { LineSlot } from './line-slot.ts'
import { compareRoots, END, type Root } from './root.ts'
import { TightBound } from './tight-bound.ts'

/** A unit whose state changes at a crossing: of a group, its place in it, its states before and after. */
export type Changed = readonly [group: number, unit: number, before: number, after: number]

export interface Crossing {
  readonly t: number
  readonly changed: Changed[]
}

/** A crossing's place is made exact where its bound is above this: a tenth of the 1e-10 that is promised. */
const KNOWN_TO = 1e-11

interface WallOf {
  readonly choice: LineChoices
  readonly wall: number
}

/**
 * Goes along a line from region to region. On a region all numbers are affine forms in t; the first margin that becomes 0 is the next wall, and
 * behind it states and forms are updated step by step, as far as they change.
 */
export class SegmentWalk {
  /** For each group the states of its units on the region that the walk is in. */
  readonly states: readonly Int32Array[]
  readonly #plan: LineProgram
  readonly #exact: Exact
  readonly #slots: readonly LineSlot[]
  readonly #affine: ReadonlyMap<LineAffine, LineAffineForms>
  /** The walls of every step whose units choose. */
  readonly choices: readonly LineChoices[]
  /** Of every step, in order: its choices. */
  readonly #choiceOf: ReadonlyMap<number, LineChoices>

  constructor(plan: LineProgram) {
    this.#plan = plan
    const { program, steps } = plan
    this.states = program.groups.map(({ units }) => new Int32Array(units))
    const used = new Set([0, ...steps.map(({ to }) => to)])
    this.#slots = program.sizes.map((size, slot) => new LineSlot(used.has(slot) ? size : 0))
    const affine = new Map<LineAffine, LineAffineForms>()
    const choices = new Map<number, LineChoices>()
    const slots = this.#slots
    this.#exact = {
      // A form's values at the start and at the end.
      line: new ExactForms(program, this.states, [1, 1]),
      bound: new TightBound(plan, slots, affine, this.states),
      settled: false,
    }
    steps.forEach((step, i) => {
      if (step.kind === 'affine')
        affine.set(step, new LineAffineForms(step, slots[step.from], slots[step.to]))
      else if (step.kind !== 'sum') {
        const at = [slots[step.from], slots[step.to], this.states[step.group], this.#exact] as const
        choices.set(i, step.kind === 'sign' ? new LineSigns(step, ...at) : new LineLargests(step, ...at))
      }
    })
    this.#affine = affine
    this.#choiceOf = choices
    this.choices = [...choices.values()]
  }

  /** The states, group after group. */
  code(): Int32Array {
    return Int32Array.from(this.states.flatMap((states) => [...states]))
  }

  /** Some sign was settled in rational arithmetic. */
  get isExact(): boolean {
    return this.#exact.settled
  }

  /** To the region just behind the start. */
  start(from: ArrayLike<number>, to: ArrayLike<number>): void {
    const exponent = Math.min(exponentOf(from), exponentOf(to))
    this.#exact.line.start((i) => [inUnits(from[i], exponent), inUnits(to[i], exponent)], exponent)
    const input = this.#slots[0]
    for (let i = 0; i < input.size; i++) {
      input.at0[i] = from[i]
      input.at1[i] = to[i]
    }
    this.#plan.steps.forEach((step, i) => {
      if (step.kind === 'affine') this.#affine.get(step)!.refresh()
      else if (step.kind === 'sum') this.#addAll(step)
      else {
        this.#slots[step.to].isNew = true
        this.#choiceOf.get(i)!.begin()
      }
    })
    for (const slot of this.#slots) slot.settle()
  }

  /** The next crossing before the end of the line; the walk is behind it then. `null` at the end. */
  next(): Crossing | null {
    for (;;) {
      const met = this.#firstWalls()
      if (met.length === 0) return null
      const [{ choice, wall }] = met
      const isKnown = () => choice.highest[wall] - choice.lowest[wall] <= 2 * KNOWN_TO
      if (!isKnown()) choice.tighten(wall)
      if (!isKnown()) choice.settle(wall)
      const t = choice.time[wall]
      const changed = this.#cross(met)
      // Numbers that touch their walls and turn back leave the region as it is.
      if (changed.length > 0) return { t, changed }
    }
  }

  /** The walls that are met first, all at one point; none at the end. */
  #firstWalls(): WallOf[] {
    for (;;) {
      let high = 1
      for (const choice of this.choices) high = Math.min(high, choice.firstHigh)
      const near: WallOf[] = []
      for (const choice of this.choices) {
        if (!(choice.firstLow <= high)) continue
        const { lowest } = choice
        for (let wall = 0; wall < lowest.length; wall++) if (lowest[wall] <= high) near.push({ choice, wall })
      }
      if (near.length === 0) return near
      if (near.length === 1 && near[0].choice.highest[near[0].wall] < 1) return near
      let open = near.filter(({ choice, wall }) => choice.roots[wall] === undefined)
      if (open.length === 0) return this.#first(near)
      // Those of which nothing is known come first: most of them turn out to be nowhere.
      const unknown = open.filter(({ choice, wall }) => choice.lowest[wall] === -Infinity)
      if (unknown.length > 0) open = unknown
      const loose = open.filter(({ choice, wall }) => choice.isTight[wall] === 0)
      if (loose.length > 0) for (const { choice, wall } of loose) choice.tighten(wall)
      else {
        this.#exact.settled = true
        for (const { choice, wall } of open) choice.settle(wall)
      }
      for (const choice of new Set(open.map(({ choice }) => choice))) choice.findFirst()
    }
  }

  #first(near: readonly WallOf[]): WallOf[] {
    let first: Root = END
    let found: WallOf[] = []
    for (const wallOf of near) {
      const root = wallOf.choice.roots[wallOf.wall]!
      const order = compareRoots(root, first)
      if (order > 0 || (order === 0 && first === END)) continue
      if (order < 0) found = []
      first = root
      found.push(wallOf)
    }
    return found
  }

  #cross(met: readonly WallOf[]): Changed[] {
    const changed: Changed[] = []
    const { steps } = this.#plan
    let isChanged = false
    const from = steps.findIndex((_, i) => met.some(({ choice }) => choice === this.#choiceOf.get(i)))
    for (let i = from; i < steps.length; i++) {
      const step = steps[i]
      if (step.kind === 'affine') this.#affine.get(step)!.update()
      else if (step.kind === 'sum') this.#add(step)
      else {
        const choice = this.#choiceOf.get(i)!
        const walls = met.filter((wallOf) => wallOf.choice === choice).map(({ wall }) => wall)
        // Where numbers before have changed, a margin that was 0 on the whole region may be no longer.
        if (choice.from.isNew || choice.from.count > 0) {
          for (let wall = 0; wall < choice.isZero.length; wall++)
            if (choice.isZero[wall] === 1) walls.push(wall)
          walls.sort((a, b) => a - b)
        }
        choice.cross(walls, (unit, before, after) => {
          if (!isChanged) this.#exact.line.forget(step.to)
          isChanged = true
          changed.push([step.group, unit, before, after])
        })
      }
    }
    for (const slot of this.#slots) slot.settle()
    return changed
  }

  #addAll({ a, b, to }: SumStep): void {
    this.#slots[to].isNew = true
    for (let i = 0; i < this.#slots[to].size; i++)
      this.#addAt(this.#slots[a], this.#slots[b], this.#slots[to], i)
  }

  #add(step: SumStep): void {
    const [a, b, to] = [this.#slots[step.a], this.#slots[step.b], this.#slots[step.to]]
    if (a.isNew || b.isNew) {
      this.#addAll(step)
      return
    }
    for (let k = 0; k < a.count; k++) this.#addAt(a, b, to, a.changed[k])
    for (let k = 0; k < b.count; k++) this.#addAt(a, b, to, b.changed[k])
  }

  #addAt(a: LineSlot, b: LineSlot, to: LineSlot, i: number): void {
    const [x0, x1] = [a.at0[i] + b.at0[i], a.at1[i] + b.at1[i]]
    const rounding = 2 * ROUNDING * Math.max(Math.abs(x0), Math.abs(x1))
    to.set(i, x0, x1, (a.error[i] + b.error[i]) * (1 + 4 * ROUNDING) + rounding)
  }
}
