import type { Matrix, PlainLayer } from './plain-layers.ts'
import { type PlainStep, plainSteps } from './plain-steps.ts'

/** A point of the plane in whole homogeneous coordinates, (x / w, y / w), w > 0, without a common factor. */
export interface ExactPoint {
  readonly x: bigint
  readonly y: bigint
  readonly w: bigint
}

/** An affine form a s + b t + c; those of one step all in the same unit. */
type Form = readonly [a: bigint, b: bigint, c: bigint]

/** Forms of a number each, and the power of two that they are multiples of. */
interface Forms {
  readonly of: readonly Form[]
  readonly exponent: number
}

interface Cell {
  readonly corners: readonly ExactPoint[]
  readonly forms: Forms
  readonly states: readonly number[]
}

/** x = origin + s u + t v */
export interface OraclePlane {
  readonly origin: readonly number[]
  readonly u: readonly number[]
  readonly v: readonly number[]
}

export interface OracleRegion {
  /** The states of all units, one after another, then that of the level. */
  readonly code: readonly number[]
  /** Counterclockwise in (s, t); no three of them are on a line. */
  readonly corners: readonly ExactPoint[]
  readonly area: number
  /** The same text for the same affine map of the output on the plane. */
  readonly map: string
}

/** A part of a wall between two regions, or of the window's edge (`right` −1). */
export interface OracleEdge {
  readonly from: ExactPoint
  readonly to: ExactPoint
  readonly left: number
  readonly right: number
  readonly length: number
}

/** What a partition is compared by: names and meaning of the golden files. */
export interface OracleSummary {
  readonly regions: number
  readonly affineMaps: number
  readonly affinePieces: number
  readonly vertices: number
  readonly edges: number
  readonly interiorEdges: number
  readonly tJunctions: number
  readonly area: number
  readonly sumOfSquaredAreas: number
  readonly wallLength: number
  readonly sizes: Record<string, number>
  readonly meanNeighbours: number
  readonly unitsChangedAcrossWall: Record<string, number>
}

/** Box or convex polygon, counterclockwise. */
export type OracleWindow =
  | readonly [lo: number, hi: number]
  | { readonly s: readonly [number, number]; readonly t: readonly [number, number] }

export interface OracleLevel {
  readonly output: number
  readonly value?: number
}

/**
 * The partition of a window of a plane by the definition, in whole numbers: every unit cuts every convex piece that it changes its state in.
 * Slow, and without any code of what it is to check.
 */
export function planeOracle(
  layers: readonly PlainLayer[],
  plane: OraclePlane,
  window: OracleWindow,
  level?: OracleLevel,
): PlaneTruth {
  const { s, t } = Array.isArray(window)
    ? { s: window, t: window }
    : (window as { s: [number, number]; t: [number, number] })
  const corners = [
    [s[0], t[0]],
    [s[1], t[0]],
    [s[1], t[1]],
    [s[0], t[1]],
  ].map(([x, y]) => pointOf(x, y))
  return new PlaneTruth(cellsOf(layers, plane, corners, level), corners)
}

/** The regions along the segment from s = 0 to s = 1 of a line x = from + s (to − from): their codes, and the places of the walls between them as floats. */
export function lineOracle(
  layers: readonly PlainLayer[],
  from: readonly number[],
  to: readonly number[],
  level?: OracleLevel,
): { codes: readonly (readonly number[])[]; t: readonly number[] } {
  // (1 − s) from + s to with t = 1 − s: no difference is rounded.
  const plane = { origin: from.map(() => 0), u: to, v: from }
  const ends = [pointOf(0, 1), pointOf(1, 0)]
  const cells = cellsOf(layers, plane, ends, level).map(({ corners, states }) => {
    const [low, high] = [...corners].sort((a, b) => signOf(a.x * b.w - b.x * a.w))
    return { low, high, states }
  })
  cells.sort((a, b) => signOf(a.low.x * b.low.w - b.low.x * a.low.w))
  return {
    codes: cells.map(({ states }) => states),
    t: cells.slice(1).map(({ low }) => quotientOf(low.x, low.w)),
  }
}

function cellsOf(
  layers: readonly PlainLayer[],
  { origin, u, v }: OraclePlane,
  corners: readonly ExactPoint[],
  level: OracleLevel | undefined,
): Cell[] {
  const { whole, exponent } = wholeNumbers([...u, ...v, ...origin])
  const n = origin.length
  const of = origin.map((_, i): Form => [whole[i], whole[n + i], whole[2 * n + i]])
  const steps = plainSteps(layers)
  const cells = through(steps, { corners, forms: { of, exponent }, states: [] })
  return level === undefined ? cells : cells.flatMap((cell) => cutByLevel(cell, level))
}

function through(steps: readonly PlainStep[], cell: Cell): Cell[] {
  return steps.reduce<Cell[]>((cells, step) => cells.flatMap((part) => after(step, part)), [cell])
}

function after(step: PlainStep, cell: Cell): Cell[] {
  switch (step.step) {
    case 'affine':
      return [{ ...cell, forms: mapped(step.weight, step.bias, cell.forms) }]
    case 'sign': {
      const lower = lowerSlope(step.activation)
      return cutBySigns(cell).map((part) => {
        const states = part.states.slice(cell.states.length)
        return { ...part, forms: bent(cell.forms, states, lower) }
      })
    }
    case 'largest':
      return cutByLargest(cell, step.windows)
    case 'sum': {
      const skip = step.skip === null ? cell.forms : mapped(step.skip, null, cell.forms)
      return through(step.inner, cell).map((part) => ({ ...part, forms: added(part.forms, skip) }))
    }
  }
}

const lowerSlope = ({ name, alpha }: { name: string; alpha: number }): number =>
  name === 'relu' ? 0 : name === 'abs' ? -1 : alpha

/** Every unit in turn cuts what those before left in one piece. */
function cutBySigns(cell: Cell): Cell[] {
  return cell.forms.of.reduce<Cell[]>((cells, form) => cells.flatMap((part) => cutBy(part, form)), [cell])
}

function cutBy(cell: Cell, form: Form): Cell[] {
  const values = cell.corners.map((corner) => valueAt(form, corner))
  const [above, below] = [values.some((v) => v > 0n), values.some((v) => v < 0n)]
  const as = (state: number, corners = cell.corners) => ({
    ...cell,
    corners,
    states: [...cell.states, state],
  })
  if (!above) return [as(0)]
  if (!below) return [as(1)]
  return [
    as(1, clipped(cell.corners, values)),
    as(
      0,
      clipped(
        cell.corners,
        values.map((v) => -v),
      ),
    ),
  ]
}

/** The part of a convex polygon in which a form is at least 0, by its values at the corners. */
function clipped(corners: readonly ExactPoint[], values: readonly bigint[]): ExactPoint[] {
  const kept: ExactPoint[] = []
  corners.forEach((corner, i) => {
    const j = (i + 1) % corners.length
    if (values[i] >= 0n) kept.push(corner)
    if ((values[i] > 0n && values[j] < 0n) || (values[i] < 0n && values[j] > 0n))
      kept.push(between(corner, values[i], corners[j], values[j]))
  })
  // Of a segment, which goes there and back, both ways meet the same point.
  return kept.filter((point, i) => i === 0 || !isSame(point, kept[i - 1]))
}

/** Where a form with these values of different signs is 0. */
function between(p: ExactPoint, atP: bigint, q: ExactPoint, atQ: bigint): ExactPoint {
  const [a, b] = [atP < 0n ? -atP : atP, atQ < 0n ? -atQ : atQ]
  return reduced(p.x * b + q.x * a, p.y * b + q.y * a, p.w * b + q.w * a)
}

const isSame = (p: ExactPoint, q: ExactPoint): boolean => p.x === q.x && p.y === q.y && p.w === q.w

const valueAt = ([a, b, c]: Form, { x, y, w }: ExactPoint): bigint => a * x + b * y + c * w

function cutByLargest(cell: Cell, windows: Matrix): Cell[] {
  const { of, exponent } = cell.forms
  const cells = windows.reduce<Cell[]>(
    (parts, window) => parts.flatMap((part) => cutByWindow(part, window, of)),
    [cell],
  )
  return cells.map((part) => {
    const states = part.states.slice(cell.states.length)
    return { ...part, forms: { of: windows.map((window, u) => of[window[states[u]]]), exponent } }
  })
}

/** Where each candidate is the largest. Of equal ones the first. */
function cutByWindow(cell: Cell, window: readonly number[], of: readonly Form[]): Cell[] {
  const candidates = window
    .map((place, k) => ({ k, form: of[place] }))
    .filter(({ k }) => window[k] >= 0)
    .filter(({ form }, i, all) => all.findIndex((other) => isEqual(other.form, form)) === i)
  return candidates.flatMap(({ k, form }) => {
    let corners: readonly ExactPoint[] = cell.corners
    for (const other of candidates) {
      if (other.k === k) continue
      const values = corners.map((corner) => valueAt(difference(form, other.form), corner))
      if (!values.some((v) => v > 0n)) {
        // Equal on the whole cell, which is a segment: the first of them.
        if (values.every((v) => v === 0n) && k < other.k) continue
        return []
      }
      corners = clipped(corners, values)
    }
    return [{ ...cell, corners, states: [...cell.states, k] }]
  })
}

const isEqual = (a: Form, b: Form): boolean => a.every((x, i) => x === b[i])
const difference = (a: Form, b: Form): Form => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

function cutByLevel(cell: Cell, { output, value = 0 }: OracleLevel): Cell[] {
  const one = mapped(null, [-value], { of: [cell.forms.of[output]], exponent: cell.forms.exponent })
  return cutBy(cell, one.of[0])
}

function mapped(weight: Matrix | null, bias: readonly number[] | null, forms: Forms): Forms {
  let product = forms
  if (weight !== null) {
    const width = weight[0].length
    const { whole, exponent } = wholeOnce(weight)
    const of = weight.map((_, i): Form => {
      let [a, b, c] = [0n, 0n, 0n]
      for (let j = 0; j < width; j++) {
        const w = whole[i * width + j]
        if (w === 0n) continue
        const form = forms.of[j]
        a += w * form[0]
        b += w * form[1]
        c += w * form[2]
      }
      return [a, b, c]
    })
    product = { of, exponent: forms.exponent + exponent }
  }
  if (bias === null) return product
  const shift = wholeNumbers(bias)
  return added(product, { of: shift.whole.map((c): Form => [0n, 0n, c]), exponent: shift.exponent })
}

function added(a: Forms, b: Forms): Forms {
  const exponent = Math.min(a.exponent, b.exponent)
  const [l, r] = [BigInt(a.exponent - exponent), BigInt(b.exponent - exponent)]
  const of = a.of.map((form, i) => form.map((x, k) => (x << l) + (b.of[i][k] << r)) as unknown as Form)
  return { of, exponent }
}

function bent({ of, exponent }: Forms, states: readonly number[], lower: number): Forms {
  const slopes = wholeNumbers([1, lower])
  const scaled = of.map((form, u) => form.map((x) => x * slopes.whole[1 - states[u]]) as unknown as Form)
  return { of: scaled, exponent: exponent + slopes.exponent }
}

const matrices = new WeakMap<Matrix, { whole: bigint[]; exponent: number }>()

function wholeOnce(weight: Matrix): { whole: bigint[]; exponent: number } {
  const known = matrices.get(weight) ?? wholeNumbers(weight.flat())
  matrices.set(weight, known)
  return known
}

const parts = new DataView(new ArrayBuffer(8))

/** Floats as whole numbers times one power of two. */
function wholeNumbers(values: readonly number[]): { whole: bigint[]; exponent: number } {
  const all = values.map((x) => {
    parts.setFloat64(0, x)
    const raw = parts.getBigUint64(0)
    const biased = Number((raw >> 52n) & 0x7ffn)
    const fraction = raw & 0xfffffffffffffn
    let m = biased === 0 ? fraction : fraction | (1n << 52n)
    let e = Math.max(biased, 1) - 1075
    while (m !== 0n && (m & 0xffn) === 0n) [m, e] = [m >> 8n, e + 8]
    while (m !== 0n && (m & 1n) === 0n) [m, e] = [m >> 1n, e + 1]
    return { m: x < 0 ? -m : m, e: m === 0n ? Infinity : e }
  })
  const least = all.reduce((low, { e }) => Math.min(low, e), Infinity)
  const exponent = least === Infinity ? 0 : least
  return { whole: all.map(({ m, e }) => (m === 0n ? 0n : m << BigInt(e - exponent))), exponent }
}

function pointOf(x: number, y: number): ExactPoint {
  const { whole, exponent } = wholeNumbers([x, y])
  const shift = BigInt(Math.abs(exponent))
  return exponent >= 0
    ? reduced(whole[0] << shift, whole[1] << shift, 1n)
    : reduced(whole[0], whole[1], 1n << shift)
}

function reduced(x: bigint, y: bigint, w: bigint): ExactPoint {
  const common = gcd(gcd(x < 0n ? -x : x, y < 0n ? -y : y), w)
  return { x: x / common, y: y / common, w: w / common }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const signOf = (x: bigint): number => (x > 0n ? 1 : x < 0n ? -1 : 0)

/** n / d, d > 0, rounded twice at most. */
export function quotientOf(n: bigint, d: bigint): number {
  if (n === 0n) return 0
  const size = n < 0n ? -n : n
  const shift = d.toString(2).length - size.toString(2).length + 64
  const digits = shift >= 0 ? (size << BigInt(shift)) / d : size / (d << BigInt(-shift))
  const half = Math.trunc(-shift / 2)
  return (n < 0n ? -1 : 1) * Number(digits) * 2 ** half * 2 ** (-shift - half)
}

/** Twice the area of the triangle of three points, times their weights. */
const turn = (p: ExactPoint, q: ExactPoint, r: ExactPoint): bigint =>
  p.x * (q.y * r.w - r.y * q.w) - p.y * (q.x * r.w - r.x * q.w) + p.w * (q.x * r.y - r.x * q.y)

function areaOf(corners: readonly ExactPoint[]): number {
  let sum = 0
  for (let i = 1; i + 1 < corners.length; i++) {
    const [p, q, r] = [corners[0], corners[i], corners[i + 1]]
    sum += quotientOf(turn(p, q, r), 2n * p.w * q.w * r.w)
  }
  return sum
}

const lengthOf = (p: ExactPoint, q: ExactPoint): number =>
  Math.hypot(quotientOf(p.x * q.w - q.x * p.w, p.w * q.w), quotientOf(p.y * q.w - q.y * p.w, p.w * q.w))

const nameOf = ({ x, y, w }: ExactPoint): string => `${x},${y},${w}`

/** A partition of a window as the oracle found it. */
export class PlaneTruth {
  readonly regions: readonly OracleRegion[]
  readonly window: readonly ExactPoint[]
  #edges: readonly OracleEdge[] | undefined
  #tJunctions = 0

  constructor(cells: readonly Cell[], window: readonly ExactPoint[]) {
    this.window = window
    this.regions = cells.map(({ corners, states, forms }) => ({
      code: states,
      corners,
      area: areaOf(corners),
      map: forms.of.join(' '),
    }))
  }

  /** All edges, cut where any region has a corner on them. */
  get edges(): readonly OracleEdge[] {
    this.#edges ??= this.#madeEdges()
    return this.#edges
  }

  /** The pairs of regions that share a wall: `${a} ${b}`, a < b. */
  neighbours(): Set<string> {
    const inner = this.edges.filter(({ right }) => right >= 0)
    return new Set(inner.map(({ left, right }) => `${Math.min(left, right)} ${Math.max(left, right)}`))
  }

  /** [unit, state on the left, state on the right], units counted over the whole code. */
  changed({ left, right }: OracleEdge): (readonly [unit: number, left: number, right: number])[] {
    const [a, b] = [this.regions[left].code, this.regions[right].code]
    return a.flatMap((state, unit) => (state === b[unit] ? [] : [[unit, state, b[unit]] as const]))
  }

  summary(): OracleSummary {
    const { regions, edges } = this
    const inner = edges.filter(({ right }) => right >= 0)
    const count = (keys: readonly number[]) => {
      const counts: Record<string, number> = {}
      for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
      return counts
    }
    return {
      regions: regions.length,
      affineMaps: new Set(regions.map(({ map }) => map)).size,
      affinePieces: this.#pieces(inner),
      vertices: new Set(regions.flatMap(({ corners }) => corners.map(nameOf))).size,
      edges: edges.length,
      interiorEdges: inner.length,
      tJunctions: this.#tJunctions,
      area: regions.reduce((sum, { area }) => sum + area, 0),
      sumOfSquaredAreas: regions.reduce((sum, { area }) => sum + area * area, 0),
      wallLength: inner.reduce((sum, { length }) => sum + length, 0),
      sizes: count(regions.map(({ corners }) => corners.length)),
      meanNeighbours: (2 * this.neighbours().size) / regions.length,
      unitsChangedAcrossWall: count(inner.map((edge) => this.changed(edge).length)),
    }
  }

  /** Unions of regions with one map that hang together by walls. */
  #pieces(inner: readonly OracleEdge[]): number {
    const above = this.regions.map((_, i) => i)
    const top = (i: number): number => (above[i] === i ? i : (above[i] = top(above[i])))
    for (const { left, right } of inner)
      if (this.regions[left].map === this.regions[right].map) above[top(left)] = top(right)
    return above.filter((a, i) => a === i).length
  }

  #madeEdges(): OracleEdge[] {
    const all = this.regions.flatMap(({ corners }, region) =>
      corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length], region })),
    )
    const key = (p: ExactPoint, q: ExactPoint) => `${nameOf(p)} ${nameOf(q)}`
    const whole = new Set(all.map(({ from, to }) => key(from, to)))
    const points = [
      ...new Map(this.regions.flatMap(({ corners }) => corners.map((p) => [nameOf(p), p]))).values(),
    ]
    const pieces = all.flatMap((edge) => {
      if (whole.has(key(edge.to, edge.from))) return [edge]
      const on = points.filter((p) => isInside(edge.from, p, edge.to))
      if (on.length > 0 && !this.#isOnEdge(edge.from, edge.to)) this.#tJunctions += on.length
      const gap = (p: ExactPoint) => lengthOf(edge.from, p)
      const stops = [edge.from, ...on.sort((p, q) => gap(p) - gap(q)), edge.to]
      return stops.slice(1).map((to, i) => ({ from: stops[i], to, region: edge.region }))
    })
    const regionOf = new Map(pieces.map(({ from, to, region }) => [key(from, to), region]))
    return pieces.flatMap(({ from, to, region }) => {
      const other = regionOf.get(key(to, from))
      if (other === undefined && !this.#isOnEdge(from, to))
        throw new Error('planeOracle: an edge has one side')
      if (other !== undefined && other < region) return []
      return [{ from, to, left: region, right: other ?? -1, length: lengthOf(from, to) }]
    })
  }

  #isOnEdge(p: ExactPoint, q: ExactPoint): boolean {
    const { window } = this
    return window.some((a, i) => {
      const b = window[(i + 1) % window.length]
      return turn(a, b, p) === 0n && turn(a, b, q) === 0n
    })
  }
}

/** Whether q is on the segment from p to r, and neither end. */
function isInside(p: ExactPoint, q: ExactPoint, r: ExactPoint): boolean {
  if (isSame(p, q) || isSame(q, r) || turn(p, q, r) !== 0n) return false
  const along = (a: bigint, aw: bigint, b: bigint, bw: bigint, c: bigint, cw: bigint) =>
    signOf(b * aw - a * bw) * signOf(c * bw - b * cw)
  return along(p.x, p.w, q.x, q.w, r.x, r.w) > 0 || along(p.y, p.w, q.y, q.w, r.y, r.w) > 0
}
