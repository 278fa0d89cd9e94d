import type { Network } from '@facet/models'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import type { Verified } from '../line/line-walk.ts'
import type { Changed } from '../line/segment-walk.ts'
import { LinearSolver } from '../linear-program/linear-solver.ts'
import { programOf } from '../program/program-of.ts'
import { Beyond } from './beyond.ts'
import type { Cell } from './cell.ts'
import { changedStates } from './changed.ts'
import { aBox, boxOf, type GivenBox } from './domain.ts'
import { Explorer } from './explorer.ts'
import { type ProgramPlan, planOf } from './group-plan.ts'
import { statesAt } from './states-at.ts'

/** a · x + b ≥ 0: what one unit asks of the points of a region. */
export interface HalfSpace {
  readonly a: readonly number[]
  readonly b: number
  /** The unit, its state in the region, and the one that it would have on the other side. */
  readonly unit: Changed
}

/** A facet of a region that lies inside of the domain. */
export interface Wall {
  /** All units that change across it: [group, unit, before, after]. */
  readonly changed: readonly Changed[]
  /** The states of all units behind it. */
  readonly states: Int32Array
  /** a · x + b = 0 on it, > 0 in the region. */
  readonly a: readonly number[]
  readonly b: number
  /** A point in the interior of the facet. */
  readonly point: readonly number[]
}

/** The largest ball in a region. */
export interface ChebyshevBall {
  /** Need not be the only one; `null` where the radius has no bound. */
  readonly centre: readonly number[] | null
  readonly radius: number
}

const regionAtOptions = optionTable('regionAt', {
  /** Where the region ends too: `[lower, upper]` for all axes, ends for each axis, or `null` (default) for nowhere. */
  box: withDefault(aBox, null as GivenBox),
})

/** The settings of {@link regionAt}. */
export type RegionAtOptions = OptionsOf<typeof regionAtOptions>

/** What a region is asked for by: a point, or the states of all units, group after group. */
export type RegionKey = ArrayLike<number> | { readonly states: ArrayLike<number> }

/**
 * The linear region of a point, or of the states of all units, with its half-spaces, walls, neighbours, map and largest ball. Networks of every
 * kind of layer; every sign is certain.
 *
 * **A point on a wall** belongs to several regions. The one of its own states is taken (state 0 on a wall, the first of equal candidates) where that has an
 * interior. Where it has none, as where a unit and its opposite are both 0, the region is the one that holds x + (t, t², t³, …) for all
 * small t > 0: x then lies in its closure, and `states` are not those of x. `isOnWall` says that x was on a wall.
 *
 * @param at x [inputs], or {states}
 * @throws RangeError for a point of another length or outside of the box, for states of another number, or states that no region has.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { regionAt } from '@facet/geometry'
 * await init()
 * const weight = tensor([[1, 0], [0, 1], [1, 1]])
 * const lines = new Network([new Dense({ name: 'lines', weight, bias: tensor([0, 0, -1]), activation: reluActivation })])
 * const triangle = regionAt(lines, [0.25, 0.25])
 * Array.from(triangle.states) // [1, 1, 0]
 * triangle.walls().map(({ changed }) => changed) // [[[0, 0, 1, 0]], [[0, 1, 1, 0]], [[0, 2, 0, 1]]]
 * triangle.chebyshev().radius // 1 / (2 + √2) = 0.2928…
 */
export function regionAt(network: Network, at: RegionKey, options: RegionAtOptions = {}): Region {
  const { box: given } = regionAtOptions.resolve(options)
  const plan = planOf(programOf(network))
  const { inputs } = plan.program
  const box = boxOf('regionAt', given, inputs)
  const explorer = new Explorer(plan, box, () => true)
  if ('states' in at) {
    if (at.states.length !== plan.units)
      throw new RangeError(`regionAt: expected ${plan.units} states, got ${at.states.length}`)
    const states = Int32Array.from(at.states)
    const cell = areStates(plan, states) ? explorer.cellOf(states) : null
    if (cell !== null) return new Region(explorer, cell, false)
    throw new RangeError(
      `regionAt: no region${box === null ? '' : ' in the box'} has the states ${states.join('')}`,
    )
  }
  if (at.length !== inputs) throw new RangeError(`regionAt: expected x [${inputs}], got [${at.length}]`)
  if (!Array.from(at).every(Number.isFinite))
    throw new RangeError(`regionAt: expected a finite point, got [${Array.from(at).join(', ')}]`)
  if (box !== null && Array.from(at).some((x, i) => x < box.lower[i] || x > box.upper[i]))
    throw new RangeError(`regionAt: expected a point of the box, got [${Array.from(at).join(', ')}]`)
  const isOnWall = statesAt(explorer.path, at, 'states')
  let cell = explorer.cellOf(explorer.path.states.slice())
  for (const rule of ['after'] as const)
    if (cell === null) {
      statesAt(explorer.path, at, rule)
      cell = explorer.cellOf(explorer.path.states.slice())
    }
  if (cell === null)
    throw new RangeError(`regionAt: no region at [${Array.from(at).join(', ')}] has an interior in the box`)
  return new Region(explorer, cell, isOnWall)
}

function areStates({ groups }: ProgramPlan, states: Int32Array): boolean {
  return groups.every(({ firstUnit, units, states: count, places }) =>
    states
      .subarray(firstUnit, firstUnit + units)
      .every(
        (state, u) => state >= 0 && state < count && (places === null || places[u * count + state] >= 0),
      ),
  )
}

/** What {@link regionAt} returns. */
export class Region {
  /** Of all units, group after group. */
  readonly states: Int32Array
  /** Whether the point that the region was asked for by lies on a wall. */
  readonly isOnWall: boolean
  readonly #explorer: Explorer
  readonly #cell: Cell
  #walls: readonly Wall[] | undefined
  #boxFaces: (readonly [axis: number, end: number])[] | undefined

  /** @internal */
  constructor(explorer: Explorer, cell: Cell, isOnWall: boolean) {
    this.#explorer = explorer
    this.#cell = cell
    this.states = explorer.path.states.slice()
    this.isOnWall = isOnWall
  }

  /** How the answers so far were decided. */
  get verified(): Verified {
    return this.#explorer.rays.exactSigns > 0 ? 'exact' : 'checked'
  }

  /** What every unit asks of the points of the region: k − 1 of them for a unit with k candidates, none for forms that are 0 everywhere. */
  get halfSpaces(): readonly HalfSpace[] {
    return this.#rows().map((row) => {
      const { group, unit, candidate } = this.#explorer.unitOf(row)
      const state = this.states[group.firstUnit + unit]
      const after = group.kind === 'sign' ? 1 - state : candidate
      return { ...this.#formOf(row), unit: [group.index, unit, state, after] }
    })
  }

  /** The facets of the region inside of the domain. */
  walls(): readonly Wall[] {
    this.#findFacets()
    return this.#walls!
  }

  /** The faces of the box that are facets of the region: [axis, 0 for its lower and 1 for its upper end]. */
  get boxFaces(): readonly (readonly [axis: number, end: number])[] {
    this.#findFacets()
    return this.#boxFaces!
  }

  /** Whether no direction of the region goes to infinity. */
  get isBounded(): boolean {
    return this.#explorer.isBounded(this.#cell)
  }

  /** A point in the interior. */
  get point(): number[] {
    const point = new Float64Array(this.#inputs)
    this.#explorer.interiorPoint(this.#cell, point, 0)
    return [...point]
  }

  /** The corners of the region, and the directions that go to infinity. A region that holds whole lines has no corners of its own: see `lines`. */
  get corners(): number[][] {
    return this.#raysOf(false)
  }

  /** Directions in which the region is without end, each of any length. */
  get directions(): number[][] {
    return this.#raysOf(true)
  }

  /** Directions of whole lines in the region: it is the same all along them. */
  get lines(): number[][] {
    const { values, width } = this.#explorer.rays
    return this.#cell.lines.map((line) => [...values.subarray(line * width, line * width + width - 1)])
  }

  /** Whether a point lies in the region or on its edge, decided for certain. @throws RangeError for another length */
  contains(x: ArrayLike<number>): boolean {
    const { rays, boxRow, box } = this.#explorer
    if (x.length !== this.#inputs)
      throw new RangeError(`Region.contains: expected x [${this.#inputs}], got [${x.length}]`)
    if (box !== null && Array.from(x).some((c, i) => !(c >= box.lower[i] && c <= box.upper[i]))) return false
    const before = rays.count
    const ray = rays.add([...Array.from(x), 1])
    const holds = this.#rows().every((row) => row >= boxRow || rays.sign(row, ray) * this.#inside(row) >= 0)
    rays.count = before
    return holds
  }

  /** The affine map of the region: output = A x + b. */
  map(): { readonly A: number[][]; readonly b: number[] } {
    const { path, plan } = this.#explorer
    const { width } = path
    const form = path.forms[plan.program.output]
    const rows = Array.from({ length: plan.program.outputs }, (_, o) => [
      ...form.subarray(o * width, (o + 1) * width),
    ])
    return { A: rows.map((row) => row.slice(0, -1)), b: rows.map((row) => row[width - 1]) }
  }

  /** The region behind a wall. */
  neighbour(wall: Wall): Region {
    const { plan, box } = this.#explorer
    const explorer = new Explorer(plan, box, () => true)
    const cell = explorer.cellOf(wall.states)
    if (cell !== null) return new Region(explorer, cell, false)
    throw new RangeError('Region.neighbour: expected a wall of this region')
  }

  /** The largest ball in the region, within the box if there is one. A linear program; its radius is right to a share of about 1e−12. */
  chebyshev(): ChebyshevBall {
    const inputs = this.#inputs
    const rows = [...this.#rows().map((row) => this.#formOf(row)), ...this.#boxForms()]
    const solver = new LinearSolver(inputs + 1)
    // The ball's centre and radius: a · x + b ≥ |a| r. Around a point of the region the numbers are as large as the region is.
    const centre = this.point
    const numbers = new Float64Array(rows.length * (inputs + 2))
    for (const [i, { a, b }] of rows.entries()) {
      const at = i * (inputs + 2)
      numbers.set(a, at)
      numbers[at + inputs] = -Math.hypot(...a)
      numbers[at + inputs + 1] = a.reduce((sum, c, j) => sum + c * centre[j], b)
    }
    const objective = new Array<number>(inputs + 1).fill(0)
    objective[inputs] = -1
    const status = solver.solve(objective, numbers)
    if (status === 'unbounded') return { centre: null, radius: Number.POSITIVE_INFINITY }
    if (status === 'infeasible')
      throw new Error('Region.chebyshev: the region has no interior that float64 can tell')
    return { centre: centre.map((c, j) => c + solver.x[j]), radius: -solver.value }
  }

  get #inputs(): number {
    return this.#explorer.path.width - 1
  }

  /** Rows of units that are not 0 everywhere. */
  #rows(): number[] {
    const { plan, vanishes } = this.#explorer
    const rows: number[] = []
    for (const { kind, firstRow, firstUnit, units, states, places } of plan.groups)
      if (kind === 'sign') {
        for (let u = 0; u < units; u++) if (vanishes[firstRow + u] === 0) rows.push(firstRow + u)
      } else
        for (let k = 0; k < units * states; k++) {
          const isWinner = k % states === this.states[firstUnit + Math.floor(k / states)]
          if (!isWinner && places![k] >= 0 && vanishes[firstRow + k] === 0) rows.push(firstRow + k)
        }
    return rows
  }

  /** 1 where a row is above 0 in the region, −1 where it is below. */
  #inside(row: number): number {
    const { group, unit } = this.#explorer.unitOf(row)
    return group.kind === 'largest' || this.states[group.firstUnit + unit] === 1 ? 1 : -1
  }

  #formOf(row: number): { a: number[]; b: number } {
    const { rows, width } = this.#explorer.rays
    const sign = this.#inside(row)
    const form = Array.from(rows.subarray(row * width, (row + 1) * width), (x) => sign * x || 0)
    return { a: form.slice(0, -1), b: form[width - 1] }
  }

  #boxForms(): { a: number[]; b: number }[] {
    const { box } = this.#explorer
    if (box === null) return []
    return box.lower.flatMap((lower, axis) =>
      [-lower, box.upper[axis]].map((b, end) => ({
        a: Array.from({ length: this.#inputs }, (_, j) => (j === axis ? 1 - 2 * end : 0)),
        b,
      })),
    )
  }

  #raysOf(isFar: boolean): number[][] {
    const { width, values } = this.#explorer.rays
    const made: number[][] = []
    for (let k = 0; k < this.#cell.count; k++) {
      if (this.#explorer.isFar(this.#cell, k) !== isFar) continue
      const from = this.#cell.rays[k] * width
      const w = isFar ? 1 : values[from + width - 1]
      made.push(Array.from(values.subarray(from, from + width - 1), (x) => x / w))
    }
    return made
  }

  #findFacets(): void {
    if (this.#walls !== undefined) return
    const explorer = this.#explorer
    const { facets, path, boxRow, farRow, plan } = explorer
    facets.find(this.#cell, path.width)
    const beyond = new Beyond(explorer)
    const isPlain = beyond.isPlain()
    const walls: Wall[] = []
    const faces: (readonly [number, number])[] = []
    for (let f = 0; f < facets.count; f++) {
      const rows = facets.rowsOf(f)
      for (const row of rows)
        if (row >= boxRow && row < farRow) faces.push([(row - boxRow) >> 1, (row - boxRow) & 1])
      if (rows.some((row) => row >= boxRow)) continue
      const states = this.states.slice()
      beyond.cross(rows, this.#cell.rays[facets.off[f]], isPlain, states)
      const point = new Float64Array(this.#inputs)
      explorer.interiorPoint(this.#cell, point, 0, rows[0])
      walls.push({
        changed: changedStates(plan, this.states, states),
        states,
        ...this.#formOf(rows[0]),
        point: [...point],
      })
    }
    this.#walls = walls
    this.#boxFaces = faces
  }
}
