import { quotient, signOf } from '../../exact/wholes.ts'
import type { LargestStep, Slot } from '../../program/program.ts'
import { COORDINATE_ERROR } from './bounds.ts'
import type { Core } from './core.ts'
import type { ExactPlane } from './exact-plane.ts'

/**
 * Decides for the kernels what floats of a vertex cannot. Where the vertex lies is found in rational arithmetic. Where walls meet at a small angle that decides
 * most: floats at the exact place are off by their rounding alone (an autoencoder of MNIST with 1,546 units: all but a few of 40,000 signs, each of which is a
 * product of long numbers). What they leave open is decided in rational arithmetic too.
 */
export class Settler {
  /** How many units were settled, and pairs of candidates compared. */
  count = 0
  readonly #core: Core
  readonly #plane: ExactPlane

  constructor(core: Core, plane: ExactPlane) {
    this.#core = core
    this.#plane = plane
  }

  /** Writes the sign, or the mask, of a unit of a level at a vertex. */
  settle(level: number, v: number, unit: number): void {
    this.count++
    const core = this.#core
    const { step } = core.plan.levels[level]
    const at = (core.pointer(level, 'SIGN') + v * core.field(level, 'SIGN_BYTES')) / 4
    const { i32 } = core.arena
    if (step.kind === 'sign') {
      const words = core.field(level, 'WORDS')
      const [word, bit] = [at + (unit >> 5), 1 << (unit & 31)]
      const sign = this.#sign(v, step.from, unit)
      i32[word] &= ~bit
      i32[word + words] &= ~bit
      if (sign !== 0) i32[sign > 0 ? word : word + words] |= bit
      return
    }
    const maskWords = core.field(level, 'MASK_WORDS')
    const from = at + unit * maskWords
    i32.fill(0, from, from + maskWords)
    for (const c of this.#largest(v, step, unit)) i32[from + (c >> 5)] |= 1 << (c & 31)
  }

  /** The sign of number i less number j of a level at a vertex. */
  compare(level: number, v: number, i: number, j: number): number {
    this.count++
    return this.#sign(v, this.#core.plan.levels[level].step.from, i, j)
  }

  /** The sign at a vertex of number i of a slot, less number j where that is not -1. */
  #sign(v: number, slot: Slot, i: number, j = -1): number {
    const { near, exact } = this.#plane.at(v)
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
    const { near, exact } = this.#plane.at(v)
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
    for (const number of numbers) if (number > most) most = number
    return open.filter((_, n) => numbers[n] === most)
  }

  /** Puts a vertex where it is nearest to its true place, on the edge that it was made on. */
  refine(v: number): void {
    const { records } = this.#core
    const [S, T, W] = this.#plane.point(v)
    const [s, t] = [quotient(S, W), quotient(T, W)]
    const ends = [records.vertexInt('EA', v), records.vertexInt('EB', v)]
    const [a, b] = ends.map((end) => [records.vertexFloat('S', end), records.vertexFloat('T', end)])
    const [ds, dt] = [b[0] - a[0], b[1] - a[1]]
    const along = ((s - a[0]) * ds + (t - a[1]) * dt) / (ds * ds + dt * dt)
    if (!Number.isFinite(along)) return
    const tau = Math.min(1, Math.max(0, along))
    const at = [(1 - tau) * a[0] + tau * b[0], (1 - tau) * a[1] + tau * b[1]]
    const scale = Math.abs(at[0]) + Math.abs(at[1]) + Math.abs(ds) + Math.abs(dt)
    const rho = Math.hypot(at[0] - s, at[1] - t) + COORDINATE_ERROR * scale
    if (rho < records.vertexFloat('RHO', v)) records.place(v, tau, at[0], at[1], rho)
  }
}
