import { network } from '@facet/models'
import { init, key, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { planePartition } from '../plane/plane-partition.ts'
import { exactNeighbour } from '../rays/exact-neighbour.ts'
import { randomStack } from '../testing/kind-cases.ts'
import { networkOf, plainJacobian } from '../testing/plain-network.ts'
import { curvature } from './curvature.ts'
import { curvatureAt } from './curvature-at.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })
const numbers = (t: { toArray(): unknown }) => t.toArray() as number[]

it('adds the changes across every wall of a corner, and of nothing else', () => {
  const corner = networkOf([
    {
      weight: [
        [3, 0],
        [0, 4],
      ],
      bias: null,
      activation: reluActivation,
    },
  ])
  expect(
    numbers(
      curvatureAt(
        corner,
        float64([
          [1, 1],
          [-1, 1],
          [-1, -1],
        ]),
      ),
    ),
  ).toEqual([7, 7, 7])
  // The wall of the second axis lies outside of the box.
  expect(
    numbers(curvatureAt(corner, float64([[1, 1]]), { box: { lower: [-2, 0.5], upper: [2, 2] } })),
  ).toEqual([3])
})

it('agrees on a line with exact neighbours along both rays', () => {
  const net = network({
    sizes: [1, 8, 6, 3],
    activations: ['relu', 'relu', 'identity'],
    key: key(7),
    dtype: 'float64',
  })
  const x = key('x').normal([12, 1], 'float64')
  const points = (x.toArray() as number[][]).flat()
  const beside = points.map(
    (point) => exactNeighbour(net, float64([[point], [point]]), float64([[1], [-1]])).code,
  )
  const wanted = numbers(curvature(net, net.regionCode(x), beside))
  expect(numbers(curvatureAt(net, x))).toEqual(wanted)
  expect(Math.max(...wanted)).toBeGreaterThan(0.1)
})

it('agrees in a plane with the neighbours of the partition, whose maps are those of plain loops', () => {
  const layers = randomStack('maxout of dense units', true)
  const first = [
    {
      weight: [
        [1, 0],
        [0, 1],
        [0.5, -0.75],
      ],
      bias: [0, 0, 0.25],
      activation: reluActivation,
    },
    ...layers,
  ]
  const net = networkOf(first)
  const partition = planePartition(net, { window: [-3, 3] })
  const regions = [...partition].slice(0, 40)
  const centres = regions.map(({ centroid }) => [...centroid])
  const wanted = regions.map((region, n) => {
    const own = plainJacobian(first, centres[n])
    return region.neighbours.reduce((sum, { region: other }) => {
      const there = plainJacobian(first, [...partition.region(other).centroid])
      return sum + Math.hypot(...own.flatMap((row, i) => row.map((value, j) => value - there[i][j])))
    }, 0)
  })
  numbers(curvatureAt(net, float64(centres), { box: [-3, 3] })).forEach(
    (value, n) => void expect(value).toBeCloseTo(wanted[n], 10),
  )
  expect(regions.length).toBeGreaterThan(10)
})

it('is 0 for a network without walls, NaN for a point that is not finite, and works in float32', () => {
  const affine = network({ sizes: [2, 3], activations: 'identity', key: key(0), dtype: 'float64' })
  expect(
    numbers(
      curvatureAt(
        affine,
        float64([
          [1, 2],
          [Number.NaN, 0],
        ]),
      ),
    ),
  ).toEqual([0, Number.NaN])
  const hinge = networkOf([{ weight: [[3, 4]], bias: null, activation: reluActivation }], 'float32')
  const found = curvatureAt(hinge, tensor([[1, 1]]))
  expect([found.dtype, found.toArray()]).toEqual(['float32', [5]])
  expect(() => curvatureAt(hinge, float64([[1, 1]]))).toThrow('curvatureAt: expected x float32 [N, 2]')
})
