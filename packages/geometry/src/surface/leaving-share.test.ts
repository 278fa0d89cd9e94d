import { autoencoder, Dense, Network, network } from '@facet/models'
import { identityActivation, init, key, mul, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { plainJacobian, plainLayers } from '../testing/plain-network.ts'
import { leavingShare } from './leaving-share.ts'

beforeAll(() => init())

const float64 = (values: number[][] | number[][][]) => tensor(values, { dtype: 'float64' })
const rowsOf = (t: { toArray(): unknown }) => t.toArray() as number[][]
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0)

/** What is left of v beside the columns of a Jacobian of two columns, from its normal equations. */
function plainShare(jacobian: readonly number[][], v: readonly number[]): number {
  const [p, q] = [0, 1].map((column) => jacobian.map((row) => row[column]))
  const [pp, pq, qq, pv, qv] = [dot(p, p), dot(p, q), dot(q, q), dot(p, v), dot(q, v)]
  const determinant = pp * qq - pq * pq
  const [a, b] = [(qq * pv - pq * qv) / determinant, (pp * qv - pq * pv) / determinant]
  const rest = v.map((value, i) => value - a * p[i] - b * q[i])
  return Math.hypot(...rest) / Math.hypot(...v)
}

it('agrees with least squares on the Jacobian of plain loops, for several directions of every point', () => {
  const net = network({
    sizes: [2, 9, 8, 5],
    activations: ['relu', 'relu', 'identity'],
    key: key(3),
    dtype: 'float64',
  })
  const z = key('z').normal([12, 2], 'float64')
  const v = key('v').normal([12, 3, 5], 'float64')
  const found = rowsOf(leavingShare(net, z, v))
  const layers = plainLayers(net)
  rowsOf(z).forEach((point, n) => {
    const jacobian = plainJacobian(layers, point)
    const directions = (v.toArray() as number[][][])[n]
    directions.forEach((direction, k) => expect(found[n][k]).toBeCloseTo(plainShare(jacobian, direction), 11))
  })
  expect(found.flat().every((share) => share > 0.05 && share <= 1)).toBe(true)
})

it('of an autoencoder is at the codes of samples, or at the region codes of a pass', () => {
  const model = autoencoder({ input: 4, bottleneck: 2, encoderHidden: [6], decoderHidden: [6] })
  const x = key('x').normal([7, 4])
  const v = key('v').normal([7, 1, 4])
  const wanted = rowsOf(leavingShare(model.decoder, model.encode(x), v))
  expect(rowsOf(leavingShare(model, x, v))).toEqual(wanted)
  expect(rowsOf(leavingShare(model, model.regionCode(x), v))).toEqual(wanted)
  expect(wanted.flat().every((share) => share > 0 && share < 1)).toBe(true)
})

const decoder = (weight: number[][]) =>
  new Network([
    new Dense({ name: 'one', weight: float64(weight), bias: null, activation: identityActivation }),
  ])

it('is 0 along the surface and 1 across it, at any scale, with tangents that are nearly or wholly the same', () => {
  const one = float64([[1, 1]])
  const directions = float64([
    [
      [2, 0, 0],
      [0, 0, 3],
      [3, 0, 4],
    ],
  ])
  for (const scale of [1, 1e-200, 1e200]) {
    const same = decoder([
      [scale, 2 * scale],
      [0, 0],
      [0, 0],
    ])
    const [along, across, both] = rowsOf(leavingShare(same, one, mul(directions, scale)))[0]
    expect(along).toBeLessThan(1e-15)
    expect(across).toBe(1)
    expect(both).toBeCloseTo(0.8, 14)
  }
})

it('is 1 where the piece is a point, and NaN for a direction of length 0 and for numbers that are not finite', () => {
  const nothing = decoder([
    [0, 0],
    [0, 0],
  ])
  const z = float64([
    [1, 1],
    [1, Number.NaN],
  ])
  const v = float64([
    [
      [1, 2],
      [0, 0],
      [Number.NaN, 1],
    ],
    [
      [1, 2],
      [0, 0],
      [1, 1],
    ],
  ])
  expect(rowsOf(leavingShare(nothing, z, v))).toEqual([
    [1, Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN, Number.NaN],
  ])
})

it('says what it expects', () => {
  const net = decoder([
    [1, 0],
    [0, 1],
  ])
  expect(() => leavingShare(net, float64([[1, 1]]), float64([[1, 1]]))).toThrow(
    'leavingShare: expected directions [1, k, 2], one row of k for each point, got float64 [1, 2]',
  )
  expect(() => leavingShare(net, float64([[1]]), float64([[[1, 1]]]))).toThrow(
    'leavingShare: expected x float64 [N, 2], got float64 [1, 1]',
  )
})
