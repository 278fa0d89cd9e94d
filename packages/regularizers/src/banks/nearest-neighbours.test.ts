import { add, cast, init, key, mul, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { nearestNeighbours } from './nearest-neighbours.ts'

beforeAll(() => init())

/** All distances in float64, sorted by distance, then index. */
function obvious(data: Tensor, k: number): number[] {
  const rows = data.toArray() as number[][]
  return rows.flatMap((row, i) =>
    rows
      .map((other, j) => ({ j, distance: row.reduce((sum, value, a) => sum + (value - other[a]) ** 2, 0) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, k)
      .map(({ j }) => j),
  )
}

describe('nearestNeighbours', () => {
  it('finds what sorting all distances finds', () => {
    const data = key('data').normal([60, 7])
    expect([...nearestNeighbours(data, 3)]).toEqual(obvious(data, 3))
    expect([...nearestNeighbours(cast(data, 'float64'), 59)]).toEqual(obvious(data, 59))
  })

  it('is exact far from the origin, where float32 products tell no distances apart', () => {
    const data = add(mul(key('data').normal([50, 20]), 0.01), 1000)
    expect([...nearestNeighbours(data, 4)]).toEqual(obvious(data, 4))
  })

  it('takes the lowest indices among equally near rows, and duplicates at distance 0', () => {
    const data = tensor([
      [0, 0],
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, 0],
      [0, -1],
      [0, 0],
    ])
    expect([...nearestNeighbours(data, 3)]).toEqual(obvious(data, 3))
    expect([...nearestNeighbours(data, 3).slice(0, 3)]).toEqual([4, 6, 1])
    expect([...nearestNeighbours(zeros([4, 2]), 2)]).toEqual([1, 2, 0, 2, 0, 1, 0, 1])
  })

  it.each([
    ['float32', 1e30],
    ['float32', 1e-37],
    ['float64', 1e300],
    ['float64', 1e-300],
  ] as const)('finds the same in %s whatever the scale: %d', (dtype, factor) => {
    const data = key('data').normal([40, 3], dtype)
    const power = 2 ** Math.round(Math.log2(factor))
    expect([...nearestNeighbours(mul(data, power), 3)]).toEqual([...nearestNeighbours(data, 3)])
  })

  it('goes block by block over many rows', () => {
    const values = Float32Array.from({ length: 2100 }, (_, i) => (i * 769) % 2111)
    const found = nearestNeighbours(tensor(values, { shape: [2100, 1] }), 1)
    const gaps = values.map((value, i) => Math.abs(value - values[found[i]]))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2)
    expect(found.every((j, i) => j !== i)).toBe(true)
  })

  it('refuses too few rows, and numbers that are not finite', () => {
    expect(() => nearestNeighbours(zeros([3, 2]), 3)).toThrow(
      'nearestNeighbours: data: expected at least 4 rows',
    )
    expect(() => nearestNeighbours([[1]] as never, 1)).toThrow('at least 2 rows [n, d], got an array of 1')
    expect(() => nearestNeighbours(zeros([3, 2]), 0)).toThrow('nearestNeighbours: k')
    expect(() => nearestNeighbours(tensor([[1], [Number.NaN]]), 1)).toThrow('expected finite numbers')
  })
})
