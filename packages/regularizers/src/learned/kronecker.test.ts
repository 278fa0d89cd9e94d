import { init, key, matmul } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { kroneckerFactors, kroneckerProduct } from './kronecker.ts'

beforeAll(() => init())

const covariance = (seed: string, size: number): number[][] => {
  const root = key(seed).normal([size, size + 3], 'float64')
  return matmul(root, root, { transposeB: true }).toArray() as number[][]
}

const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))

describe('the Kronecker product', () => {
  it('has the entries of both factors, the first factor outside', () => {
    const product = kroneckerProduct(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 5],
        [6, 7],
      ],
    )
    expect(product).toEqual([
      [0, 5, 0, 10],
      [6, 7, 12, 14],
      [0, 15, 0, 20],
      [18, 21, 24, 28],
    ])
  })

  it('is taken apart into its factors, the second of trace B', () => {
    const [a, b] = [covariance('a', 3), covariance('b', 4)]
    const { stencils, positions } = kroneckerFactors(kroneckerProduct(a, b), 3, identity(4))
    const trace = positions.reduce((sum, row, i) => sum + row[i], 0)
    expect(trace).toBeCloseTo(4, 10)
    kroneckerProduct(stencils, positions).forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(kroneckerProduct(a, b)[i][j], 8)
      })
    })
  })
})
