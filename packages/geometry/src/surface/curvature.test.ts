import { type Network, network, type RegionCode } from '@facet/models'
import { init, key, reluActivation, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { exactNeighbour } from '../rays/exact-neighbour.ts'
import { networkOf, plainJacobian, plainLayers } from '../testing/plain-network.ts'
import { curvature } from './curvature.ts'

beforeAll(() => init())

const column = (values: number[]) =>
  tensor(
    values.map((x) => [x]),
    { dtype: 'float64' },
  )

/** The regions to the right and to the left of each of some points of a line, and the place of the walls. */
function beside(net: Network, x: number[]): { codes: RegionCode[]; walls: number[][] } {
  const found = x.map((point) => exactNeighbour(net, column([point, point]), column([1, -1])))
  const codes = found.map(({ code }) => code)
  const walls = found.map(({ t, found: has }, n) => {
    const flags = has.toArray() as number[]
    return (t.toArray() as number[]).flatMap((time, i) => (flags[i] ? [x[n] + (i === 0 ? time : -time)] : []))
  })
  return { codes, walls }
}

it('agrees on a line with the exact neighbours along both rays, whose regions are those of plain loops', () => {
  let bent = 0
  fc.assert(
    fc.property(fc.nat(1e6), fc.constantFrom('relu', 'leakyRelu', 'abs'), (seed, activation) => {
      const net = network({
        sizes: [1, 6, 5, 3],
        activations: [activation, activation, 'identity'],
        key: key(seed),
        dtype: 'float64',
      })
      const x = key(seed).child('x').normal([5], 'float64').toArray() as number[]
      const { codes, walls } = beside(net, x)
      const found = curvature(net, net.regionCode(column(x)), codes).toArray() as number[]
      const layers = plainLayers(net)
      x.forEach((point, n) => {
        const own = plainJacobian(layers, [point])
        const wanted = walls[n].map((wall) => {
          const other = plainJacobian(layers, [wall + (wall - point) * 1e-7])
          return Math.hypot(...own.map(([a], i) => a - other[i][0]))
        })
        const total = wanted.reduce((sum, change) => sum + change, 0)
        if (total > 0) bent++
        expect(Math.abs(found[n] - total)).toBeLessThan(1e-12 * Math.max(1, total))
      })
    }),
    { numRuns: 60 },
  )
  expect(bent).toBeGreaterThan(200)
})

it('counts every neighbour once, and the region itself as nothing', () => {
  const hinge = networkOf([{ weight: [[3, 4]], bias: null, activation: reluActivation }])
  const at = (rows: number[][]) => hinge.regionCode(tensor(rows, { dtype: 'float64' }))
  const home = at([[1, 1]])
  const beyond = at([
    [-1, -1],
    [2, 2],
    [-5, 0],
  ])
  expect(curvature(hinge, home, beyond).toArray()).toEqual([5])
  expect(curvature(hinge, home, at([[9, 9]])).toArray()).toEqual([0])
  expect(curvature(hinge, home, beyond.rows(0, 0)).toArray()).toEqual([0])
})

it('is right at any scale, in either dtype', () => {
  for (const [dtype, size] of [
    ['float64', 2 ** 900],
    ['float64', 2 ** -900],
    ['float32', 2 ** 100],
  ] as const) {
    const hinge = networkOf(
      [{ weight: [[3 * size, 4 * size]], bias: null, activation: reluActivation }],
      dtype,
    )
    const codes = hinge.regionCode(
      tensor(
        [
          [1, 1],
          [-1, -1],
        ],
        { dtype },
      ),
    )
    const found = curvature(hinge, codes.rows(0, 1), codes.rows(1, 2))
    expect(found.dtype).toBe(dtype)
    expect(found.toArray()).toEqual([5 * size])
  }
})

it('is NaN where a Jacobian is not finite', () => {
  const hinge = networkOf([{ weight: [[Number.NaN]], bias: null, activation: reluActivation }])
  const codes = hinge.codeFromStates(tensor([[0], [1]], { dtype: 'int32' }))
  expect(curvature(hinge, codes.rows(1, 2), codes.rows(0, 1)).toArray()).toEqual([Number.NaN])
})

it('says what it expects', () => {
  const hinge = networkOf([{ weight: [[1]], bias: null, activation: reluActivation }])
  const codes = hinge.regionCode(column([1, 2]))
  expect(() => curvature(hinge, codes, codes)).toThrow('expected the neighbours of 2 regions, got 1 code')
  const other = networkOf([{ weight: [[1]], bias: null, activation: reluActivation }])
  expect(() => curvature(other, codes.rows(0, 1), codes)).toThrow('expected a code of this network')
})
