import { rotationOrbit, shiftOrbit, torusOrbit } from '@facet/data'
import { distanceToImage } from '@facet/geometry'
import { Dense, Network } from '@facet/models'
import { add, cast, eye, identityActivation, max, mul, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../engine.ts'
import { distanceToTorus, orbitPoints } from './true-orbit.ts'

beforeAll(() => startEngine())

/** The largest distance of a training point to the nearest of the points. */
function farthest(points: Tensor, train: Tensor): number {
  const same = new Network([
    new Dense({ name: 'same', weight: eye(train.shape[1]), bias: null, activation: identityActivation }),
  ])
  return max(distanceToImage(same, cast(points, 'float32'), train)).item()
}

describe('the true orbit through its generators', () => {
  it.each([
    ['rotation', () => rotationOrbit()],
    ['shift', () => shiftOrbit()],
  ] as const)('passes through the training points of the %s', (_, make) => {
    const orbit = make()
    const points = orbitPoints(orbit, Math.PI, 141)
    expect(points.shape).toEqual([141, orbit.train.shape[1]])
    // 0.35π are 49 of 140 steps: every training point is one of the grid.
    expect(farthest(points, orbit.train)).toBeLessThan(1e-6)
  })

  it('passes through the training points of the torus', () => {
    const orbit = torusOrbit({ seed: 3 })
    const points = orbitPoints(orbit, 0.75 * Math.PI, 7)
    expect(points.shape).toEqual([49, 8])
    expect(farthest(points, orbit.train)).toBeLessThan(1e-6)
  })
})

describe('the distance to the torus', () => {
  it('is 0 on it, everywhere around', () => {
    const orbit = torusOrbit({ dtype: 'float64' })
    expect(max(distanceToTorus(orbit, orbitPoints(orbit, 2 * Math.PI, 9))).item()).toBeLessThan(1e-12)
  })

  it('is how far a point has moved from it at a right angle', () => {
    const orbit = torusOrbit({ dtype: 'float64' })
    // Away from the middle both circles are left by 0.1/√2: 0.1 in all.
    const [outside] = distanceToTorus(orbit, mul(orbit.test, 1.1)).toArray() as number[]
    expect(outside).toBeCloseTo(0.1, 12)
    // A direction that the generators do not move lies in none of the planes.
    const beside = nullDirection(orbit.generators)
    const [away] = distanceToTorus(orbit, add(orbit.test, mul(beside, 0.3))).toArray() as number[]
    expect(away).toBeCloseTo(0.3, 12)
  })
})

/** A unit vector [1, d] that no generator moves: what is left of a coordinate axis outside of the planes. */
function nullDirection(generators: Tensor): Tensor {
  const matrices = generators.toArray() as number[][][]
  const d = matrices[0].length
  const start = Array.from({ length: d }, (_, i) => Number(i === 0))
  const apply = (g: number[][], v: number[]) => g.map((row) => row.reduce((sum, a, j) => sum + a * v[j], 0))
  const rest = matrices.reduce((v, g) => {
    const twice = apply(g, apply(g, v))
    return v.map((value, i) => value + twice[i])
  }, start)
  const length = Math.hypot(...rest)
  return tensor([rest.map((value) => value / length)], { dtype: 'float64' })
}
