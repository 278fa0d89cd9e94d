import { add, identityActivation, init, key, mul, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { networkOf } from '../testing/plain-network.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'
import { distanceToImage } from './distance-to-image.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })

it.each(plainAndAround())(
  'is the distance to the nearest decoded latent, over more latents than one chunk holds, $name',
  (rayCase) => {
    // 700 points in 3 dimensions leave room for 499 latents at a time.
    const decoder = randomNetwork(rayCase)
    const latents = key('latents').normal([1100, 2], 'float64')
    const points = key('points').normal([700, 3], 'float64')
    const image = decoder.apply(latents).toArray() as number[][]
    const distances = distanceToImage(decoder, latents, points).toArray() as number[]
    const expected = (points.toArray() as number[][]).map((p) =>
      Math.min(...image.map((y) => Math.hypot(...y.map((value, i) => value - p[i])))),
    )
    expect(distances.length).toBe(700)
    expect(Math.max(...distances.map((value, n) => Math.abs(value - expected[n])))).toBeLessThan(1e-14)
  },
)

it('keeps the digits of distances that are small beside the data, in float32', () => {
  const line = networkOf(
    [{ weight: [[1], [0]], bias: [100, 100], activation: identityActivation }],
    'float32',
  )
  expect(distanceToImage(line, tensor([[0]]), tensor([[100, 100.03125]])).toArray()).toEqual([0.03125])
})

describe('refined', () => {
  it('reaches the nearest point of a plane from the corners of a square around it', () => {
    const weight = [
      [1, 0],
      [0.5, 2],
      [0, 0],
    ]
    const plane = networkOf([{ weight, bias: [0, 0, 1], activation: identityActivation }])
    const corners = float64([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ])
    const above = float64([[0.25, 1.125, 4]])
    expect(distanceToImage(plane, corners, above, { refine: 1 }).item()).toBeCloseTo(3, 14)
  })

  it('stays in the box of the latents', () => {
    const line = networkOf([{ weight: [[1], [0]], bias: null, activation: identityActivation }])
    const [beside] = distanceToImage(line, float64([[0], [1]]), float64([[4, 4]]), {
      refine: 3,
    }).toArray() as number[]
    expect(beside).toBe(5)
  })

  it.each(plainAndAround())(
    'follows a folded surface: never farther, and on the whole nearer than a grid of twice as many latents, $name',
    (rayCase) => {
      const decoder = randomNetwork(rayCase)
      const square = (count: number) =>
        float64(
          Array.from({ length: count * count }, (_, i) => [
            (4 * (i % count)) / (count - 1) - 2,
            (4 * Math.floor(i / count)) / (count - 1) - 2,
          ]),
        )
      const onSurface = decoder.apply(key('codes').uniform([60, 2], { low: -2, high: 2, dtype: 'float64' }))
      const points = add(onSurface, mul(key('points').normal([60, 3], 'float64'), 0.001))
      const distances = (count: number, refine: number) =>
        distanceToImage(decoder, square(count), points, { refine }).toArray() as number[]
      const [coarse, refined, fine] = [distances(100, 0), distances(100, 8), distances(150, 0)]
      refined.forEach((distance, n) => {
        expect(distance).toBeLessThanOrEqual(coarse[n])
      })
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      expect(mean(coarse)).toBeGreaterThan(mean(fine))
      expect(mean(refined)).toBeLessThan(mean(fine))
    },
  )

  it('keeps the latent where the decoder is constant', () => {
    const flat = networkOf([{ weight: [[0], [0]], bias: [1, 1], activation: identityActivation }])
    expect(distanceToImage(flat, float64([[0], [1]]), float64([[1, 3]]), { refine: 2 }).toArray()).toEqual([
      2,
    ])
  })
})

it('says what it expects', () => {
  const line = networkOf([{ weight: [[1], [0]], bias: null, activation: identityActivation }])
  const latents = float64([[0]])
  expect(() => distanceToImage(line, latents, float64([[1, 2, 3]]))).toThrow(
    'distanceToImage: expected points float64 [N, 2], got float64 [1, 3]',
  )
  expect(() => distanceToImage(line, float64([[1, 2]]), float64([[1, 2]]))).toThrow(
    'expected latents float64 [N, 1]',
  )
  expect(() => distanceToImage(line, latents, float64([[1, 2]]), { refine: 0.5 })).toThrow('refine')
  const none = tensor(new Float64Array(0), { shape: [0, 1] })
  expect(() => distanceToImage(line, none, float64([[1, 2]]))).toThrow('expected at least one latent')
})
