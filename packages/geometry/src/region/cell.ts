import type { Rays } from './rays.ts'

/**
 * A polyhedral cone by its rays and, while it holds whole lines, those; with every ray the rows that are 0 on it, one bit each. Rows that
 * are 0 on the whole cone have no bits.
 */
export interface Cell {
  count: number
  rays: Int32Array
  /** [count × words] */
  zeros: Int32Array
  lines: number[]
  /** The rows that do not vanish, of those looked at: all are 0 on the lines. */
  readonly lineZeros: Int32Array
}

export const emptyCell = (words: number): Cell => ({
  count: 0,
  rays: new Int32Array(64),
  zeros: new Int32Array(64 * words),
  lines: [],
  lineZeros: new Int32Array(words),
})

/** How a row lies to a cell: 1 where it is ≥ 0, −1 where it is ≤ 0, 0 where it vanishes, 2 where it has both signs. */
export type Side = -1 | 0 | 1 | 2

export const CUT: Side = 2

/** What is done with cells: they are looked at from both sides of a row, and cut. */
export class Cells {
  readonly words: number
  readonly #rays: Rays
  readonly #width: number
  #signs = new Int8Array(64)
  #values = new Float64Array(64)
  #bounds = new Float64Array(64)
  #line = -1
  #lineSign = 0

  constructor(rays: Rays, rows: number) {
    this.#rays = rays
    this.#width = rays.width
    this.words = (rows + 31) >> 5
  }

  push(cell: Cell, ray: number): number {
    const { words } = this
    if (cell.count === cell.rays.length) {
      const [rays, zeros] = [cell.rays, cell.zeros]
      cell.rays = new Int32Array(rays.length * 2)
      cell.rays.set(rays)
      cell.zeros = new Int32Array(zeros.length * 2)
      cell.zeros.set(zeros)
    }
    const k = cell.count++
    cell.rays[k] = ray
    cell.zeros.fill(0, k * words, (k + 1) * words)
    return k
  }

  copy(from: Cell, to: Cell): void {
    to.count = 0
    for (let k = 0; k < from.count; k++) this.#take(to, from, k)
    this.#takeLines(to, from, from.lines)
  }

  /** Looks at a cell from a row; {@link cut}, {@link keep} and {@link touch} then refer to it. */
  side(cell: Cell, row: number): Side {
    const rays = this.#rays
    this.#line = -1
    if (cell.lines.length > 0) {
      let most = 0
      for (const [k, line] of cell.lines.entries()) {
        const sign = rays.sign(row, line)
        if (sign === 0) continue
        const size = Math.abs(rays.value)
        if (this.#line >= 0 && size <= most) continue
        ;[most, this.#line, this.#lineSign] = [size, k, sign]
      }
      if (this.#line >= 0) return CUT
    }
    const { count } = cell
    if (count > this.#signs.length) {
      this.#signs = new Int8Array(count * 2)
      this.#values = new Float64Array(count * 2)
      this.#bounds = new Float64Array(count * 2)
    }
    const signs = this.#signs
    let [up, down] = [false, false]
    for (let k = 0; k < count; k++) {
      const sign = rays.sign(row, cell.rays[k])
      signs[k] = sign
      this.#values[k] = rays.value
      this.#bounds[k] = rays.bound
      if (sign > 0) up = true
      else if (sign < 0) down = true
    }
    return up ? (down ? CUT : 1) : down ? -1 : 0
  }

  /** Notes where a row that does not cut the cell is 0. */
  touch(cell: Cell, row: number): void {
    const [word, bit] = [row >> 5, 1 << (row & 31)]
    for (let k = 0; k < cell.count; k++) if (this.#signs[k] === 0) cell.zeros[k * this.words + word] |= bit
    cell.lineZeros[word] |= bit
  }

  /** Where the cell is cut: the part with row ≥ 0 goes to `above`, that with row ≤ 0 to `below`; `null` for a part that nobody wants. */
  cut(cell: Cell, row: number, above: Cell | null, below: Cell | null): void {
    if (above !== null) above.count = 0
    if (below !== null) below.count = 0
    if (this.#line >= 0) this.#cutLines(cell, row, above, below)
    else this.#cutRays(cell, row, above, below)
  }

  #cutLines(cell: Cell, row: number, above: Cell | null, below: Cell | null): void {
    const { words } = this
    const rays = this.#rays
    const [word, bit] = [row >> 5, 1 << (row & 31)]
    const line = cell.lines[this.#line]
    const lines = cell.lines.filter((other) => other !== line).map((other) => rays.along(other, line, row))
    const moved = Array.from(cell.rays.subarray(0, cell.count), (ray) => rays.along(ray, line, row))
    const back = rays.opposite(line)
    const [up, down] = this.#lineSign > 0 ? [line, back] : [back, line]
    for (const [to, end] of [
      [above, up],
      [below, down],
    ] as const) {
      if (to === null) continue
      this.#takeLines(to, cell, lines)
      to.lineZeros[word] |= bit
      for (let k = 0; k < moved.length; k++) {
        const at = this.push(to, moved[k])
        for (let w = 0; w < words; w++) to.zeros[at * words + w] = cell.zeros[k * words + w]
        to.zeros[at * words + word] |= bit
      }
      const at = this.push(to, end)
      for (let w = 0; w < words; w++) to.zeros[at * words + w] = cell.lineZeros[w]
    }
  }

  #cutRays(cell: Cell, row: number, above: Cell | null, below: Cell | null): void {
    const { words } = this
    const rays = this.#rays
    const signs = this.#signs
    const [word, bit] = [row >> 5, 1 << (row & 31)]
    const { count, zeros } = cell
    for (const to of [above, below])
      if (to !== null) {
        this.#takeLines(to, cell, cell.lines)
        to.lineZeros[word] |= bit
      }
    for (let k = 0; k < count; k++) {
      if (signs[k] >= 0 && above !== null) {
        const at = this.#take(above, cell, k)
        if (signs[k] === 0) above.zeros[at * words + word] |= bit
      }
      if (signs[k] <= 0 && below !== null) {
        const at = this.#take(below, cell, k)
        if (signs[k] === 0) below.zeros[at * words + word] |= bit
      }
    }
    const least = this.#width - cell.lines.length - 2
    for (let p = 0; p < count; p++) {
      if (signs[p] <= 0) continue
      const isSimple = this.#bits(zeros, p) === least + 1
      for (let n = 0; n < count; n++) {
        if (signs[n] >= 0) continue
        let common = 0
        for (let w = 0; w < words; w++) common += popcount(zeros[p * words + w] & zeros[n * words + w])
        if (common < least) continue
        if (!(isSimple && common === least) && !this.#isEdge(cell, p, n)) continue
        const ray = rays.between(
          cell.rays[p],
          cell.rays[n],
          row,
          this.#values[p],
          this.#bounds[p],
          this.#values[n],
          this.#bounds[n],
        )
        for (const to of [above, below]) {
          if (to === null) continue
          const at = this.push(to, ray)
          for (let w = 0; w < words; w++)
            to.zeros[at * words + w] = zeros[p * words + w] & zeros[n * words + w]
          to.zeros[at * words + word] |= bit
        }
      }
    }
  }

  /** Whether no other ray lies on all rows that both lie on. */
  #isEdge({ count, zeros }: Cell, p: number, n: number): boolean {
    const { words } = this
    for (let k = 0; k < count; k++) {
      if (k === p || k === n) continue
      let isOn = true
      for (let w = 0; w < words && isOn; w++) {
        const both = zeros[p * words + w] & zeros[n * words + w]
        isOn = (zeros[k * words + w] & both) === both
      }
      if (isOn) return false
    }
    return true
  }

  #bits(zeros: Int32Array, k: number): number {
    let bits = 0
    for (let w = k * this.words; w < (k + 1) * this.words; w++) bits += popcount(zeros[w])
    return bits
  }

  #takeLines(to: Cell, from: Cell, lines: readonly number[]): void {
    to.lines.length = 0
    for (const line of lines) to.lines.push(line)
    to.lineZeros.set(from.lineZeros)
  }

  #take(to: Cell, from: Cell, k: number): number {
    const { words } = this
    const at = this.push(to, from.rays[k])
    for (let w = 0; w < words; w++) to.zeros[at * words + w] = from.zeros[k * words + w]
    return at
  }
}

export function popcount(x: number): number {
  let n = x - ((x >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
