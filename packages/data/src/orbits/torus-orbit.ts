import { key } from '@facet/tensor'
import { cosine, sine } from '@facet/tensor/checks'
import type { Orbit } from '../dataset.ts'
import { type OrbitOptions, orbitOf, orbitOptions } from './orbit.ts'
import { orthonormalFrame, planeRotation } from './orthonormal-map.ts'
import { evenly } from './parameters.ts'

type Position = readonly [a: number, b: number]

const arc = 0.75 * Math.PI

/** Half the side of the hole, in units of the arcs. */
const reach = 0.22

const grid = (values: readonly number[]): Position[] =>
  values.flatMap((a) => values.map((b): Position => [a, b]))

const parameters = {
  train: grid(evenly(0, 1, 7)).filter(([a, b]) => Math.max(Math.abs(a - 0.5), Math.abs(b - 0.5)) > reach),
  test: grid(evenly(0.5 - reach, 0.5 + reach, 9)),
}

/**
 * A piece of a flat torus with a hole: two arcs of 0.75π in orthogonal planes of R⁸ (laid there by an orthonormal map),
 * scaled by 1/√2. The training points are a 7 × 7 grid without its 9 inner points, the test points a 9 × 9 grid of the
 * hole, |a − ½|, |b − ½| ≤ 0.22.
 *
 * @returns train `[40, 8]`, test `[81, 8]`, generators `[2, 8, 8]` (one rotation per plane)
 * @example
 * await init()
 * const { train, test, generators } = torusOrbit({ seed: 0 })
 */
export function torusOrbit(options: OrbitOptions = {}): Orbit {
  const { seed, dtype } = orbitOptions.resolve(options, 'torusOrbit')
  const [u1, v1, u2, v2] = orthonormalFrame(key(seed).child('torusOrbit'), 8, 4)
  const point = ([a, b]: Position) =>
    u1.map((value, i) => {
      const first = cosine(arc * a) * value + sine(arc * a) * v1[i]
      const second = cosine(arc * b) * u2[i] + sine(arc * b) * v2[i]
      return (first + second) * Math.SQRT1_2
    })
  return orbitOf('torus', point, parameters, [planeRotation(u1, v1), planeRotation(u2, v2)], dtype)
}
