import { type ExactProgram, type ExactRun, type Lanes, lanesOf } from '../exact/exact-run.ts'
import { quotient, shifted, signOf, wholesOf } from '../exact/wholes.ts'
import { type Lazy, lazy } from '../numbers/lazy.ts'
import { type Bounded, BoundedRun } from '../program/bounded-run.ts'
import type { LargestStep, Slot } from '../program/program.ts'
import { COORDINATE_ERROR } from './bounds.ts'
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

/** How many regions of a level, and points, are kept: what is asked for again lies near. */
const KEPT = 64

/** A vertex at its exact place: the network there in floats, whose bounds know that place, and without rounding. */
interface Place {
  readonly near: BoundedRun
  readonly exact: Lazy<ExactRun>
}

/**
 * Decides what floats of a vertex cannot. Where the vertex lies is found in rational arithmetic. Where walls meet at a small angle that decides most: floats at the exact
 * place are off by their rounding alone (an autoencoder of MNIST with 1,546 units: all but a few of 40,000 signs, each of which is a product of long numbers). What
 * they leave open is decided in rational arithmetic too.
 */
export class Settler {
  /** How many vertices were settled, and pairs compared. */
  count = 0
  readonly #exact: ExactProgram
  readonly #window: WindowOfPlane
  readonly #basis: Lanes
  readonly #core: Core
  /** By levels. */
  readonly #regions: Map<string, ExactRun>[] = []
  readonly #places = new Map<number, Place>()
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
    const at = (this.#core.field(level, 'SIGN') + v * this.#core.field(level, 'SIGN_BYTES')) / 4
    if (step.kind === 'sign') {
      const words = this.#core.field(level, 'WORDS')
      const [word, bit] = [at + (unit >> 5), 1 << (unit & 31)]
      const sign = this.#sign(v, step.from, unit)
      const { i32 } = this.#core.arena
      i32[word] &= ~bit
      i32[word + words] &= ~bit
      if (sign !== 0) i32[sign > 0 ? word : word + words] |= bit
      return
    }
    const maskWords = this.#core.field(level, 'MASK_WORDS')
    const from = at + unit * maskWords
    const { i32 } = this.#core.arena
    i32.fill(0, from, from + maskWords)
    for (const c of this.#largest(v, step, unit)) i32[from + (c >> 5)] |= 1 << (c & 31)
  }

  /** The sign of number i less number j of a level at a vertex. */
  compare(level: number, v: number, i: number, j: number): number {
    this.count++
    return this.#sign(v, this.#core.levels[level].step.from, i, j)
  }

  /** The sign at a vertex of number i of a slot, less number j where that is not -1. */
  #sign(v: number, slot: Slot, i: number, j = -1): number {
    const { near, exact } = this.#at(v)
    const { value, error } = near.slot(slot)
    const [x, off] = j < 0 ? [value[i], error[i]] : [value[i] - value[j], 2 * (error[i] + error[j])]
    // Not "at most": a difference of infinities is no number. Of a difference the rounding is less than its bounds where it is not far above them.
    if (Math.abs(x) > off) return Math.sign(x)
    const run = exact()
    const other = j < 0 ? 0n : run.number(slot, j)[0]
    return signOf(run.number(slot, i)[0] - other)
  }

  /** The candidates of a unit that are the largest at a vertex. */
  #largest(v: number, { places, states, from }: LargestStep, unit: number): number[] {
    const { near, exact } = this.#at(v)
    const { value, error } = near.slot(from)
    const own = places.subarray(unit * states, (unit + 1) * states)
    const candidates = Array.from(own.keys()).filter((c) => own[c] >= 0)
    const best = candidates.reduce((b, c) => (value[own[c]] > value[own[b]] ? c : b))
    const isBelow = (c: number) => value[own[best]] - value[own[c]] > 2 * (error[own[best]] + error[own[c]])
    const open = candidates.filter((c) => !isBelow(c))
    if (open.length === 1) return open
    const run = exact()
    const numbers = open.map((c) => run.number(from, own[c])[0])
    let most = numbers[0]
    for (const x of numbers) if (x > most) most = x
    return open.filter((_, n) => numbers[n] === most)
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

  /** The program on the region of a face, as far as a level's numbers: those of the levels before are shared by all faces with the same states there. */
  #region(face: number, level: number): ExactRun {
    const { words, groups } = this.#core
    const codes = this.#origins?.codes ?? this.#core.codes
    const code = codes.subarray(words * face, words * (face + 1))
    return this.#onRegion(
      code,
      lazy(() => statesOf(code, groups)),
      level,
    )
  }

  #onRegion(code: Int32Array, states: Lazy<Int32Array>, level: number): ExactRun {
    const { groups, levels } = this.#core
    const end = levels.slice(0, level).reduce((most, { step }) => {
      const { from, planes, units } = groups[step.group]
      return Math.max(most, from + planes * Math.ceil(units / 32))
    }, 0)
    this.#regions[level] ??= new Map()
    return kept(this.#regions[level], code.subarray(0, end).join(), () => {
      const like =
        level === 0
          ? undefined
          : { run: this.#onRegion(code, states, level - 1), upTo: levels[level - 1].step.from }
      return this.#exact.on(states(), this.#basis, like)
    })
  }

  /** The program at a vertex. */
  #at(v: number): Place {
    return kept(this.#places, v, () => {
      const [S, T, W] = this.point(v)
      return {
        near: new BoundedRun(this.#exact.program, this.#near(quotient(S, W), quotient(T, W))),
        exact: lazy(() => {
          const { lanes, exponent } = this.#basis
          const whole = lanes[0].map((ui, i) => ui * S + lanes[1][i] * T + lanes[2][i] * W)
          // The weight has to be in the units of the numbers.
          const up = Math.max(0, exponent)
          return this.#exact.at(
            { whole: whole.map((x) => shifted(x, up)), exponent: exponent - up },
            shifted(W, up - exponent),
          )
        }),
      }
    })
  }

  /** The inputs where s and t are rounded to floats. */
  #near(s: number, t: number): Bounded {
    const { u, v, origin } = this.#window
    const value = Float64Array.from(u, (ui, i) => origin[i] + s * ui + t * v[i])
    const error = value.map((_, i) => {
      const [along, across] = [Math.abs(u[i]), Math.abs(v[i])]
      const size = Math.abs(origin[i]) + Math.abs(s) * along + Math.abs(t) * across
      return size === 0 ? 0 : 8 * 2 ** -53 * size + (along + across + 1) * 2 ** -1070
    })
    return { value, error }
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

/** The states of all units, group after group, of a code packed in planes. */
export function statesOf(
  code: Int32Array,
  groups: readonly { units: number; from: number; planes: number }[],
): Int32Array {
  const states = new Int32Array(groups.reduce((sum, { units }) => sum + units, 0))
  let to = 0
  for (const { units, from, planes } of groups) {
    const words = Math.ceil(units / 32)
    for (let u = 0; u < units; u++, to++)
      for (let p = 0; p < planes; p++)
        states[to] |= ((code[from + p * words + (u >> 5)] >>> (u & 31)) & 1) << p
  }
  return states
}
