import {
  add,
  cast,
  eigh,
  eye,
  flip,
  init,
  key,
  matmul,
  mean,
  memory,
  mul,
  rows,
  square,
  sub,
  tensor,
  transpose,
} from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { autoencoder } from './build/autoencoder.ts'
import { meanPredictorError, pca, pcaInSlices } from './pca.ts'
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

test('the first components of a search for more are what a search for fewer finds, bit by bit', () => {
  for (const shape of [
    [20, 12],
    [200, 140],
  ]) {
    const data = key(4).normal(shape, 'float64')
    const five = pca(data, 5)
    for (const k of [0, 1, 3, 5]) {
      const [few, leading] = [pca(data, k), five.leading(k)]
      expect(leading.components.toArray()).toEqual(few.components.toArray())
      expect(leading.error(data)).toBe(few.error(data))
    }
    expect(() => five.leading(6)).toThrow('leading: expected k in 0 … 5, got 6')
  }
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

describe('pca of more than 128 samples and dimensions, which goes another way', () => {
  /** Variances 1, ½, ¼, … in directions drawn at random. */
  const falling = (n: number, d: number, rank = 12) => {
    const scales = tensor(Float64Array.from({ length: rank }, (_, i) => 2 ** -i))
    const codes = mul(key(5).normal([n, rank], 'float64'), scales)
    return add(matmul(codes, key(6).normal([rank, d], 'float64')), key(7).normal([d], 'float64'))
  }

  test.each([
    ['tall', 200, 140],
    ['wide', 140, 200],
    ['square', 150, 150],
  ])('finds what eigh finds, of %s data', (_, n, d) => {
    const data = falling(n, d)
    const { components, error } = pca(data, 5)
    const x = sub(data, mean(data, 0))
    const { vectors } = eigh(matmul(x, x, { transposeA: true }))
    const axes = rows(flip(transpose(vectors), 0), 0, 5)
    const overlaps = matmul(components, axes, { transposeB: true }).toArray() as number[][]
    overlaps.forEach((row, i) => {
      row.forEach((overlap, j) => void expect(Math.abs(overlap)).toBeCloseTo(i === j ? 1 : 0, 10))
    })
    const residual = sub(x, matmul(matmul(x, axes, { transposeB: true }), axes))
    expect(error(data)).toBeCloseTo(mean(square(residual)).item(), 12)
  })

  test('leaves directions in which the data do not vary at zero', () => {
    for (const [n, d] of [
      [200, 140],
      [140, 200],
    ]) {
      const data = falling(n, d, 3)
      const { components, error } = pca(data, 5)
      const lengths = (components.toArray() as number[][]).map((row) =>
        row.reduce((sum, each) => sum + each ** 2, 0),
      )
      ;[1, 1, 1, 0, 0].forEach((length, i) => void expect(lengths[i]).toBeCloseTo(length, 12))
      expect(error(data)).toBeLessThan(1e-20)
    }
    const constant = pca(add(mul(falling(200, 140), 0), 3), 2)
    expect(constant.components.dataSync().every((each) => each === 0)).toBe(true)
  })

  test('of as many components as there are is exact on noise, where all variances are alike', () => {
    const data = key(8).normal([300, 130], 'float64')
    const { components, error } = pca(data, 130)
    expect(error(data)).toBeLessThan(1e-24)
    const inner = matmul(components, components, { transposeB: true })
    expect(maxDifference(inner.dataSync(), eye(130, 'float64').dataSync())).toBeLessThan(1e-13)
  })
})

describe('pcaInSlices', () => {
  test.each([
    ['few', 20, 6],
    ['many', 200, 140],
    ['wide', 140, 200],
  ])('has the numbers of pca, to the bit, of %s data', async (_, n, d) => {
    const data = key(3).normal([n, d])
    const [whole, sliced] = [pca(data, 4), await pcaInSlices(data, 4)]
    expect(sliced.components.dataSync()).toEqual(whole.components.dataSync())
    expect(sliced.mean.dataSync()).toEqual(whole.mean.dataSync())
    expect(sliced.error(data)).toBe(whole.error(data))
  })

  test('gives the event loop its turn', async () => {
    const data = key(3).normal([400, 300])
    let turns = 0
    const count = () => {
      turns++
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    await pcaInSlices(data, 3)
    clearImmediate(timer)
    expect(turns).toBeGreaterThan(1)
  })

  test('is ended by its signal, and leaves nothing behind', async () => {
    const data = key(3).normal([400, 300])
    await pcaInSlices(data, 2)
    const before = memory().tensors
    const stop = new AbortController()
    const found = pcaInSlices(data, 3, { signal: stop.signal })
    setImmediate(() => stop.abort(new Error('enough')))
    await expect(found).rejects.toThrow('enough')
    expect(memory().tensors).toBeLessThanOrEqual(before)
    await expect(pcaInSlices(data, 3, { signal: AbortSignal.abort(new Error('at once')) })).rejects.toThrow(
      'at once',
    )
  })

  test('refuses what pca refuses, and unknown options', async () => {
    await expect(pcaInSlices(tensor([[1, 2, 3]]), 2)).rejects.toThrow('pca: expected k in 0 … 1')
    await expect(pcaInSlices(tensor([[1]]), 1, { sginal: 1 } as never)).rejects.toThrow(
      "pcaInSlices: unknown option 'sginal'",
    )
  })

  test("gives the skip of an autoencoder: the model of skip pca, to the bit, and stays the caller's", async () => {
    const data = key(3).normal([60, 8])
    const components = await pcaInSlices(data, 3)
    const options = { input: 8, bottleneck: 2, encoderHidden: [4] } as const
    const [one, other] = [
      autoencoder({ ...options, skip: components }),
      autoencoder({ ...options, skip: 'pca', data }),
    ]
    expect(one.reconstruct(data).dataSync()).toEqual(other.reconstruct(data).dataSync())
    expect(components.error(data)).toBeGreaterThan(0)
    expect(() => autoencoder({ ...options, input: 9, skip: components })).toThrow(
      'autoencoder: skip: expected components [k, 9], as the input, got [3, 8]',
    )
    expect(() => autoencoder({ ...options, skip: components, data })).toThrow(
      "autoencoder: data: expected none without skip 'pca', got some",
    )
    expect(() => autoencoder({ ...options, skip: 'lda' as never })).toThrow(
      "autoencoder: skip: expected one of pca, got 'lda'; what pca() returns is taken as well",
    )
    // Fewer than the bottleneck: the others begin at zero, as with too few samples.
    expect(autoencoder({ ...options, bottleneck: 4, skip: components }).bottleneck).toBe(4)
  })
})
