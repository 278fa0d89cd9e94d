import { network } from '@facet/models'
import {
  absActivation,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { integerScenes } from '../testing/integer-scenes.ts'
import { networkOf, type PlainDense, plainLayers } from '../testing/plain-network.ts'
import { neighboursOf, normalRows, type RayResult } from '../testing/ray-cases.ts'
import { traceRay } from '../testing/ray-oracle.ts'
import { type Rewriting, rewritten, times } from '../testing/scaled-network.ts'
import { exactNeighbour } from './exact-neighbour.ts'

beforeAll(() => init())

type DType = 'float32' | 'float64'
/** Octaves to 1e20 in float32 and 1e155 in float64: squares of such numbers have no place in the dtype. */
const FAR = { float32: 67, float64: 515 } as const
const dtypes = ['float32', 'float64'] as const

const scaled = (rows: number[][], exponent: number) => rows.map((row) => row.map((x) => times(x, exponent)))

/** What is found on the same rays of the network written otherwise, in the units of the original. */
function foundIn(
  layers: readonly PlainDense[],
  theta: number[][],
  direction: number[][],
  dtype: DType,
  { size, speed = 0, ...others }: Rewriting & { speed?: number },
): RayResult[] {
  const net = networkOf(rewritten(layers, { size, ...others }), dtype)
  return neighboursOf(net, scaled(theta, size), scaled(direction, speed)).map(({ t, point, ...rest }) => ({
    ...rest,
    t: times(t, speed - size),
    point: point.map((x) => times(x, -size)),
  }))
}

const asIs = { size: 0, layers: [], units: [] }

describe.each(dtypes)('exactNeighbour, scales in %s', (dtype) => {
  const far = FAR[dtype]
  const exponent = fc.constantFrom(-far, (-far / 2) | 0, -3, 0, 1, (far / 2) | 0, far)
  const scene = integerScenes(8, [
    reluActivation,
    leakyReluActivation(0.5),
    absActivation,
    identityActivation,
  ])

  it('finds the same walls, ties included, however large θ, the direction, layers and single units are written', () => {
    let found = 0
    const rewriting = fc.record({
      size: exponent,
      speed: exponent,
      // One layer larger, the next as much smaller: biases stay in range.
      layers: exponent.map((e) => [e, -e]),
      units: fc.constantFrom([], [0, far >> 2], [-(far >> 2), 3, far >> 2]),
    })
    fc.assert(
      fc.property(scene, rewriting, ({ layers, theta, direction }, how) => {
        // θ and layers are each within reach; their product need not be.
        fc.pre(Math.abs(how.size) + Math.abs(how.layers[0]) <= 1.1 * far)
        const plain = foundIn(layers as PlainDense[], theta, direction, dtype, asIs)
        const other = foundIn(layers as PlainDense[], theta, direction, dtype, how)
        const reachable = (t: number) =>
          t === Infinity || t === 0 || Math.abs(Math.log2(t) + how.size - how.speed) < 1.7 * far
        expect(other.map(({ code, found, point }) => ({ code, found, point }))).toEqual(
          plain.map(({ code, found, point }) => ({ code, found, point })),
        )
        plain.forEach(({ t }, n) => {
          if (reachable(t)) expect(other[n].t).toBe(t)
        })
        found += other.filter((ray) => ray.found).length
      }),
      { numRuns: 60 },
    )
    expect(found).toBeGreaterThan(60)
  }, 60_000)

  it('finds what plain loops find when all weights without bias are far from 1', () => {
    const net = network({ sizes: [3, 8, 7, 6, 2], bias: false, activations: 'relu', key: key(3), dtype })
    const layers = plainLayers(net) as PlainDense[]
    const theta = normalRows('from', 60, 3, dtype)
    const direction = normalRows('to', 60, 3, dtype)
    const truths = theta.map((row, n) => traceRay(layers, row, direction[n]))
    for (const e of [-far, far]) {
      for (const speed of [-far, far]) {
        const rays = foundIn(layers, theta, direction, dtype, { size: 0, layers: [e], units: [], speed })
        expect(rays.map(({ code }) => code)).toEqual(truths.map(({ code }) => code))
        rays.forEach(({ t, found }, n) => {
          expect(found).toBe(truths[n].t < Infinity)
          if (found) expect(Math.abs(t / truths[n].t - 1)).toBeLessThan(dtype === 'float32' ? 1e-4 : 1e-9)
        })
      }
    }
    expect(truths.filter(({ t }) => t < Infinity).length).toBeGreaterThan(30)
  })

  it('treats every row at its own scale', () => {
    const layers: PlainDense[] = [
      { weight: [[1], [-1]], bias: null, activation: reluActivation },
      {
        weight: [
          [1, -1],
          [1, 1],
        ],
        bias: null,
        activation: reluActivation,
      },
    ]
    const exponents = [-far, 0, far, -far, far]
    const theta = exponents.map((e) => [times(-3, e)])
    const direction = exponents.map((_, n) => [times(1.5, exponents[(n + 1) % 5])])
    neighboursOf(networkOf(layers, dtype), theta, direction).forEach(({ found, code, t, point }, n) => {
      const expected = times(2, exponents[n] - exponents[(n + 1) % 5])
      expect({ found, code, point }).toEqual({ found: true, code: '1011', point: [0] })
      expect(t).toBe(dtype === 'float32' ? Math.fround(expected) : expected)
    })
  })

  it('keeps the states of units that read only biases beside units that are far larger', () => {
    const huge = 2 ** far
    const layers: PlainDense[] = [
      { weight: [[huge], [huge]], bias: [0, -huge], activation: reluActivation },
      {
        weight: [
          [huge, 0],
          [0, huge],
        ],
        bias: [1, 0.5],
        activation: reluActivation,
      },
      {
        weight: [
          [huge, -huge],
          [-1, 1],
        ],
        bias: [0, 0],
        activation: reluActivation,
      },
    ]
    // Left of 0 the first layer is silent, and the second says its biases.
    const [ray] = neighboursOf(networkOf(layers, dtype), [[-1]], [[1]])
    expect(ray).toMatchObject({ found: true, t: 1, code: '101110' })
  })

  it('meets a wall whose time has no place in the dtype: found, its point right, its time Infinity or 0', () => {
    const layers: PlainDense[] = [{ weight: [[1]], bias: [-1], activation: reluActivation }]
    const slow = dtype === 'float32' ? 2 ** -140 : 2 ** -1060
    const fast = dtype === 'float32' ? 2 ** 127 : 2 ** 1023
    const [late, early] = neighboursOf(networkOf(layers, dtype), [[0], [1 - 2 ** -20]], [[slow], [fast]])
    expect(late).toEqual({ found: true, t: Infinity, code: '1', point: [1] })
    expect(early).toMatchObject({ found: true, code: '1', point: [1] })
  })

  it('is not misled by a unit of zeros, a bias that dwarfs its weights, or a direction of zeros', () => {
    const big = times(1, far)
    const layers: PlainDense[] = [
      {
        weight: [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
        bias: [0, big, -1],
        activation: reluActivation,
      },
      {
        weight: [
          [1, 0, 1],
          [0, 1 / big, -1],
        ],
        bias: [0, 0],
        activation: reluActivation,
      },
    ]
    const rays = neighboursOf(
      networkOf(layers, dtype),
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, 1],
        [0, 0],
      ],
    )
    expect(rays[0]).toMatchObject({ found: true, t: 1, code: '01111', point: [0, 1] })
    expect(rays[1]).toMatchObject({ found: false, t: Infinity, code: '01001' })
  })

  it('finds nothing, at a time of NaN, on rays with a number that is not finite, and leaves other rays alone', () => {
    const layers: PlainDense[] = [
      {
        weight: [
          [1, 0],
          [0, 1],
        ],
        bias: [-1, -2],
        activation: reluActivation,
      },
      { weight: [[1, -1]], bias: null, activation: reluActivation },
    ]
    const bad = [Number.NaN, Infinity, -Infinity]
    const theta = [[0, 0], ...bad.map((x) => [0, x]), ...bad.map(() => [0, 0])]
    const direction = [[1, 0], ...bad.map(() => [1, 0]), ...bad.map((x) => [1, x])]
    const [good, ...others] = neighboursOf(networkOf(layers, dtype), theta, direction)
    expect(good).toEqual({ found: true, t: 1, code: '101', point: [1, 0] })
    others.forEach(({ found, t, point }, n) => {
      expect({ found, t, point }).toEqual({ found: false, t: Number.NaN, point: theta[n + 1] })
    })
  })

  it.each([Number.NaN, Infinity, -Infinity])(
    'finds nothing in a network with a weight or bias of %s',
    (bad) => {
      const broken: PlainDense[][] = [
        [{ weight: [[bad], [1]], bias: [0, -1], activation: reluActivation }],
        [{ weight: [[1], [1]], bias: [bad, -1], activation: leakyReluActivation(0.1) }],
        [
          { weight: [[1], [1]], bias: [0, -1], activation: absActivation },
          { weight: [[1, bad]], bias: null, activation: reluActivation },
        ],
      ]
      for (const layers of broken) {
        const [ray] = neighboursOf(networkOf(layers, dtype), [[0.5]], [[1]])
        expect(ray).toMatchObject({ found: false, t: Number.NaN, point: [0.5] })
      }
    },
  )
})

it('says NaN for rays that are not finite in a network without walls too', () => {
  const net = networkOf([{ weight: [[1]], bias: null, activation: identityActivation }])
  const rays = (values: number[]) =>
    tensor(
      values.map((x) => [x]),
      { dtype: 'float64' },
    )
  const { t, found } = exactNeighbour(net, rays([0, Number.NaN]), rays([1, 1]))
  expect(t.toArray()).toEqual([Infinity, Number.NaN])
  expect(found.toArray()).toEqual([0, 0])
})
