import { checkGradients, grad } from '@facet/autograd'
import { init, key, sum, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { normTable } from './norms.ts'

beforeAll(() => init())

describe('the plain norm', () => {
  const norm = (x: Tensor) => normTable.plain(x, [1])
  const total = (x: Tensor) => sum(norm(x))

  it.each([
    ['float32', 2 ** 100],
    ['float32', 2 ** -120],
    ['float64', 2 ** 1000],
    ['float64', 2 ** -1000],
  ] as const)('is right in %s for numbers around %d, and so is its gradient', (dtype, unit) => {
    const x = tensor([[3 * unit, -4 * unit]], { dtype })
    expect((norm(x).toArray() as number[])[0] / unit).toBeCloseTo(5, 5)
    const [[a, b]] = grad(total)(x).toArray() as number[][]
    expect([a, b].map((slope) => Math.round(slope * 1e5))).toEqual([60000, -80000])
  })

  it('is NaN for a row with NaN, Infinity for one with infinity, 0 with gradient 0 for zeros', () => {
    const x = tensor([
      [Number.NaN, 1],
      [Infinity, 1],
      [0, 0],
      [3, 4],
    ])
    expect(norm(x).toArray()).toEqual([Number.NaN, Infinity, 0, 5])
    expect(grad(total)(zeros([1, 3], 'float64')).toArray()).toEqual([[0, 0, 0]])
  })

  it('has the gradient that differences show', () => {
    checkGradients((x: Tensor) => normTable.plain(x, [1, 2]), key('x').normal([3, 2, 4], 'float64'))
  })
})
