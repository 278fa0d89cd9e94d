import { type ExactProgram, type ExactRun, type Lanes, lanesOf } from '../exact/exact-run.ts'
import { quotient, shifted, signOf, wholesOf } from '../exact/wholes.ts'
import { COORDINATE_ERROR } from './bounds.ts'
import { PackedCodes } from './codes.ts'
import type { Core } from './core.ts'
import { type ExactPoint, exactPoint } from './exact-points.ts'
import type { WindowOfPlane } from './window.ts'

/** Number i of the level's, less number j where that is not -1: what is 0 on a wall. */
export interface Cutter {
  readonly level: number
  readonly i: number
  readonly j: number
}

/** How each vertex came to be: on the edge of which wall, by which cutter, in which face, and where it seems to be; and the codes of the faces. */
export interface Origins {
  readonly on: Int32Array
  readonly by: Int32Array
  readonly in: Int32Array
  readonly s: Float64Array
  readonly t: Float64Array
  readonly codes: Int32Array
}

/** How many regions and points are kept: what is asked for again lies near. */
const KEPT = 64

/** Decides what floats cannot, in rational arithmetic. */
export class Settler {
  /** How many vertices were settled, and pairs compared. */
  count = 0
  readonly #exact: ExactProgram
  readonly #window: WindowOfPlane
  readonly #basis: Lanes
  readonly #core: Core
  readonly #regions = new Map<string, ExactRun>()
  readonly #points = new Map<number, ExactRun>()
  #origins: Origins | null = null

  constructor(exact: ExactProgram, window: WindowOfPlane, core: Core) {
    this.#exact = exact
    this.#window = window
    this.#basis = lanesOf([window.u, window.v, window.origin])
    this.#core = core
  }

  /** Writes the sign, or the mask, of a unit of a level at a vertex. */
  settle(level: number, v: number, unit: number): void {
    this.count++
    const { step } = this.#core.levels[level]
    const run = this.#at(v)
    const at = (this.#core.field(level, 'SIGN') + v * this.#core.field(level, 'SIGN_BYTES')) / 4
    const { i32 } = this.#core.arena
    if (step.kind === 'sign') {
      const words = this.#core.field(level, 'WORDS')
      const [word, bit] = [at + (unit >> 5), 1 << (unit & 31)]
      const sign = signOf(run.number(step.from, unit)[0])
      i32[word] &= ~bit
      i32[word + words] &= ~bit
      if (sign !== 0) i32[sign > 0 ? word : word + words] |= bit
      return
    }
    const { places, states } = step
    const maskWords = this.#core.field(level, 'MASK_WORDS')
    const from = at + unit * maskWords
    i32.fill(0, from, from + maskWords)
    const own = places.subarray(unit * states, (unit + 1) * states)
    const values = Array.from(own, (place) => (place < 0 ? null : run.number(step.from, place)[0]))
    let most: bigint | null = null
    for (const value of values) if (value !== null && (most === null || value > most)) most = value
    for (const [c, value] of values.entries()) if (value === most) i32[from + (c >> 5)] |= 1 << (c & 31)
  }

  /** The sign of number i less number j of a level at a vertex. */
  compare(level: number, v: number, i: number, j: number): number {
    this.count++
    const run = this.#at(v)
    const { from } = this.#core.levels[level].step
    return signOf(run.number(from, i)[0] - run.number(from, j)[0])
  }

  /** Puts a vertex where it is nearest to its true place, on the edge that it was made on. */
  refine(v: number): void {
    const core = this.#core
    const [S, T, W] = this.point(v)
    const [s, t] = [quotient(S, W), quotient(T, W)]
    const ends = [core.vertexInt('EA', v), core.vertexInt('EB', v)]
    const [a, b] = ends.map((end) => [core.vertexFloat('S', end), core.vertexFloat('T', end)])
    const [ds, dt] = [b[0] - a[0], b[1] - a[1]]
    const along = ((s - a[0]) * ds + (t - a[1]) * dt) / (ds * ds + dt * dt)
    if (!Number.isFinite(along)) return
    const tau = Math.min(1, Math.max(0, along))
    const at = [(1 - tau) * a[0] + tau * b[0], (1 - tau) * a[1] + tau * b[1]]
    const scale = Math.abs(at[0]) + Math.abs(at[1]) + Math.abs(ds) + Math.abs(dt)
    const rho = Math.hypot(at[0] - s, at[1] - t) + COORDINATE_ERROR * scale
    if (rho < core.vertexFloat('RHO', v)) core.place(v, tau, at[0], at[1], rho)
  }

  /** Keeps what it needs: the core may be released then. */
  keep(): void {
    const core = this.#core
    this.#origins = {
      on: core.vertexInts('ON'),
      by: core.vertexInts('BY'),
      in: core.vertexInts('IN'),
      s: core.vertexFloats('S'),
      t: core.vertexFloats('T'),
      codes: core.codes.slice(),
    }
  }

  /** Where a vertex is. */
  point(v: number): ExactPoint {
    const kept = this.#origins
    const core = this.#core
    const by = kept === null ? core.vertexInt('BY', v) : kept.by[v]
    if (by < 0) {
      const s = kept === null ? core.vertexFloat('S', v) : kept.s[v]
      return exactPoint(s, kept === null ? core.vertexFloat('T', v) : kept.t[v])
    }
    const face = kept === null ? core.vertexInt('IN', v) : kept.in[v]
    const [a, b, c] = this.#line(kept === null ? core.vertexInt('ON', v) : kept.on[v], face)
    const [d, e, f] = this.#line(by, face)
    const [S, T, W] = [b * f - c * e, c * d - a * f, a * e - b * d]
    return W > 0n ? [S, T, W] : [-S, -T, -W]
  }

  /** The line a s + b t + c = 0 of a wall, as it is in a face. */
  #line(wall: number, face: number): readonly [bigint, bigint, bigint] {
    if (wall < 0) {
      const { s, t } = this.#window
      const isRow = wall === -1 || wall === -3
      const value = isRow ? t[wall === -1 ? 0 : 1] : s[wall === -2 ? 1 : 0]
      const { whole } = wholesOf([1, value])
      return isRow ? [0n, whole[0], -whole[1]] : [whole[0], 0n, -whole[1]]
    }
    const { level, i, j } = this.#core.cutterOf(wall)
    const run = this.#region(face, level)
    const { from } = this.#core.levels[level].step
    const [a, b, c] = run.number(from, i)
    if (j < 0) return [a, b, c]
    const [d, e, f] = run.number(from, j)
    return [a - d, b - e, c - f]
  }

  /** The program on the region of a face, as far as a level's numbers. */
  #region(face: number, level: number): ExactRun {
    const { words, groups, levels } = this.#core
    const codes = this.#origins?.codes ?? this.#core.codes
    const code = codes.subarray(words * face, words * (face + 1))
    const known = levels.slice(0, level)
    const end = known.reduce((most, { step }) => {
      const { from, planes, units } = groups[step.group]
      return Math.max(most, from + planes * Math.ceil(units / 32))
    }, 0)
    const key = `${level} ${code.subarray(0, end).join()}`
    return kept(this.#regions, key, () => {
      const packed = new PackedCodes({ code: codes, words, groups })
      return this.#exact.on(packed.statesOf(face), this.#basis)
    })
  }

  /** The program at a vertex. */
  #at(v: number): ExactRun {
    return kept(this.#points, v, () => {
      const [S, T, W] = this.point(v)
      const { lanes, exponent } = this.#basis
      const whole = lanes[0].map((ui, i) => ui * S + lanes[1][i] * T + lanes[2][i] * W)
      // The weight has to be in the units of the numbers.
      const up = Math.max(0, exponent)
      return this.#exact.at(
        { whole: whole.map((x) => shifted(x, up)), exponent: exponent - up },
        shifted(W, up - exponent),
      )
    })
  }
}

function kept<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  let known = map.get(key)
  if (known === undefined) {
    known = make()
    if (map.size >= KEPT) map.delete(map.keys().next().value as K)
    map.set(key, known)
  }
  return known
}
