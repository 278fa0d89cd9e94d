import { init, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { biorthogonality } from './biorthogonality.ts'

beforeAll(() => init())

const float64 = (values: number[][][]) => tensor(values, { dtype: 'float64' })

it('is 0 where the encoder inverts the decoder on its image, also when neither is orthonormal', () => {
  const encoder = float64([
    [
      [2, 0, 5],
      [0, 4, 7],
    ],
  ])
  const decoder = float64([
    [
      [0.5, 0],
      [0, 0.25],
      [0, 0],
    ],
  ])
  expect(biorthogonality(encoder, decoder).toArray()).toEqual([0])
})

it('is the Frobenius distance of the product from the identity over √h, sample by sample', () => {
  const encoder = float64([
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ])
  const decoder = float64([
    [
      [1, 3],
      [4, 1],
    ],
    [
      [1, 3],
      [4, 1],
    ],
  ])
  const [first, second] = biorthogonality(encoder, decoder).toArray() as number[]
  expect(first).toBeCloseTo(5 / Math.SQRT2, 14)
  expect(second).toBeCloseTo(1, 14)
})

it('says what it expects', () => {
  expect(() => biorthogonality(float64([[[1, 2]]]), float64([[[1, 2]]]))).toThrow(
    'biorthogonality: expected A^E [N, h, d] and A^D [N, d, h], got float64 [1, 1, 2] and float64 [1, 1, 2]',
  )
})
