import type { Changed } from './segment-walk.ts'

/**
 * How far what is said is decided: `float` not at all, `checked` every decision above its error bound, `exact` undecided signs were settled in rational
 * arithmetic.
 */
export type Verified = 'float' | 'checked' | 'exact'

/** One of the regions along a line: an open interval of the parameter with one activation pattern. */
export interface LineRegion {
  readonly index: number
  /** Where it begins and ends. */
  readonly from: number
  readonly to: number
  /** The states of all units of the network, group after group. A copy. */
  readonly code: Int32Array
  /** 1 where the output of the level is above it, else 0; null without a level. */
  readonly level: number | null
}

/** The regions that a line crosses, one after another. */
export interface LineWalk {
  /** How many regions were found: one more than crossings. */
  readonly regions: number
  /** The parameter of every crossing, ascending: on a polyline the number of the segment plus the parameter on it. */
  readonly t: Float64Array
  /** For every crossing the units whose states change there, [group, unit, before, after]. The level is [groups, output, …]. */
  readonly changed: readonly (readonly Changed[])[]
  /** The states of all units of the network in the first and in the last region, group after group. */
  readonly firstCode: Int32Array
  readonly lastCode: Int32Array
  /** Nothing was cut by a budget or by the callback. */
  readonly complete: boolean
  readonly verified: Verified
  /** The states of all units in region i. Regions that are asked for one after another cost what changes between them. */
  codeAt(region: number): Int32Array
  /** 1 where the output of the level is above it in region i, else 0; null without a level. */
  levelAt(region: number): number | null
  /** x(t), [inputs]. */
  pointAt(t: number): Float64Array
  /** The output of the network at a parameter, such as that of a crossing, [outputs]. */
  outputAt(t: number): Float64Array
}
