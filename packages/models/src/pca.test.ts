import { add, cast, eye, init, key, matmul, mean, mul, rows, square, sub, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { meanPredictorError, pca } from './pca.ts'
import { maxDifference } from './testing/random-models.ts'

beforeAll(() => init())

/** Pairs of opposite points on three axes of R^d rotated by a Householder reflection: variances 9, 4, 1 along them. */
function cross(d: number) {
  const v = key(1).normal([d, 1], 'float64')
  const length = mean(square(v)).item() * d
  const rotation = sub(eye(d, 'float64'), mul(matmul(v, v, { transposeB: true }), 2 / length))
  const axes = rows(rotation, 0, 3)
  const steps = [3, -3, 0, 0, 0, 0, 0, 0, 2, -2, 0, 0, 0, 0, 0, 0, 1, -1]
  const coordinates = tensor(Float64Array.from(steps), { shape: [3, 6] })
  const offset = key(2).normal([d], 'float64')
  return { axes, offset, data: add(matmul(coordinates, axes, { transposeA: true }), offset) }
}

describe.each([
  { d: 4, gram: 'd × d' },
  { d: 11, gram: 'n × n' },
])('pca by the $gram Gram matrix', ({ d }) => {
  test('finds constructed axes, largest variance first, and the mean', () => {
    const { axes, offset, data } = cross(d)
    const { components, mean: centre } = pca(data, 3)
    expect(components.shape).toEqual([3, d])
    const overlaps = matmul(components, axes, { transposeB: true }).toArray() as number[][]
    overlaps.forEach((row, i) => {
      row.forEach((overlap, j) => {
        expect(Math.abs(overlap)).toBeCloseTo(i === j ? 1 : 0, 12)
      })
    })
    expect(maxDifference(centre.dataSync(), offset.dataSync())).toBeLessThan(1e-14)
  })

  test('has the error of the variances left out', () => {
    const { data } = cross(d)
    // Sums of squares along the axes are 18, 8 and 2, over 6 samples and d dimensions.
    const left = [28, 10, 2, 0].map((total) => total / (6 * d))
    left.forEach((expected, k) => {
      expect(pca(data, k).error(data)).toBeCloseTo(expected, 12)
    })
  })

  test('leaves a direction in which the data do not vary at zero', () => {
    const { data, offset } = cross(d)
    const { components, error } = pca(data, 4)
    expect((components.toArray() as number[][])[3]).toEqual(Array.from({ length: d }, () => 0))
    expect(error(data)).toBeCloseTo(0, 12)
    const constant = tensor(offset.dataSync(), { shape: [1, d] })
    expect(pca(constant, 1).reconstruct(data).toArray()).toEqual(add(mul(data, 0), offset).toArray())
  })
})

test('reconstruction projects on the components and keeps the dtype', () => {
  const line = tensor([
    [0, 0],
    [1, 1],
    [2, 2],
  ])
  const { reconstruct, error } = pca(line, 1)
  const projected = reconstruct(tensor([[2, 0]]))
  expect(projected.dtype).toBe('float32')
  expect(maxDifference(projected.dataSync(), [1, 1])).toBeLessThan(1e-7)
  expect(error(tensor([[2, 0]]))).toBeCloseTo(1, 12)
})

test('more components never do worse on the data they were found on', () => {
  const data = key(3).normal([20, 6], 'float64')
  const errors = [0, 1, 2, 3, 4, 5, 6].map((k) => pca(data, k).error(data))
  errors.slice(1).forEach((error, i) => {
    expect(error).toBeLessThan(errors[i])
  })
  expect(errors[0]).toBeCloseTo(meanPredictorError(data, data), 12)
  expect(errors[6]).toBeLessThan(1e-20)
})

test('the mean predictor errs by the distance of the test set from the mean of the training set', () => {
  const train = tensor([
    [0, 2],
    [2, 4],
  ])
  const test = tensor([
    [1, 5],
    [4, 3],
  ])
  expect(meanPredictorError(train, test)).toBe((0 + 4 + 9 + 0) / 4)
  expect(meanPredictorError(cast(train, 'float64'), test)).toBe(13 / 4)
})

test('bad data are refused', () => {
  const data = tensor([[1, 2, 3]])
  expect(() => pca(data, 2)).toThrow('pca: expected k in 0 … 1 for data [1, 3], got 2')
  expect(() => pca(data, 0.5)).toThrow(/got 0.5/)
  expect(() =>
    pca(
      tensor([
        [1, 2],
        [3, NaN],
      ]),
      1,
    ),
  ).toThrow('pca: expected finite data, got NaN at row 1, column 1')
  expect(() => pca(tensor([1, 2]), 1)).toThrow('pca: expected non-empty data [n, d], got [2]')
  expect(() => meanPredictorError(tensor([], { shape: [0, 3] }), data)).toThrow(
    'meanPredictorError: expected non-empty data [n, d], got [0, 3]',
  )
  expect(() => meanPredictorError(data, tensor([[1]]))).toThrow(
    'meanPredictorError: expected test [m, 3], got [1, 1]',
  )
})
