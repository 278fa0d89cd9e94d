import { wholesOf } from '../exact/wholes.ts'
import { type Cell, Cells, CUT, emptyCell, type Side } from './cell.ts'
import { Facets } from './facets.ts'
import type { GroupPlan, ProgramPlan } from './group-plan.ts'
import { Path, ROUNDING } from './path.ts'
import { Rays } from './rays.ts'

/** Lower and upper ends of a box on each axis. */
export interface Box {
  readonly lower: readonly number[]
  readonly upper: readonly number[]
}

/** What a leaf of the tree is told to: return false to stop. */
export type Leaf = (cell: Cell) => boolean

/**
 * Walks down the tree of all patterns whose cells have an interior: a cell of homogeneous coordinates is cut by one unit after another. A cell is split only
 * where both parts have an interior, so that there are as many splits as regions.
 */
export class Explorer {
  readonly plan: ProgramPlan
  readonly path: Path
  readonly rays: Rays
  readonly cells: Cells
  readonly facets: Facets
  readonly box: Box | null
  /** The first row of the box: axis i has the lower end at 2 i and the upper at 2 i + 1. */
  readonly boxRow: number
  /** The row w ≥ 0, which only matters without a box. */
  readonly farRow: number
  /** A row for forms of other paths, with its exact form. */
  readonly spareRow: number
  spareForm: () => readonly bigint[] = () => []
  /** Rows on the present path that vanish on the cell. */
  readonly vanishes: Uint8Array
  /** May say that nothing is wanted below a cell where the states of all units before unit `units` of a group are known. */
  isWanted: ((group: GroupPlan, units: number, cell: Cell) => boolean) | null = null
  readonly #pool: { a: Cell; b: Cell }[] = []
  readonly #leaf: Leaf
  #isStopped = false

  constructor(plan: ProgramPlan, box: Box | null, leaf: Leaf) {
    this.plan = plan
    this.box = box
    this.path = new Path(plan)
    this.#leaf = leaf
    const { width } = this.path
    this.boxRow = plan.rows
    this.farRow = plan.rows + 2 * (width - 1)
    this.spareRow = this.farRow + 1
    const rows = this.farRow + 1
    this.rays = new Rays(width, rows + 1, (row) => this.exactRow(row))
    this.cells = new Cells(this.rays, rows)
    this.facets = new Facets(rows, this.cells.words)
    this.vanishes = new Uint8Array(rows)
  }

  /** @returns whether the walk came to its end. */
  run(): boolean {
    this.#isStopped = false
    this.#explore(0, 0, this.start(), 0)
    return !this.#isStopped
  }

  /** Ends the walk that is under way. */
  stop(): void {
    this.#isStopped = true
  }

  /** The whole box, or the half space w ≥ 0. */
  start(): Cell {
    const cell = emptyCell(this.cells.words)
    const { width } = this.path
    const inputs = width - 1
    this.rays.count = 0
    if (this.box === null) {
      const unit = (i: number) => Array.from({ length: width }, (_, j) => (i === j ? 1 : 0))
      for (let i = 0; i < inputs; i++) cell.lines.push(this.rays.add(unit(i)))
      this.cells.push(cell, this.rays.add(unit(inputs)))
      cell.lineZeros[this.farRow >> 5] |= 1 << (this.farRow & 31)
      return cell
    }
    const { lower, upper } = this.box
    for (let corner = 0; corner < 2 ** inputs; corner++) {
      const isUpper = (i: number) => ((corner >> i) & 1) === 1
      const at = this.cells.push(
        cell,
        this.rays.add([...lower.map((lo, i) => (isUpper(i) ? upper[i] : lo)), 1]),
      )
      for (let i = 0; i < inputs; i++) {
        const row = this.boxRow + 2 * i + (isUpper(i) ? 1 : 0)
        cell.zeros[at * this.cells.words + (row >> 5)] |= 1 << (row & 31)
      }
    }
    return cell
  }

  /** The cell of given states of all units, or `null` where it has no interior. Afterwards the path is that of these states. */
  cellOf(states: ArrayLike<number>): Cell | null {
    const { groups } = this.plan
    const { path, cells } = this
    path.states.set(states)
    let cell = this.start()
    let spare = emptyCell(cells.words)
    const keep = (row: number, wanted: 1 | -1): boolean => {
      const side = cells.side(cell, row)
      this.vanishes[row] = side === 0 ? 1 : 0
      if (side === CUT) {
        cells.cut(cell, row, wanted > 0 ? spare : null, wanted > 0 ? null : spare)
        ;[cell, spare] = [spare, cell]
        return true
      }
      if (side !== 0) cells.touch(cell, row)
      return side !== -wanted
    }
    for (const group of groups) {
      this.enter(group)
      for (let u = 0; u < group.units; u++) {
        const state = states[group.firstUnit + u]
        if (group.kind === 'sign') {
          if (!keep(group.firstRow + u, state === 1 ? 1 : -1)) return null
          if (state === 1 && this.vanishes[group.firstRow + u] === 1) return null
          continue
        }
        for (let m = 0; m < group.states; m++) {
          if (m === state || group.places![u * group.states + m] < 0) continue
          const row = this.candidateRow(group, u, state, m)
          if (!keep(row, 1)) return null
          if (m < state && this.vanishes[row] === 1) return null
        }
      }
    }
    path.finish()
    return cell
  }

  /** How the plan's mark lies to a cell of the present path. Needs the states of all units. */
  markSide(cell: Cell): Side {
    const mark = this.plan.mark!
    this.enter(mark)
    return this.cells.side(cell, mark.firstRow)
  }

  /** Writes a point in the interior of a cell, or of the facet that a row is 0 on. */
  interiorPoint(cell: Cell, to: Float64Array, at: number, facet = -1): void {
    const { width, values } = this.rays
    let weight = 0
    for (let j = at; j < at + width - 1; j++) to[j] = 0
    for (let k = 0; k < cell.count; k++) {
      if (facet >= 0 && !this.#isOn(cell, k, facet)) continue
      const from = cell.rays[k] * width
      let most = 0
      for (let j = from; j < from + width; j++) most = Math.max(most, Math.abs(values[j]))
      // Points count alike, and so do directions, whatever their lengths.
      const isFar = this.isFar(cell, k)
      const share = 1 / (isFar ? most : values[from + width - 1])
      for (let j = 0; j < width - 1; j++) to[at + j] += share * values[from + j]
      if (!isFar) weight++
    }
    for (let j = at; j < at + width - 1; j++) to[j] /= weight
  }

  /** Whether a cell has no direction that goes to infinity. */
  isBounded(cell: Cell): boolean {
    if (this.box !== null) return true
    if (cell.lines.length > 0) return false
    for (let k = 0; k < cell.count; k++) if (this.isFar(cell, k)) return false
    return true
  }

  /** Whether w is 0 on a ray. */
  isFar(cell: Cell, k: number): boolean {
    return this.#isOn(cell, k, this.farRow)
  }

  #isOn({ zeros }: Cell, k: number, row: number): boolean {
    return ((zeros[k * this.cells.words + (row >> 5)] >>> (row & 31)) & 1) === 1
  }

  /** Makes the path that of given states, and finds the rows that vanish, without a cell. */
  follow(states: ArrayLike<number>): void {
    const { path, plan, vanishes } = this
    path.states.set(states)
    for (const group of plan.groups) {
      this.enter(group)
      const { kind, firstRow, firstUnit, units, places } = group
      for (let u = 0; u < units; u++) {
        if (kind === 'sign') vanishes[firstRow + u] = this.#isZero(firstRow + u) ? 1 : 0
        else
          for (let m = 0; m < group.states; m++) {
            if (m === states[firstUnit + u] || places![u * group.states + m] < 0) continue
            const row = this.candidateRow(group, u, states[firstUnit + u], m)
            vanishes[row] = this.#isZero(row) ? 1 : 0
          }
      }
    }
    path.finish()
  }

  #isZero(row: number): boolean {
    const { rows, rowErrors, width } = this.rays
    for (let j = row * width; j < (row + 1) * width; j++) if (Math.abs(rows[j]) > rowErrors[j]) return false
    return this.exactRow(row).every((x) => x === 0n)
  }

  enter(group: GroupPlan): void {
    this.path.enter(group)
    if (group.kind === 'sign') for (let u = 0; u < group.units; u++) this.#signRow(group, u)
  }

  #signRow(group: GroupPlan, u: number): void {
    const { width, forms, sizes, roundings } = this.path
    const { rows, rowErrors } = this.rays
    const [to, from] = [(group.firstRow + u) * width, u * width]
    const [form, size] = [forms[group.from], sizes[group.from]]
    const share = 1.01 * roundings[group.from] * ROUNDING
    for (let j = 0; j < width; j++) {
      rows[to + j] = form[from + j]
      rowErrors[to + j] = share * size[from + j]
    }
  }

  /** Makes the row that is ≥ 0 where candidate `state` of a unit is at least `other`. */
  candidateRow(group: GroupPlan, u: number, state: number, other: number): number {
    const { width, forms, sizes, roundings } = this.path
    const { rows, rowErrors } = this.rays
    const first = u * group.states
    const row = group.firstRow + first + other
    const [form, size] = [forms[group.from], sizes[group.from]]
    const [a, b] = [group.places![first + state] * width, group.places![first + other] * width]
    const share = 1.01 * (roundings[group.from] + 1) * ROUNDING
    for (let j = 0; j < width; j++) {
      rows[row * width + j] = form[a + j] - form[b + j]
      rowErrors[row * width + j] = share * (size[a + j] + size[b + j])
    }
    return row
  }

  /** The unit that a row belongs to. */
  unitOf(row: number): { readonly group: GroupPlan; readonly unit: number; readonly candidate: number } {
    const { groups } = this.plan
    let g = groups.length - 1
    while (g >= 0 && groups[g].firstRow > row) g--
    const group = this.plan.mark !== null && row >= this.plan.mark.firstRow ? this.plan.mark : groups[g]
    const at = row - group.firstRow
    if (group.kind === 'sign') return { group, unit: at, candidate: -1 }
    const unit = Math.floor(at / group.states)
    return { group, unit, candidate: at - unit * group.states }
  }

  exactRow(row: number): readonly bigint[] {
    const { states } = this.path
    if (row === this.spareRow) return this.spareForm()
    if (row >= this.boxRow) return this.#exactDomainRow(row)
    const { group, unit, candidate } = this.unitOf(row)
    return exactRowOf(this.path, group, unit, states[group.firstUnit + unit], candidate)
  }

  #exactDomainRow(row: number): readonly bigint[] {
    const { width } = this.path
    const form = new Array<number>(width).fill(0)
    if (row === this.farRow) form[width - 1] = 1
    else {
      const axis = (row - this.boxRow) >> 1
      const isUpper = ((row - this.boxRow) & 1) === 1
      form[axis] = isUpper ? -1 : 1
      form[width - 1] = isUpper ? this.box!.upper[axis] : -this.box!.lower[axis]
    }
    return wholesOf(form).whole
  }

  #explore(g: number, u: number, cell: Cell, depth: number): void {
    const { groups } = this.plan
    const { cells, path, vanishes } = this
    for (;;) {
      if (g === groups.length) {
        if (!this.#leaf(cell)) this.#isStopped = true
        return
      }
      const group = groups[g]
      if (u === 0) this.enter(group)
      if (this.isWanted !== null && !this.isWanted(group, u, cell)) return
      if (group.kind === 'largest') {
        if (group.units > 0) {
          this.#exploreLargest(group, u, cell, depth)
          return
        }
      } else
        for (; u < group.units; u++) {
          const row = group.firstRow + u
          const side = cells.side(cell, row)
          vanishes[row] = side === 0 ? 1 : 0
          if (side === CUT) {
            this.#explorePair(group, u, cell, depth)
            return
          }
          if (side !== 0) cells.touch(cell, row)
          path.states[group.firstUnit + u] = side === 1 ? 1 : 0
        }
      g++
      u = 0
    }
  }

  #explorePair(group: GroupPlan, u: number, cell: Cell, depth: number): void {
    const { rays, path } = this
    const before = rays.count
    const { a, b } = this.#poolAt(depth)
    this.cells.cut(cell, group.firstRow + u, a, b)
    const after = rays.count
    path.states[group.firstUnit + u] = 1
    this.#explore(group.index, u + 1, a, depth + 1)
    rays.count = after
    if (!this.#isStopped) {
      path.states[group.firstUnit + u] = 0
      this.#explore(group.index, u + 1, b, depth + 1)
    }
    rays.count = before
  }

  #exploreLargest(group: GroupPlan, u: number, cell: Cell, depth: number): void {
    const { rays, path, cells, vanishes } = this
    const before = rays.count
    const isLast = u + 1 === group.units
    for (let state = 0; state < group.states && !this.#isStopped; state++) {
      if (group.places![u * group.states + state] < 0) continue
      path.states[group.firstUnit + u] = state
      let { a: own, b: spare } = this.#poolAt(depth)
      cells.copy(cell, own)
      let hasInterior = true
      for (let m = 0; m < group.states && hasInterior; m++) {
        if (m === state || group.places![u * group.states + m] < 0) continue
        const row = this.candidateRow(group, u, state, m)
        const side = cells.side(own, row)
        vanishes[row] = side === 0 ? 1 : 0
        if (side === CUT) {
          cells.cut(own, row, spare, null)
          ;[own, spare] = [spare, own]
        } else if (side === 0) hasInterior = m > state
        else if (side === 1) cells.touch(own, row)
        else hasInterior = false
      }
      if (hasInterior)
        this.#explore(isLast ? group.index + 1 : group.index, isLast ? 0 : u + 1, own, depth + 1)
      rays.count = before
    }
  }

  #poolAt(depth: number): { a: Cell; b: Cell } {
    while (this.#pool.length <= depth)
      this.#pool.push({ a: emptyCell(this.cells.words), b: emptyCell(this.cells.words) })
    return this.#pool[depth]
  }
}

/** The exact form of a sign unit, or of what candidate `state` is above another one. */
export function exactRowOf(
  path: Path,
  group: GroupPlan,
  unit: number,
  state: number,
  candidate: number,
): readonly bigint[] {
  if (group.kind === 'largest') {
    const first = unit * group.states
    const own = path.exactForm(group.from, group.places![first + state])
    const other = path.exactForm(group.from, group.places![first + candidate])
    return own.map((x, j) => x - other[j])
  }
  return path.exactForm(group.from, unit)
}
