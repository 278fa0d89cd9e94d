import { init, key, mul, norm, ones, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { epsilonTable } from './epsilon-table.ts'
import { solveEpsilon } from './solve-epsilon.ts'

beforeAll(() => init())

it('has magnitudes, and magnitudes times the norms of generators, of the pairs that count', () => {
  const { magnitude, timesNorm } = epsilonTable({
    epsilon: tensor([
      [-0.5, 2],
      [9, 9],
      [0, -4],
    ]),
    norms: tensor([4, 0.5]),
    found: tensor([true, false, true]),
  })
  expect(magnitude).toEqual([
    [0.5, 2],
    [0, 4],
  ])
  expect(timesNorm).toEqual([
    [2, 1],
    [0, 2],
  ])
})

it('the second does not change with the scale of a generator, the first does', () => {
  const [base, change] = [key('b').normal([5, 4, 1], 'float64'), key('c').normal([5, 4, 1], 'float64')]
  const generators = key('G').normal([2, 4, 4], 'float64')
  const of = (scale: number) => {
    const G = mul(generators, scale)
    const { epsilon } = solveEpsilon(base, mul(change, 0.1), G, { ridge: { absolute: 0 } })
    return epsilonTable({ epsilon, norms: norm(G, [1, 2]), found: ones([5], 'bool') })
  }
  const [own, scaled] = [of(1), of(8)]
  scaled.timesNorm.forEach((row, p) =>
    row.forEach((value, k) => void expect(value / own.timesNorm[p][k]).toBeCloseTo(1, 12)),
  )
  scaled.magnitude.forEach((row, p) =>
    row.forEach((value, k) => void expect((8 * value) / own.magnitude[p][k]).toBeCloseTo(1, 12)),
  )
})
