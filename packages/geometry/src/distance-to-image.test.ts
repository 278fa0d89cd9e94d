import { identityActivation, init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { distanceToImage } from './distance-to-image.ts'
import { networkOf } from './testing/plain-network.ts'
import { randomNetwork, rayCases } from './testing/ray-cases.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })

it('is the distance to the nearest decoded latent, over more latents than one chunk holds', () => {
  // 700 points in 3 dimensions leave room for 499 latents at a time.
  const decoder = randomNetwork(rayCases()[1])
  const latents = key('latents').normal([1100, 2], 'float64')
  const points = key('points').normal([700, 3], 'float64')
  const image = decoder.apply(latents).toArray() as number[][]
  const distances = distanceToImage(decoder, latents, points).toArray() as number[]
  const expected = (points.toArray() as number[][]).map((p) =>
    Math.min(...image.map((y) => Math.hypot(...y.map((value, i) => value - p[i])))),
  )
  expect(distances.length).toBe(700)
  expect(Math.max(...distances.map((value, n) => Math.abs(value - expected[n])))).toBeLessThan(1e-14)
})

it('keeps the digits of distances that are small beside the data, in float32', () => {
  const line = networkOf(
    [{ weight: [[1], [0]], bias: [100, 100], activation: identityActivation }],
    'float32',
  )
  expect(distanceToImage(line, tensor([[0]]), tensor([[100, 100.03125]])).toArray()).toEqual([0.03125])
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
  const none = tensor(new Float64Array(0), { shape: [0, 1] })
  expect(() => distanceToImage(line, none, float64([[1, 2]]))).toThrow('expected at least one latent')
})
