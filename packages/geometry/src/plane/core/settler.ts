import { quotient, signOf } from '../../exact/wholes.ts'
import { COORDINATE_ERROR } from './bounds.ts'
import type { Core } from './core.ts'
import type { ExactPlane } from './exact-plane.ts'

/** Decides for the kernels what floats cannot, in rational arithmetic. */
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
    const { step } = this.#core.plan.levels[level]
    const run = this.#plane.at(v)
    const at = (this.#core.pointer(level, 'SIGN') + v * this.#core.field(level, 'SIGN_BYTES')) / 4
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
    const run = this.#plane.at(v)
    const { from } = this.#core.plan.levels[level].step
    return signOf(run.number(from, i)[0] - run.number(from, j)[0])
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
