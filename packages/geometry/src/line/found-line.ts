import type { Level } from '../program/level.ts'
import { type Program, unitsOf } from '../program/program.ts'
import { runProgram } from '../program/run.ts'
import type { LineProgram } from './line-program.ts'
import type { LineRegion, LineWalk, Verified } from './line-walk.ts'
import type { Changed } from './segment-walk.ts'

/** What a walk has found so far. States are kept as those of the first region and what changes from there. */
export class FoundLine {
  readonly #program: Program
  readonly #points: readonly Float64Array[]
  readonly #plan: LineProgram
  readonly #level: Level | undefined
  readonly #t: number[] = []
  readonly #changed: Changed[][] = []
  /** The states of region `#at`. */
  readonly #code: Int32Array
  #at = 0

  constructor(
    program: Program,
    points: readonly ArrayLike<number>[],
    plan: LineProgram,
    first: Int32Array,
    level?: Level,
  ) {
    this.#program = program
    this.#points = points.map((point) => Float64Array.from(point))
    this.#plan = plan
    this.#level = level
    this.#code = first.slice()
  }

  get regions(): number {
    return this.#t.length + 1
  }

  /** The region that the walk is in, which ends at `to`. */
  lastRegion(to: number): LineRegion {
    const index = this.#t.length
    return {
      index,
      from: index === 0 ? 0 : this.#t[index - 1],
      to,
      code: this.#codeAt(index),
      level: this.#levelAt(index),
    }
  }

  /** Into the next region. */
  cross(t: number, changed: Changed[]): void {
    this.#t.push(t)
    this.#changed.push(changed)
  }

  finished(complete: boolean, verified: Verified): LineWalk {
    const groups = this.#program.groups.length
    const named = ([group, unit, before, after]: Changed): Changed =>
      group < groups ? [group, unit, before, after] : [group, this.#level!.output, before, after]
    return {
      regions: this.regions,
      t: Float64Array.from(this.#t),
      changed: this.#changed.map((units) => units.map(named)),
      firstCode: this.#codeAt(0),
      lastCode: this.#codeAt(this.regions - 1),
      complete,
      verified,
      codeAt: (region) => this.#codeAt(region),
      levelAt: (region) => this.#levelAt(region),
      pointAt: (t) => this.#pointAt(t),
      outputAt: (t) => runProgram(this.#program, this.#pointAt(t)).output,
    }
  }

  #codeAt(region: number): Int32Array {
    this.#goTo('codeAt', region)
    return this.#code.slice(0, unitsOf(this.#program))
  }

  #levelAt(region: number): number | null {
    this.#goTo('levelAt', region)
    return this.#level === undefined ? null : this.#code[this.#code.length - 1]
  }

  #goTo(operation: string, region: number): void {
    if (!Number.isInteger(region) || region < 0 || region >= this.regions)
      throw new RangeError(`${operation}: expected a region from 0 to ${this.regions - 1}, got ${region}`)
    const { offsets } = this.#plan
    for (; this.#at < region; this.#at++)
      for (const [group, unit, , after] of this.#changed[this.#at]) this.#code[offsets[group] + unit] = after
    for (; this.#at > region; this.#at--)
      for (const [group, unit, before] of this.#changed[this.#at - 1])
        this.#code[offsets[group] + unit] = before
  }

  #pointAt(t: number): Float64Array {
    const last = this.#points.length - 2
    if (!(t >= 0 && t <= last + 1))
      throw new RangeError(`pointAt: expected a parameter from 0 to ${last + 1}, got ${t}`)
    const segment = Math.min(Math.floor(t), last)
    const [from, to] = [this.#points[segment], this.#points[segment + 1]]
    const share = t - segment
    return from.map((x, i) => (share === 1 ? to[i] : x * (1 - share) + to[i] * share))
  }
}
