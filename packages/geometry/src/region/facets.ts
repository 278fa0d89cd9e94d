import { type Cell, popcount } from './cell.ts'

/**
 * The facets of a cell: sets of rows, those of one set being 0 on the same facet. A face that is no facet lies in one, so that the facets are the rows with a
 * largest set of rays; nothing is computed but bits.
 */
export class Facets {
  /** Of the last `find`. */
  count = 0
  /** The rows of facet f stand from `start[f]` up to `start[f + 1]`. */
  readonly start: number[] = [0]
  readonly rows: number[] = []
  /** A place in the cell of a ray that does not lie on facet f. */
  readonly off: number[] = []
  readonly #words: number
  #masks = new Int32Array(0)
  readonly #isActive: Uint8Array
  readonly #active: number[] = []
  readonly #sizes: Int32Array

  constructor(rows: number, words: number) {
    this.#words = words
    this.#isActive = new Uint8Array(rows)
    this.#sizes = new Int32Array(rows)
  }

  /** @param width of the cell's rays */
  find(cell: Cell, width: number): void {
    const { count } = cell
    const places = (count + 31) >> 5
    if (this.#masks.length < this.#isActive.length * places)
      this.#masks = new Int32Array(this.#isActive.length * places)
    this.#collect(cell, places)
    this.#keepLarge(width - cell.lines.length - 1, places)
    const [masks, active, sizes] = [this.#masks, this.#active, this.#sizes]
    this.count = 0
    this.rows.length = 0
    for (let a = 0; a < active.length; a++) {
      const row = active[a]
      let isFacet = true
      for (let b = 0; b < active.length && isFacet; b++) {
        const other = active[b]
        // Equal sets are one facet, which the first of them stands for.
        if (a === b || sizes[other] < sizes[row] || (sizes[other] === sizes[row] && b > a)) continue
        if (isWithin(masks, row * places, other * places, places)) isFacet = false
      }
      if (!isFacet) continue
      this.start[this.count] = this.rows.length
      this.off[this.count] = firstMissing(masks, row * places)
      this.rows.push(row)
      for (let b = a + 1; b < active.length; b++)
        if (sizes[active[b]] === sizes[row] && isWithin(masks, row * places, active[b] * places, places))
          this.rows.push(active[b])
      this.start[++this.count] = this.rows.length
    }
  }

  rowsOf(facet: number): number[] {
    return this.rows.slice(this.start[facet], this.start[facet + 1])
  }

  #collect({ count, zeros }: Cell, places: number): void {
    const words = this.#words
    const [masks, isActive, active] = [this.#masks, this.#isActive, this.#active]
    active.length = 0
    for (let k = 0; k < count; k++)
      for (let w = 0; w < words; w++)
        for (let bits = zeros[k * words + w]; bits !== 0; bits &= bits - 1) {
          const row = w * 32 + 31 - Math.clz32(bits & -bits)
          if (isActive[row] === 0) {
            isActive[row] = 1
            active.push(row)
            for (let p = 0; p < places; p++) masks[row * places + p] = 0
          }
          masks[row * places + (k >> 5)] |= 1 << (k & 31)
        }
    for (const row of active) isActive[row] = 0
  }

  /** A facet has at least as many rays as it has dimensions. */
  #keepLarge(least: number, places: number): void {
    const [masks, active, sizes] = [this.#masks, this.#active, this.#sizes]
    let kept = 0
    for (const row of active) {
      let size = 0
      for (let p = 0; p < places; p++) size += popcount(masks[row * places + p])
      sizes[row] = size
      if (size >= least) active[kept++] = row
    }
    active.length = kept
  }
}

function isWithin(masks: Int32Array, small: number, large: number, places: number): boolean {
  for (let p = 0; p < places; p++) if ((masks[small + p] & ~masks[large + p]) !== 0) return false
  return true
}

function firstMissing(masks: Int32Array, at: number): number {
  let p = 0
  while (masks[at + p] === -1) p++
  return p * 32 + 31 - Math.clz32(~masks[at + p] & (masks[at + p] + 1))
}
