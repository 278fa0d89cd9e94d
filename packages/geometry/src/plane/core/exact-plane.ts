import { type ExactProgram, type ExactRun, type Lanes, lanesOf } from '../../exact/exact-run.ts'
import { quotient, shifted, wholesOf } from '../../exact/wholes.ts'
import { type Lazy, lazy } from '../../numbers/lazy.ts'
import { type Bounded, BoundedRun } from '../../program/bounded-run.ts'
import { statesOf } from '../codes.ts'
import { type ExactPoint, exactPoint } from '../exact-points.ts'
import type { Plan } from './plan.ts'
import type { WindowOfPlane } from './window.ts'

/** How vertices came to be: on the edge of which wall, by which cutter (below 0: a corner of the window), in which face; and the codes of faces. */
export interface Origins {
  on(v: number): number
  by(v: number): number
  in(v: number): number
  /** Coordinates, which are exact at the window's corners. */
  s(v: number): number
  t(v: number): number
  /** The packed states of a face. */
  code(face: number): Int32Array
}

/** How many regions of a level, and points, are kept: what is asked for again lies near. */
const KEPT = 64

/** A vertex at its exact place: the network there in floats, whose bounds know that place, and without rounding. */
export interface Place {
  readonly near: BoundedRun
  readonly exact: Lazy<ExactRun>
}

/** A partition in rational arithmetic: where its vertices are, and what the program makes of them. */
export class ExactPlane {
  readonly #exact: ExactProgram
  readonly #plan: Plan
  readonly #window: WindowOfPlane
  readonly #basis: Lanes
  readonly #origins: Origins
  /** By levels. */
  readonly #regions: Map<string, ExactRun>[] = []
  readonly #places = new Map<number, Place>()

  constructor(exact: ExactProgram, plan: Plan, window: WindowOfPlane, origins: Origins) {
    this.#exact = exact
    this.#plan = plan
    this.#window = window
    this.#basis = lanesOf([window.u, window.v, window.origin])
    this.#origins = origins
  }

  /** The same with other origins. */
  with(origins: Origins): ExactPlane {
    return new ExactPlane(this.#exact, this.#plan, this.#window, origins)
  }

  /** Where a vertex is. */
  point(v: number): ExactPoint {
    const origins = this.#origins
    const by = origins.by(v)
    if (by < 0) return exactPoint(origins.s(v), origins.t(v))
    const face = origins.in(v)
    const [a, b, c] = this.#line(origins.on(v), face)
    const [d, e, f] = this.#line(by, face)
    const [S, T, W] = [b * f - c * e, c * d - a * f, a * e - b * d]
    return W > 0n ? [S, T, W] : [-S, -T, -W]
  }

  /** The program at a vertex. */
  at(v: number): Place {
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

  /** The line a s + b t + c = 0 of a wall, as it is in a face. */
  #line(wall: number, face: number): readonly [bigint, bigint, bigint] {
    if (wall < 0) {
      const { s, t } = this.#window
      const isRow = wall === -1 || wall === -3
      const value = isRow ? t[wall === -1 ? 0 : 1] : s[wall === -2 ? 1 : 0]
      const { whole } = wholesOf([1, value])
      return isRow ? [0n, whole[0], -whole[1]] : [whole[0], 0n, -whole[1]]
    }
    const { level, i, j } = this.#plan.cutterOf(wall)
    const run = this.#region(face, level)
    const { from } = this.#plan.levels[level].step
    const [a, b, c] = run.number(from, i)
    if (j < 0) return [a, b, c]
    const [d, e, f] = run.number(from, j)
    return [a - d, b - e, c - f]
  }

  /** The program on the region of a face, as far as a level's numbers: those of the levels before are shared by all faces with the same states there. */
  #region(face: number, level: number): ExactRun {
    const code = this.#origins.code(face)
    return this.#onRegion(
      code,
      lazy(() => statesOf(code, this.#plan.groups)),
      level,
    )
  }

  #onRegion(code: Int32Array, states: Lazy<Int32Array>, level: number): ExactRun {
    const { groups, levels } = this.#plan
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
