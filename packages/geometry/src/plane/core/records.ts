import type { Arena } from './arena.ts'
import type { Kernels } from './kernels.ts'
import {
  EDGE_BYTES,
  type EdgeInt,
  edgeAt,
  VERTEX_BYTES,
  type VertexFloat,
  type VertexInt,
  vertexAt,
} from './layout.ts'
import type { WindowOfPlane } from './window.ts'

/** Binary digits with room for others between them. */
const spreadDigits = Int32Array.from({ length: 32 }, (_, x) =>
  [0, 1, 2, 3, 4].reduce((spread, bit) => spread | (((x >> bit) & 1) << (2 * bit)), 0),
)

/** What is known of vertices and half-edges. */
export class Records {
  readonly #arena: Arena
  readonly #kernels: Kernels

  constructor(arena: Arena) {
    this.#arena = arena
    this.#kernels = arena.kernels
  }

  /** The window: four vertices, eight half-edges (odd ones outside). Walls below 0 are its sides. */
  startWindow({ s, t }: WindowOfPlane): void {
    const { i32, f64 } = this.#arena
    const [vertices, edges] = [this.#at('VERTICES'), this.#at('EDGES')]
    i32.fill(0, vertices / 4, (vertices + 4 * VERTEX_BYTES) / 4)
    for (let v = 0; v < 4; v++) {
      const at = vertices + VERTEX_BYTES * v
      f64[(at + vertexAt.S) / 8] = s[v === 1 || v === 2 ? 1 : 0]
      f64[(at + vertexAt.T) / 8] = t[v >= 2 ? 1 : 0]
      for (const name of ['ON', 'BY', 'AT'] as const) i32[(at + vertexAt[name]) / 4] = -1
    }
    const window = {
      ORIGIN: [0, 1, 1, 2, 2, 3, 3, 0],
      NEXT: [2, 7, 4, 1, 6, 3, 0, 5],
      TWIN: [1, 0, 3, 2, 5, 4, 7, 6],
      WALL: [-1, -1, -2, -2, -3, -3, -4, -4],
      FACE: [0, -1, 0, -1, 0, -1, 0, -1],
    }
    for (let h = 0; h < 8; h++) {
      const at = edges + EDGE_BYTES * h
      for (const name of Object.keys(window) as EdgeInt[]) i32[(at + edgeAt[name]) / 4] = window[name][h]
      f64[(at + edgeAt.ETA) / 8] = 0
    }
  }

  vertexInt(name: VertexInt, v: number): number {
    return this.#arena.i32[(this.#at('VERTICES') + VERTEX_BYTES * v + vertexAt[name]) / 4]
  }

  vertexFloat(name: VertexFloat, v: number): number {
    return this.#arena.f64[(this.#at('VERTICES') + VERTEX_BYTES * v + vertexAt[name]) / 8]
  }

  edgeInt(name: EdgeInt, h: number): number {
    return this.#arena.i32[(this.#at('EDGES') + EDGE_BYTES * h + edgeAt[name]) / 4]
  }

  /** Puts a vertex elsewhere on the edge that it was made on. */
  place(v: number, tau: number, s: number, t: number, rho: number): void {
    const at = (this.#at('VERTICES') + VERTEX_BYTES * v) / 8
    const { f64 } = this.#arena
    f64[at + vertexAt.TAU / 8] = tau
    f64[at + vertexAt.S / 8] = s
    f64[at + vertexAt.T / 8] = t
    f64[at + vertexAt.RHO / 8] = rho
  }

  /** Copies. */
  vertexInts(name: VertexInt): Int32Array {
    return this.#ints('VERTICES', VERTEX_BYTES, vertexAt[name], this.#kernels.V.value)
  }

  vertexFloats(name: VertexFloat): Float64Array {
    const { f64 } = this.#arena
    const copy = new Float64Array(this.#kernels.V.value)
    let at = (this.#at('VERTICES') + vertexAt[name]) / 8
    for (let v = 0; v < copy.length; v++, at += VERTEX_BYTES / 8) copy[v] = f64[at]
    return copy
  }

  /** Copies of all that is known of half-edges. @param units the unit of each cutter */
  edges(units: Int32Array) {
    const { i32 } = this.#arena
    const count = this.#kernels.H.value
    const [next, origin, twin] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
    const [wall, face] = [new Int32Array(count), new Int32Array(count)]
    let at = this.#at('EDGES') / 4
    for (let h = 0; h < count; h++, at += EDGE_BYTES / 4) {
      next[h] = i32[at + edgeAt.NEXT / 4]
      origin[h] = i32[at + edgeAt.ORIGIN / 4]
      twin[h] = i32[at + edgeAt.TWIN / 4]
      const cutter = i32[at + edgeAt.WALL / 4]
      wall[h] = cutter < 0 ? -1 : units[cutter]
      face[h] = i32[at + edgeAt.FACE / 4]
    }
    return { next, origin, twin, wall, face }
  }

  #ints(array: 'VERTICES' | 'EDGES', bytes: number, offset: number, count: number): Int32Array {
    const { i32 } = this.#arena
    const copy = new Int32Array(count)
    let at = (this.#at(array) + offset) / 4
    for (let i = 0; i < count; i++, at += bytes / 4) copy[i] = i32[at]
    return copy
  }

  /**
   * Sorts faces so that neighbours stand near each other: the window has 1,024 cells, in the order of their interleaved binary digits.
   * @param firsts a half-edge of each face
   */
  sortByPlace(faces: Int32Array, firsts: Int32Array): void {
    const { i32, f64 } = this.#arena
    const vertices = this.#at('VERTICES') / 8
    const origins = (this.#at('EDGES') + edgeAt.ORIGIN) / 4
    const [wide, high] = [VERTEX_BYTES / 8, vertexAt.T / 8]
    const [s0, t0] = [f64[vertices], f64[vertices + high]]
    const across = 32 / (f64[vertices + 2 * wide] - s0)
    const up = 32 / (f64[vertices + 2 * wide + high] - t0)
    const cell = new Int32Array(faces.length)
    const from = new Int32Array(1025)
    for (let i = 0; i < faces.length; i++) {
      const at = vertices + wide * i32[origins + (EDGE_BYTES / 4) * firsts[faces[i]]]
      const column = Math.max(0, Math.min(31, Math.floor(across * (f64[at] - s0))))
      const row = Math.max(0, Math.min(31, Math.floor(up * (f64[at + high] - t0))))
      cell[i] = spreadDigits[column] + 2 * spreadDigits[row]
      from[cell[i] + 1]++
    }
    for (let c = 0; c < 1024; c++) from[c + 1] += from[c]
    const sorted = new Int32Array(faces.length)
    for (let i = 0; i < faces.length; i++) sorted[from[cell[i]]++] = faces[i]
    faces.set(sorted)
  }

  #at(array: 'VERTICES' | 'EDGES'): number {
    return this.#kernels[array].value >>> 0
  }
}
