import type { Program } from '../program/program.ts'
import { runProgram } from '../program/run.ts'
import type { Changed } from './segment-walk.ts'

/** How far what is said is decided: `checked`, every decision above its error bound; `exact`, undecided signs were settled in rational arithmetic. */
export type Verified = 'float' | 'checked' | 'exact'

/** One of the regions along a line: an open interval of the parameter with one activation pattern. */
export interface LineRegion {
  readonly index: number
  /** Where it begins and ends; `to` is the end of what was walked where a budget ran out. */
  readonly from: number
  readonly to: number
  /** The states of all units, group after group, then that of the level. A copy. */
  readonly code: Int32Array
}

/** The regions that a line crosses, one after another. */
export interface LineWalk {
  /** How many regions were found: one more than crossings. */
  readonly regions: number
  /** The parameter of every crossing, ascending: on a polyline the number of the segment plus the parameter on it. */
  readonly t: Float64Array
  /** For every crossing the units whose states change there, [group, unit, before, after]. The level is [groups, output, …]. */
  readonly changed: readonly (readonly Changed[])[]
  /** The states of all units in the first and in the last region, group after group, then that of the level. */
  readonly firstCode: Int32Array
  readonly lastCode: Int32Array
  /** Nothing was cut by a budget or by the callback. */
  readonly complete: boolean
  readonly verified: Verified
  /** The states in region i. Regions that are asked for one after another cost what changes between them. */
  codeAt(region: number): Int32Array
  /** x(t), [inputs]. */
  pointAt(t: number): Float64Array
  /** The output of the network at a parameter, such as that of a crossing, [outputs]. */
  outputAt(t: number): Float64Array
}

export class WalkedLine implements LineWalk {
  readonly firstCode: Int32Array
  readonly lastCode: Int32Array
  readonly t: Float64Array
  readonly changed: readonly (readonly Changed[])[]
  readonly complete: boolean
  readonly verified: Verified
  readonly #program: Program
  readonly #points: readonly ArrayLike<number>[]
  readonly #place: (group: number, unit: number) => number
  readonly #code: Int32Array
  #at = 0

  constructor(found: {
    program: Program
    points: readonly ArrayLike<number>[]
    place: (group: number, unit: number) => number
    firstCode: Int32Array
    t: readonly number[]
    changed: readonly (readonly Changed[])[]
    complete: boolean
    verified: Verified
  }) {
    this.t = Float64Array.from(found.t)
    this.changed = found.changed
    this.complete = found.complete
    this.verified = found.verified
    this.#program = found.program
    this.#points = found.points
    this.#place = found.place
    this.firstCode = found.firstCode
    this.#code = found.firstCode.slice()
    this.lastCode = this.codeAt(this.regions - 1)
  }

  get regions(): number {
    return this.t.length + 1
  }

  codeAt(region: number): Int32Array {
    if (!Number.isInteger(region) || region < 0 || region >= this.regions)
      throw new RangeError(`codeAt: expected a region from 0 to ${this.regions - 1}, got ${region}`)
    for (; this.#at < region; this.#at++)
      for (const [group, unit, , after] of this.changed[this.#at])
        this.#code[this.#place(group, unit)] = after
    for (; this.#at > region; this.#at--)
      for (const [group, unit, before] of this.changed[this.#at - 1])
        this.#code[this.#place(group, unit)] = before
    return this.#code.slice()
  }

  pointAt(t: number): Float64Array {
    const last = this.#points.length - 2
    if (!(t >= 0 && t <= last + 1))
      throw new RangeError(`pointAt: expected a parameter from 0 to ${last + 1}, got ${t}`)
    const segment = Math.min(Math.floor(t), last)
    const [from, to] = [this.#points[segment], this.#points[segment + 1]]
    const share = t - segment
    return Float64Array.from(from, (x, i) => (share === 1 ? to[i] : x * (1 - share) + to[i] * share))
  }

  outputAt(t: number): Float64Array {
    return runProgram(this.#program, this.pointAt(t)).output
  }
}
