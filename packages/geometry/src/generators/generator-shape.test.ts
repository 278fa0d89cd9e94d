import { eigh, init, key, matmul, tensor, zeros } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { generatorShapes } from './generator-shape.ts'

beforeAll(() => init())

it('knows a rotation, a stretch and nothing', () => {
  const [rotation, stretch, nothing] = generatorShapes(
    tensor([
      [
        [0, -2],
        [2, 0],
      ],
      [
        [3, 0],
        [0, -4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]),
  )
  expect(rotation.norm).toBeCloseTo(Math.sqrt(8), 12)
  expect(rotation.skewShare).toBeCloseTo(1, 12)
  expect(rotation.spectralNorm).toBeCloseTo(2, 12)
  expect(stretch).toMatchObject({ norm: 5, skewShare: 0 })
  expect(stretch.spectralNorm).toBeCloseTo(4, 4)
  expect(nothing).toEqual({ norm: 0, skewShare: 0, spectralNorm: 0 })
})

it('comes near the largest singular value from below', () => {
  const G = key('G').normal([8, 30, 30], 'float64')
  const squares = eigh(matmul(G, G, { transposeA: true })).values.toArray() as number[][]
  generatorShapes(G).forEach(({ spectralNorm }, k) => {
    const largest = Math.sqrt(Math.max(...squares[k]))
    expect(spectralNorm).toBeLessThanOrEqual(largest * (1 + 1e-12))
    expect(spectralNorm).toBeGreaterThan(largest * (1 - 1e-4))
  })
})

it('says what it expects', () => {
  expect(() => generatorShapes(zeros([2, 3]))).toThrow(
    'generatorShapes: expected generators [h, d, d], got float32 [2, 3]',
  )
})
