import { key } from '@facet/tensor'
import { cosine, sine } from '@facet/tensor/checks'
import type { Orbit } from '../dataset.ts'
import { type OrbitOptions, orbitOf, orbitOptions } from './orbit.ts'
import { orthonormalFrame, planeRotation } from './orthonormal-map.ts'
import { gappedHalfTurn } from './parameters.ts'

/**
 * Half of the unit circle, laid into R⁶ by an orthonormal map, with a gap: 8 training points on each of the arcs
 * [0, 0.35π] and [0.65π, π], 50 test points between them.
 *
 * @returns train `[16, 6]`, test `[50, 6]`, generators `[1, 6, 6]` (the rotation of that plane)
 * @example
 * await init()
 * const { train, test, generators } = rotationOrbit({ seed: 0 })
 */
export function rotationOrbit(options: OrbitOptions = {}): Orbit {
  const { seed, dtype } = orbitOptions.resolve(options, 'rotationOrbit')
  const [u, v] = orthonormalFrame(key(seed).child('rotationOrbit'), 6, 2)
  const point = (angle: number) => u.map((ui, i) => cosine(angle) * ui + sine(angle) * v[i])
  return orbitOf('rotation', point, gappedHalfTurn, [planeRotation(u, v)], dtype)
}
