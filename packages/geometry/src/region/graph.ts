import type { Network } from '@facet/models'
import { aFunction, type OptionsOf, optional, optionTable, withDefault } from '@facet/tensor/checks'
import type { Verified } from '../line/line-walk.ts'
import type { Changed } from '../line/segment-walk.ts'
import { aLevel, expectLevel, withLevel } from '../program/level.ts'
import { type Limits, limitsOf, someLimits } from '../program/limits.ts'
import { programOf } from '../program/program-of.ts'
import { Beyond } from './beyond.ts'
import { Reach } from './boundary.ts'
import { type Cell, CUT } from './cell.ts'
import { changedStates } from './changed.ts'
import { CodeTable } from './code-table.ts'
import { aBox, boxOf, type GivenBox } from './domain.ts'
import { Explorer } from './explorer.ts'
import { type ProgramPlan, planOf } from './group-plan.ts'

/** A region while it is found. */
export interface FoundRegion {
  readonly index: number
  /** The states of all units, group after group; that of a level set is the last. */
  readonly states: Int32Array
  /** In the interior. */
  readonly point: number[]
  readonly isBounded: boolean
}

const regionGraphOptions = optionTable('regionGraph', {
  /** Where: `[lower, upper]` for all axes, ends for each axis, or `null` (default) for all of space. */
  box: withDefault(aBox, null as GivenBox),
  /** An output whose level set cuts as well, like one more sign unit: [groups, output]. */
  level: aLevel,
  /** Only the regions whose interior this level set of an output meets; the others are not enumerated. */
  boundary: aLevel,
  /** The most regions and the longest time. */
  limits: someLimits,
  /** Told of every region as it is found; `false` stops. */
  onRegion: optional(aFunction<(region: FoundRegion) => unknown>('a function of a region')),
})

/** The settings of {@link regionGraph}. */
export type RegionGraphOptions = OptionsOf<typeof regionGraphOptions>

/** Inputs above which the corners of a box are more than their enumeration is worth. */
const MOST_INPUTS = 12

/**
 * All linear regions of a network in a box or in all of space, and which of them share a facet.
 *
 * A region is a maximal connected set with interior of one activation pattern; with these networks it is convex. The box or, in homogeneous
 * coordinates, all of space is cut by one unit after another, and a part is cut only where both sides have an interior. Parts are known by their
 * corners and directions. Every sign is certain: float64 above its error bound, exact arithmetic below. Networks of every kind of layer
 * are taken; work grows with the corners of regions, about 2^inputs each.
 *
 * @returns regions in the order in which they were found
 * @throws RangeError for more than 12 inputs, a box of another number of axes, or an output that is not there; Error for weights that are not finite;
 * TypeError for an unknown option.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { regionGraph } from '@facet/geometry'
 * await init()
 * const weight = tensor([[1, 0], [0, 1], [1, 1]])
 * const lines = new Network([new Dense({ name: 'lines', weight, bias: tensor([0, 0, -1]), activation: reluActivation })])
 * const { regions, dualEdges, boundedRegions } = regionGraph(lines) // 7, 9, 1
 */
export function regionGraph(network: Network, options: RegionGraphOptions = {}): RegionGraph {
  const { box, level, boundary, limits, onRegion } = regionGraphOptions.resolve(options)
  const { inputs } = network
  if (inputs > MOST_INPUTS)
    throw new RangeError(`regionGraph: expected at most ${MOST_INPUTS} inputs, got ${inputs}`)
  for (const each of [level, boundary]) if (each) expectLevel('regionGraph', network, each)
  let program = programOf(network)
  if (level) program = withLevel(program, level)
  if (boundary) program = withLevel(program, boundary)
  const graph = new GraphBuilder(
    planOf(program, level?.output ?? null, boundary !== undefined),
    limitsOf('regionGraph', limits),
    onRegion,
  )
  return graph.build(boxOf('regionGraph', box, inputs))
}

/** What {@link regionGraph} finds. */
export class RegionGraph {
  /** How many regions. */
  readonly regions: number
  /** Pairs of regions that share a facet. */
  readonly dualEdges: number
  /** How many regions have no direction in them that goes to infinity; in a box all. */
  readonly boundedRegions: number
  /** Whether nothing was cut by a limit or by `onRegion`. */
  readonly complete: boolean
  /** `checked`: every sign above its error bound; `exact`: some of them were settled in exact arithmetic. */
  readonly verified: Verified
  /** The pairs that share a facet, [dualEdges × 2], the region found first first. */
  readonly edges: Int32Array
  readonly #plan: ProgramPlan
  readonly #codes: CodeTable
  readonly #points: Float64Array
  readonly #isBounded: Uint8Array
  #links: { readonly start: Int32Array; readonly to: Int32Array } | undefined

  /** @internal */
  constructor(made: {
    plan: ProgramPlan
    codes: CodeTable
    points: Float64Array
    isBounded: Uint8Array
    edges: Int32Array
    complete: boolean
    verified: Verified
  }) {
    this.#plan = made.plan
    this.#codes = made.codes
    this.#points = made.points
    this.#isBounded = made.isBounded
    this.edges = made.edges
    this.complete = made.complete
    this.verified = made.verified
    this.regions = made.codes.count
    this.dualEdges = made.edges.length / 2
    let bounded = 0
    for (let i = 0; i < this.regions; i++) bounded += made.isBounded[i]
    this.boundedRegions = bounded
  }

  /** The states of all units of a region, group after group; that of a level set is the last. */
  states(region: number): Int32Array {
    this.#expectRegion('states', region)
    return this.#codes.states(region)
  }

  /** A point in the interior of a region. */
  point(region: number): number[] {
    this.#expectRegion('point', region)
    const { inputs } = this.#plan.program
    return [...this.#points.subarray(region * inputs, (region + 1) * inputs)]
  }

  isBounded(region: number): boolean {
    this.#expectRegion('isBounded', region)
    return this.#isBounded[region] === 1
  }

  /** The regions that share a facet with a region, and the units that change on the way there: [group, unit, before, after], a level set as [groups, output, …]. */
  neighbours(region: number): { readonly region: number; readonly changed: readonly Changed[] }[] {
    this.#expectRegion('neighbours', region)
    const { start, to } = this.#linked()
    const own = this.#codes.states(region)
    return Array.from(to.subarray(start[region], start[region + 1]), (other) => ({
      region: other,
      changed: changedStates(this.#plan, own, this.#codes.states(other)),
    }))
  }

  /** The region with these states, −1 where there is none. */
  indexOf(states: ArrayLike<number>): number {
    return this.#codes.holds(states) ? this.#codes.find(Int32Array.from(states)) : -1
  }

  #linked(): { readonly start: Int32Array; readonly to: Int32Array } {
    if (this.#links !== undefined) return this.#links
    const start = new Int32Array(this.regions + 1)
    for (const region of this.edges) start[region + 1]++
    for (let i = 0; i < this.regions; i++) start[i + 1] += start[i]
    const to = new Int32Array(this.edges.length)
    const next = start.slice()
    for (let e = 0; e < this.edges.length; e += 2) {
      const [a, b] = [this.edges[e], this.edges[e + 1]]
      to[next[a]++] = b
      to[next[b]++] = a
    }
    this.#links = { start, to }
    return this.#links
  }

  #expectRegion(operation: string, region: number): void {
    if (Number.isInteger(region) && region >= 0 && region < this.regions) return
    throw new RangeError(`RegionGraph.${operation}: expected a region below ${this.regions}, got ${region}`)
  }
}

/** How many regions, or parts that are asked for a boundary, pass between two looks at the clock. */
const STEPS_PER_LOOK = 64

class GraphBuilder {
  readonly #plan: ProgramPlan
  readonly #codes: CodeTable
  readonly #limits: Required<Limits>
  readonly #onRegion: ((region: FoundRegion) => unknown) | undefined
  readonly #beyondStates: Int32Array
  #points = new Float64Array(64)
  #isBounded = new Uint8Array(64)
  #edges = new Int32Array(256)
  #edgeNumbers = 0
  #deadline = Number.POSITIVE_INFINITY
  #steps = 0

  constructor(
    plan: ProgramPlan,
    limits: Required<Limits>,
    onRegion: ((region: FoundRegion) => unknown) | undefined,
  ) {
    this.#plan = plan
    this.#limits = limits
    this.#onRegion = onRegion
    this.#codes = new CodeTable(plan)
    this.#beyondStates = new Int32Array(plan.units)
  }

  build(box: ConstructorParameters<typeof Explorer>[1]): RegionGraph {
    const { milliseconds, regions } = this.#limits
    this.#deadline = performance.now() + milliseconds
    const explorer: Explorer = new Explorer(this.#plan, box, (cell) => {
      if (this.#codes.count >= regions || this.#isLate()) return false
      if (this.#plan.mark !== null && !isMarked(explorer, cell)) return true
      return this.#add(explorer, beyond, cell)
    })
    const beyond = new Beyond(explorer)
    if (this.#plan.mark !== null) {
      const reach = new Reach(explorer)
      explorer.isWanted = (group, known, cell) => {
        if (!this.#isLate()) return reach.canReach(group, known, cell)
        explorer.stop()
        return false
      }
    }
    const complete = explorer.run()
    return new RegionGraph({
      plan: this.#plan,
      codes: this.#codes,
      points: this.#points,
      isBounded: this.#isBounded,
      edges: this.#edges.slice(0, this.#edgeNumbers),
      complete,
      verified: explorer.rays.exactSigns > 0 ? 'exact' : 'checked',
    })
  }

  #isLate(): boolean {
    return (
      this.#deadline < Number.POSITIVE_INFINITY &&
      this.#steps++ % STEPS_PER_LOOK === 0 &&
      performance.now() > this.#deadline
    )
  }

  #add(explorer: Explorer, beyond: Beyond, cell: Cell): boolean {
    const { path, facets, boxRow } = explorer
    const index = this.#codes.add(path.states)
    this.#keepPoint(explorer, cell, index)
    facets.find(cell, path.width)
    const isPlain = beyond.isPlain()
    for (let f = 0; f < facets.count; f++) {
      const rows = facets.rowsOf(f)
      if (rows.some((row) => row >= boxRow)) continue
      this.#beyondStates.set(path.states)
      beyond.cross(rows, cell.rays[facets.off[f]], isPlain, this.#beyondStates)
      const other = this.#codes.find(this.#beyondStates)
      if (other >= 0) this.#link(other, index)
    }
    if (this.#onRegion === undefined) return true
    const inputs = path.width - 1
    const region = {
      index,
      states: path.states.slice(),
      point: [...this.#points.subarray(index * inputs, (index + 1) * inputs)],
      isBounded: this.#isBounded[index] === 1,
    }
    return this.#onRegion(region) !== false
  }

  #keepPoint(explorer: Explorer, cell: Cell, index: number): void {
    const inputs = explorer.path.width - 1
    if (index >= this.#isBounded.length) {
      const [points, isBounded] = [this.#points, this.#isBounded]
      this.#isBounded = new Uint8Array(isBounded.length * 2)
      this.#isBounded.set(isBounded)
      this.#points = new Float64Array(this.#isBounded.length * inputs)
      this.#points.set(points)
    } else if (this.#points.length < this.#isBounded.length * inputs)
      this.#points = new Float64Array(this.#isBounded.length * inputs)
    explorer.interiorPoint(cell, this.#points, index * inputs)
    this.#isBounded[index] = explorer.isBounded(cell) ? 1 : 0
  }

  #link(a: number, b: number): void {
    if (this.#edgeNumbers + 2 > this.#edges.length) {
      const edges = this.#edges
      this.#edges = new Int32Array(edges.length * 2)
      this.#edges.set(edges)
    }
    this.#edges[this.#edgeNumbers++] = a
    this.#edges[this.#edgeNumbers++] = b
  }
}

/** Whether the level set of the boundary meets the interior of a cell. */
function isMarked(explorer: Explorer, cell: Cell): boolean {
  const side = explorer.markSide(cell)
  return side === CUT || side === 0
}
