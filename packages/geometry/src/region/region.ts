import type { Network } from '@facet/models'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import type { Verified } from '../line/line-walk.ts'
import type { Changed } from '../line/segment-walk.ts'
import { programOf } from '../program/program-of.ts'
import { Beyond } from './beyond.ts'
import type { Cell } from './cell.ts'
import { changedStates } from './changed.ts'
import { aBox, boxOf, type GivenBox } from './domain.ts'
import { Explorer } from './explorer.ts'
import { type ProgramPlan, planOf } from './group-plan.ts'
import { statesAt } from './states-at.ts'
import { type Form, facetsOf, isBoundedBy, largestBall, valueAt } from './wall-programs.ts'

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

/** Inputs above which a box has more corners than are worth making. */
const MOST_INPUTS = 12

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
    const region = areStates(plan, states) ? regionOf(explorer, states, false) : null
    if (region !== null) return region
    throw new RangeError(
      `regionAt: no region${box === null ? '' : ' in the box'} has the states ${states.join('')}`,
    )
  }
  const x = Array.from(at)
  if (x.length !== inputs) throw new RangeError(`regionAt: expected x [${inputs}], got [${x.length}]`)
  if (!x.every(Number.isFinite))
    throw new RangeError(`regionAt: expected a finite point, got [${x.join(', ')}]`)
  if (box !== null && x.some((c, i) => c < box.lower[i] || c > box.upper[i]))
    throw new RangeError(`regionAt: expected a point of the box, got [${x.join(', ')}]`)
  const isOnWall = statesAt(explorer.path, x, 'states')
  const own = regionOf(explorer, explorer.path.states.slice(), isOnWall, x)
  if (own !== null) return own
  statesAt(explorer.path, x, 'after')
  const after = regionOf(explorer, explorer.path.states.slice(), isOnWall, x)
  if (after !== null) return after
  throw new RangeError(`regionAt: no region at [${x.join(', ')}] has an interior in the box`)
}

/** The region of some states, `null` where they have none. Up to 12 inputs it is known by its corners, above by linear programs. */
function regionOf(
  explorer: Explorer,
  states: Int32Array,
  isOnWall: boolean,
  around?: number[],
): Region | null {
  const { inputs } = explorer.plan.program
  if (inputs <= MOST_INPUTS) {
    const cell = explorer.cellOf(states)
    return cell && new Region(explorer, cell, null, isOnWall)
  }
  explorer.follow(states)
  const near = around ?? new Array<number>(inputs).fill(0)
  const region = new Region(explorer, null, near, isOnWall)
  return region.hasInterior() ? region : null
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
  /** By its corners, where there are not too many inputs. */
  readonly #cell: Cell | null
  #inside: number[] | null
  #walls: readonly Wall[] | undefined
  #boxFaces: (readonly [axis: number, end: number])[] | undefined

  /** @internal */
  constructor(explorer: Explorer, cell: Cell | null, inside: number[] | null, isOnWall: boolean) {
    this.#explorer = explorer
    this.#cell = cell
    this.#inside = inside
    this.states = explorer.path.states.slice()
    this.isOnWall = isOnWall
  }

  /** @internal Finds a point in the interior, where the region is not known by its corners. */
  hasInterior(): boolean {
    const forms = this.#forms()
    if (forms.every((form) => isWellInside(form, this.#inside!))) return true
    const { centre, radius } = largestBall(forms, this.#inside!, 1)
    this.#inside = centre
    return radius > 0
  }

  /** How the answers so far were decided: `float` above 12 inputs, where walls come from linear programs with rounded half-spaces. */
  get verified(): Verified {
    if (this.#cell === null) return 'float'
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
    if (this.#cell !== null) return this.#explorer.isBounded(this.#cell)
    return isBoundedBy(this.#forms(), this.#inputs)
  }

  /** A point in the interior. */
  get point(): number[] {
    if (this.#cell === null) return [...this.#inside!]
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
    return this.#corners('lines').lines.map((line) => [
      ...values.subarray(line * width, line * width + width - 1),
    ])
  }

  /** Whether a point lies in the region or on its edge, decided for certain. @throws RangeError for another length */
  contains(x: ArrayLike<number>): boolean {
    const { rays, boxRow, box } = this.#explorer
    if (x.length !== this.#inputs)
      throw new RangeError(`Region.contains: expected x [${this.#inputs}], got [${x.length}]`)
    if (box !== null && Array.from(x).some((c, i) => !(c >= box.lower[i] && c <= box.upper[i]))) return false
    const before = rays.count
    const ray = rays.add([...Array.from(x), 1])
    const holds = this.#rows().every((row) => row >= boxRow || rays.sign(row, ray) * this.#side(row) >= 0)
    rays.count = before
    return holds
  }

  /** The affine map of the region: output = A x + b. */
  map(): { readonly A: number[][]; readonly b: number[] } {
    const { path, plan } = this.#explorer
    const { width } = path
    const form = path.forms[plan.program.output]
    const rows = Array.from({ length: plan.program.outputs }, (_, o) => [
      ...form.subarray(o * width, (o + 1) * width).map((x) => x + 0),
    ])
    return { A: rows.map((row) => row.slice(0, -1)), b: rows.map((row) => row[width - 1]) }
  }

  /** The region behind a wall. */
  neighbour(wall: Wall): Region {
    const { plan, box } = this.#explorer
    const region = regionOf(new Explorer(plan, box, () => true), wall.states, false, [...wall.point])
    if (region !== null) return region
    throw new RangeError('Region.neighbour: expected a wall of this region')
  }

  /** The largest ball in the region, within the box if there is one. A linear program; its radius is right to a share of about 1e−12. */
  chebyshev(): ChebyshevBall {
    return largestBall(this.#forms(), this.point)
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

  /** Half-spaces of units and box. */
  #forms(): Form[] {
    return [...this.#rows().map((row) => this.#formOf(row)), ...this.#boxForms()]
  }

  /** 1 where a row is above 0 in the region, −1 where it is below. */
  #side(row: number): number {
    const { group, unit } = this.#explorer.unitOf(row)
    return group.kind === 'largest' || this.states[group.firstUnit + unit] === 1 ? 1 : -1
  }

  #formOf(row: number): Form {
    const { rows, width } = this.#explorer.rays
    const sign = this.#side(row)
    const form = Array.from(rows.subarray(row * width, (row + 1) * width), (x) => sign * x || 0)
    return { a: form.slice(0, -1), b: form[width - 1] }
  }

  #boxForms(): Form[] {
    const { box } = this.#explorer
    if (box === null) return []
    return box.lower.flatMap((lower, axis) =>
      [-lower, box.upper[axis]].map((b, end) => ({
        a: Array.from({ length: this.#inputs }, (_, j) => (j === axis ? 1 - 2 * end : 0)),
        b,
      })),
    )
  }

  /** @throws RangeError where the region is not known by its corners. */
  #corners(what: string): Cell {
    if (this.#cell !== null) return this.#cell
    throw new RangeError(`Region.${what}: expected at most ${MOST_INPUTS} inputs, got ${this.#inputs}`)
  }

  #raysOf(isFar: boolean): number[][] {
    const { width, values } = this.#explorer.rays
    const cell = this.#corners(isFar ? 'directions' : 'corners')
    const made: number[][] = []
    for (let k = 0; k < cell.count; k++) {
      if (this.#explorer.isFar(cell, k) !== isFar) continue
      const from = cell.rays[k] * width
      const w = isFar ? 1 : values[from + width - 1]
      made.push(Array.from(values.subarray(from, from + width - 1), (x) => x / w))
    }
    return made
  }

  #findFacets(): void {
    if (this.#walls !== undefined) return
    const explorer = this.#explorer
    const { boxRow, farRow, plan } = explorer
    const beyond = new Beyond(explorer)
    const isPlain = beyond.isPlain()
    const walls: Wall[] = []
    const faces: (readonly [number, number])[] = []
    for (const { rows, off, point } of this.#cell === null
      ? this.#facetsByPrograms()
      : this.#facetsByCorners()) {
      for (const row of rows)
        if (row >= boxRow && row < farRow) faces.push([(row - boxRow) >> 1, (row - boxRow) & 1])
      if (rows.some((row) => row >= boxRow)) continue
      const states = this.states.slice()
      beyond.cross(rows, off, isPlain, states)
      walls.push({
        changed: changedStates(plan, this.states, states),
        states,
        ...this.#formOf(rows[0]),
        point: point(),
      })
    }
    this.#walls = walls
    this.#boxFaces = faces
  }

  #facetsByCorners(): FoundFacet[] {
    const { facets, path } = this.#explorer
    const cell = this.#cell!
    facets.find(cell, path.width)
    return Array.from({ length: facets.count }, (_, f) => {
      const rows = facets.rowsOf(f)
      const point = () => {
        const point = new Float64Array(this.#inputs)
        this.#explorer.interiorPoint(cell, point, 0, rows[0])
        return [...point]
      }
      return { rows, off: cell.rays[facets.off[f]], point }
    })
  }

  #facetsByPrograms(): FoundFacet[] {
    const { rays, boxRow } = this.#explorer
    const units = this.#rows()
    const forms = this.#forms()
    const inside = this.#inside!
    const off = rays.add([...inside, 1])
    return facetsOf(forms, inside).map(({ forms: places, point }) => ({
      rows: places.map((k) => (k < units.length ? units[k] : boxRow + k - units.length)),
      off,
      point: () => point,
    }))
  }
}

/** Whether a form is above 0 by more than rounding at a point, which else may lie on its wall. */
const isWellInside = ({ a, b }: Form, x: readonly number[]): boolean =>
  valueAt({ a, b }, x) > 1e-9 * a.reduce((sum, c, j) => sum + Math.abs(c * x[j]), Math.abs(b))

/** Rows that are one facet, a ray that is not on it, and a point that is. */
interface FoundFacet {
  readonly rows: readonly number[]
  readonly off: number
  readonly point: () => readonly number[]
}
