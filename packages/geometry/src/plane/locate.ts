import type { Precision } from './corners.ts'
import { exactPoint, exactTurn } from './exact-points.ts'
import type { PlaneStructure } from './structure.ts'

/** How many faces there are for each cell of the grid that searches begin from. */
const FACES_A_CELL = 4

/** Finds the face that holds a point: from a face near it across walls that part them. */
export class Locator {
  readonly #structure: PlaneStructure
  readonly #precision: Precision
  readonly #isWhole: boolean
  readonly #side: number
  readonly #corner: readonly [s: number, t: number]
  readonly #scale: readonly [s: number, t: number]
  /** A face near each cell. */
  readonly #near: Int32Array
  #random = 1

  /** @param isWhole whether the faces fill a convex window, so that there is nothing behind its edge */
  constructor(structure: PlaneStructure, precision: Precision, isWhole: boolean) {
    this.#structure = structure
    this.#precision = precision
    this.#isWhole = isWhole
    this.#side = Math.max(1, Math.ceil(Math.sqrt(structure.faces / FACES_A_CELL)))
    const [s, t] = [rangeOf(structure.s, structure.vertices), rangeOf(structure.t, structure.vertices)]
    this.#corner = [s[0], t[0]]
    this.#scale = [this.#side / (s[1] - s[0]), this.#side / (t[1] - t[0])]
    this.#near = this.#facesNear()
  }

  /** −1 where no face holds the point. */
  at(s: number, t: number): number {
    const { faces, next, twin, face, first } = this.#structure
    // A search that ended before its first region has none to begin from.
    if (faces === 0 || !Number.isFinite(s) || !Number.isFinite(t)) return -1
    let start = first[this.#near[this.#cell(s, t)]]
    for (let step = 0; step < 2 * faces + 64; step++) {
      let h = start
      do {
        if (this.#isRight(h, s, t)) break
        h = next[h]
      } while (h !== start)
      if (h === start && !this.#isRight(h, s, t)) return face[h]
      if (face[twin[h]] < 0) return this.#isWhole ? -1 : this.#search(s, t)
      // Which wall is tried first is drawn: the same order every time could lead around a circle.
      start = twin[h]
      this.#random = (Math.imul(this.#random, 1664525) + 1013904223) | 0
      for (let turns = (this.#random >>> 16) & 3; turns > 0; turns--) start = next[start]
    }
    return this.#search(s, t)
  }

  #search(s: number, t: number): number {
    const { faces, next, first } = this.#structure
    for (let f = 0; f < faces; f++) {
      let h = first[f]
      do {
        if (this.#isRight(h, s, t)) break
        h = next[h]
      } while (h !== first[f])
      if (h === first[f] && !this.#isRight(h, s, t)) return f
    }
    return -1
  }

  /** Whether the point lies strictly on the right of a half-edge, outside of its face. */
  #isRight(h: number, s: number, t: number): boolean {
    const { s: S, t: T, origin, next } = this.#structure
    const { errors, exactVertex } = this.#precision
    const [a, b] = [origin[h], origin[next[h]]]
    const [ds, dt, ps, pt] = [S[b] - S[a], T[b] - T[a], s - S[a], t - T[a]]
    const turn = ds * pt - dt * ps
    const off = errors[a] + errors[b]
    const sizes = (Math.abs(ds) + Math.abs(dt)) * errors[a] + (Math.abs(ps) + Math.abs(pt)) * off
    const rounding = 2 ** -50 * (Math.abs(ds * pt) + Math.abs(dt * ps))
    const uncertainty = sizes + 2 * off * errors[a] + rounding + Number.MIN_VALUE
    if (Math.abs(turn) > uncertainty || exactVertex === null) return turn < 0
    return exactTurn(exactVertex(a), exactVertex(b), exactPoint(s, t)) < 0
  }

  #cell(s: number, t: number): number {
    const last = this.#side - 1
    const [i, j] = [(s - this.#corner[0]) * this.#scale[0], (t - this.#corner[1]) * this.#scale[1]]
    const within = (x: number) => Math.min(last, Math.max(0, Math.floor(x)))
    return within(j) * this.#side + within(i)
  }

  #facesNear(): Int32Array {
    const { halfEdges, s, t, origin, face } = this.#structure
    const near = new Int32Array(this.#side ** 2).fill(-1)
    for (let h = 0; h < halfEdges; h++)
      if (face[h] >= 0) near[this.#cell(s[origin[h]], t[origin[h]])] = face[h]
    let last = 0
    for (let i = 0; i < near.length; i++) near[i] < 0 ? (near[i] = last) : (last = near[i])
    return near
  }
}

function rangeOf(x: Float64Array, count: number): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    low = Math.min(low, x[i])
    high = Math.max(high, x[i])
  }
  return [low, high]
}
