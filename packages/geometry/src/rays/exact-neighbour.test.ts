import { Dense, Network, network, Shift } from '@facet/models'
import {
  absActivation,
  add,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  matmul,
  reluActivation,
  reshape,
  squeeze,
  sub,
  type Tensor,
  tensor,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { integerScenes } from '../testing/integer-scenes.ts'
import { networkOf, type PlainLayer, plainCode, plainLayers, pointOnRay } from '../testing/plain-network.ts'
import {
  compareRays,
  faultsOf,
  neighboursOf,
  normalRows,
  randomNetwork,
  rayCases,
} from '../testing/ray-cases.ts'
import { exactNeighbour } from './exact-neighbour.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })
const relu = (weight: number[][], bias: number[] | null = null): PlainLayer => ({
  weight,
  bias,
  activation: reluActivation,
})

describe.each(rayCases())('exactNeighbour, $name', (rayCase) => {
  const RAYS = 150

  it('is the true region behind the first wall, and there is none before it', () => {
    const net = randomNetwork(rayCase)
    const rays = compareRays(
      net,
      normalRows(`${rayCase.name} from`, RAYS, 2),
      normalRows(`${rayCase.name} to`, RAYS, 2),
    )
    expect(faultsOf(rays)).toEqual([])
    expect(rays.filter(({ result }) => result.found).length).toBeGreaterThan(RAYS / 2)
  })

  it('is what the network itself says at points between this wall and the next', () => {
    const net = randomNetwork(rayCase)
    const theta = normalRows(`${rayCase.name} from`, RAYS, 2)
    const direction = normalRows(`${rayCase.name} to`, RAYS, 2)
    const codesAt = (points: number[][]) =>
      (net.regionCode(float64(points)).states().toArray() as number[][]).map((states) => states.join(''))
    compareRays(net, theta, direction).forEach(({ result, truth }, n) => {
      const at = (times: readonly number[]) =>
        codesAt(times.map((t) => pointOnRay(theta[n], direction[n], t)))
      expect(new Set(at([0, ...truth.before]))).toEqual(new Set([truth.home]))
      if (result.found) expect(new Set(at(truth.behind))).toEqual(new Set([result.code]))
    })
  })

  it('lets the affine maps of both sides agree on the wall', () => {
    const net = randomNetwork(rayCase)
    const theta = float64(normalRows(`${rayCase.name} from`, RAYS, 2))
    const { point, code, found } = exactNeighbour(
      net,
      theta,
      float64(normalRows(`${rayCase.name} to`, RAYS, 2)),
    )
    const near = affineAt(net.localAffine(theta), point)
    const far = affineAt(net.localAffine(code), point)
    const jump = sub(near, far).toArray() as number[][]
    const scale = 1 + Math.max(...(point.toArray() as number[][]).flat().map(Math.abs))
    expect(Math.max(...jump.flat().map(Math.abs))).toBeLessThan(1e-13 * scale)
    const unchanged = code.equals(net.regionCode(theta)).toArray()
    expect(unchanged).toEqual((found.toArray() as number[]).map((flag) => 1 - flag))
  })

  it('is the region opposite when all walls meet in the centre', () => {
    const net = randomNetwork({ ...rayCase, bias: false })
    const [first] = plainLayers(net)
    const centre = first.kind === 'shift' ? first.by.map((x) => -x) : [0, 0]
    const theta = normalRows(`${rayCase.name} through 0`, RAYS, 2).map((row) => pointOnRay(centre, row, 1))
    const back = theta.map((row, n) => row.map((x, i) => -(x - centre[i]) * (0.3 + n / 7)))
    const rays = compareRays(net, theta, back)
    expect(faultsOf(rays)).toEqual([])
    expect(rays.every(({ result, truth }) => result.code !== truth.home)).toBe(true)
  })

  it('holds in float32 wherever the walls are further apart than float32 can tell', () => {
    const net = randomNetwork(rayCase, 'float32')
    const theta = normalRows(`${rayCase.name} from`, RAYS, 2, 'float32')
    const rays = compareRays(net, theta, normalRows(`${rayCase.name} to`, RAYS, 2, 'float32'))
    const clear = rays.filter(({ truth: { t, next } }) => t === Infinity || next - t > 1e-5 * (1 + t))
    expect(faultsOf(clear, 1e-4)).toEqual([])
    expect(clear.length).toBeGreaterThan(0.98 * RAYS)
  })
})

function affineAt({ A, b }: { A: Tensor; b: Tensor }, x: Tensor): Tensor {
  return add(squeeze(matmul(A, reshape(x, [...x.shape, 1])), 2), b)
}

it('is right on networks of any size and seed', () => {
  const width = fc.integer({ min: 1, max: 9 })
  const anyNetwork = fc.record({
    seed: fc.nat(),
    sizes: fc.array(width, { minLength: 2, maxLength: 5 }),
    activation: fc.constantFrom(reluActivation, leakyReluActivation(-0.2), absActivation),
    bias: fc.boolean(),
    around: fc.boolean(),
  })
  fc.assert(
    fc.property(anyNetwork, ({ seed, sizes, activation, bias, around }) => {
      const centre = around ? key(seed).child('centre').normal([sizes[0]], 'float64') : undefined
      const net = network({ sizes, activations: activation, bias, centre, key: key(seed), dtype: 'float64' })
      const rows = (name: string) => normalRows(`${seed} ${name}`, 20, sizes[0])
      expect(faultsOf(compareRays(net, rows('from'), rows('to')))).toEqual([])
    }),
  )
}, 60_000)

it.each(['float32', 'float64'] as const)('is right on a decoder of Table 1, in %s', (dtype) => {
  const activations = ['relu', 'relu', 'relu', 'identity'] as const
  const net = network({ sizes: [10, 64, 64, 64, 20], activations, key: key(0), dtype })
  const rays = compareRays(net, normalRows('from', 25, 10, dtype), normalRows('to', 25, 10, dtype))
  expect(faultsOf(rays, dtype === 'float32' ? 1e-4 : 1e-9)).toEqual([])
})

describe('exactNeighbour, networks of small integers', () => {
  const scene = integerScenes(12, [reluActivation, leakyReluActivation(0.5), absActivation])

  it('is right on starts in corners, walls that coincide and units that are switched off', () => {
    let onWall = 0
    let several = 0
    fc.assert(
      fc.property(scene, ({ layers, theta, direction }) => {
        const rays = compareRays(networkOf(layers as PlainLayer[]), theta, direction)
        expect(faultsOf(rays)).toEqual([])
        onWall += rays.filter(({ result }) => result.t === 0).length
        several += rays.filter(({ result, truth }) => differing(result.code, truth.home) > 1).length
      }),
      { numRuns: 300 },
    )
    expect(onWall).toBeGreaterThan(100)
    expect(several).toBeGreaterThan(100)
  }, 60_000)
})

function differing(a: string, b: string): number {
  return [...a].filter((state, u) => state !== b[u]).length
}

it('meets no wall on 5 to 20 % of the rays of small networks with zero bias', () => {
  const RAYS = 500
  const shares = rayCases()
    .filter(({ bias }) => !bias)
    .map((rayCase) => {
      const rays = neighboursOf(
        randomNetwork(rayCase),
        normalRows('from', RAYS, 2),
        normalRows('to', RAYS, 2),
      )
      return rays.filter(({ found }) => !found).length / RAYS
    })
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  expect(mean).toBeGreaterThan(0.05)
  expect(mean).toBeLessThan(0.2)
})

describe('exactNeighbour, cases by hand', () => {
  const along = (layers: PlainLayer[], theta: number[], direction: number[]) =>
    neighboursOf(networkOf(layers), [theta], [direction])[0]

  it('starts on a wall: crosses it at once in one direction, leaves it behind in the other', () => {
    const layers = [relu([[1], [1]], [0, 2])]
    expect(along(layers, [0], [1])).toMatchObject({ found: true, t: 0, code: '11' })
    expect(along(layers, [0], [-1])).toMatchObject({ found: true, t: 2, code: '00', point: [-2] })
  })

  it('starts on a wall where the centre has moved it, and meets the next one where that is', () => {
    const layer = new Dense({
      name: 'a',
      weight: float64([[1], [1]]),
      bias: tensor([0, 2], { dtype: 'float64' }),
      activation: reluActivation,
    })
    const net = new Network([new Shift({ name: 'centre', by: tensor([-5], { dtype: 'float64' }) }), layer])
    const [forth, back, before] = neighboursOf(net, [[5], [5], [1]], [[1], [-1], [1]])
    expect(forth).toMatchObject({ found: true, t: 0, code: '11' })
    expect(back).toMatchObject({ found: true, t: 2, code: '00', point: [3] })
    expect(before).toMatchObject({ found: true, t: 2, code: '01', point: [3] })
  })

  it('switches on the units behind a unit that was off', () => {
    const layers = [
      relu([[1]]),
      relu([[1], [-1], [2]]),
      relu([
        [1, 1, -1],
        [0, 0, 1],
      ]),
    ]
    expect(along(layers, [-1], [2])).toMatchObject({ found: true, t: 0.5, code: '1' + '101' + '01' })
  })

  it('lets a unit turn back that reaches its wall where others bend it', () => {
    // The second layer is max(−x, 0) + 3 max(x, 0): it falls to 0 and rises again.
    expect(along([relu([[1], [-1]]), relu([[3, 1]])], [-1], [1])).toMatchObject({ t: 1, code: '101' })
  })

  it('keeps a unit off that would come to its wall if others did not bend it', () => {
    // The second layer is −max(−x, 0) − 3 max(x, 0): it rises to 0 and falls again.
    expect(along([relu([[1], [-1]]), relu([[-3, -1]])], [-1], [1])).toMatchObject({ t: 1, code: '100' })
  })

  it('switches on a unit that leaves its wall faster than the wall is known', () => {
    const layers = [
      { ...relu([[-1, 2]]), activation: absActivation },
      { ...relu([[-1], [-1]]), activation: absActivation },
      relu([[1, 1]]),
    ]
    expect(along(layers, [-2, -1], [0, 1])).toMatchObject({ t: 0, code: '1' + '00' + '1' })
  })

  it('takes a unit that comes to 0 and stays there as state 0', () => {
    // max(−x, 0) falls to 0 at x = 0.
    expect(along([relu([[-1]]), relu([[1]])], [-1], [1])).toMatchObject({ t: 1, code: '00' })
  })

  it('lets nothing happen to a unit that is rounding noise on both sides', () => {
    const layers = [relu([[1], [1], [1], [-1]], [0, 0, 0, 1]), relu([[0.1, 0.2, -0.3, 0]])]
    const noise = plainCode(layers, [0.5])[4]
    expect(noise).toBe('1')
    expect(along(layers, [0.5], [1])).toMatchObject({ t: 0.5, code: `1110${noise}` })
  })

  it('finds nothing on rays that only move away, along a wall, or not at all', () => {
    const layers = [relu([[1, 0]], [1])]
    const none = { found: false, t: Infinity }
    expect(along(layers, [1, 2], [1, 0])).toMatchObject({ ...none, code: '1', point: [1, 2] })
    expect(along(layers, [1, 2], [0, 5])).toMatchObject({ ...none, code: '1', point: [1, 2] })
    expect(along(layers, [-3, 2], [0, 0])).toMatchObject({ ...none, code: '0', point: [-3, 2] })
  })

  it('finds nothing in a network of identity layers', () => {
    const identity = networkOf([{ weight: [[1, 2]], bias: [1], activation: identityActivation }])
    const { found, t, code, point } = exactNeighbour(identity, float64([[1, 2]]), float64([[3, 4]]))
    expect(found.toArray()).toEqual([0])
    expect(t.toArray()).toEqual([Infinity])
    expect(code.units).toBe(0)
    expect(point.toArray()).toEqual([[1, 2]])
  })

  it('does not take NaN for a wall', () => {
    const { found } = exactNeighbour(networkOf([relu([[1]])]), float64([[Number.NaN]]), float64([[1]]))
    expect(found.toArray()).toEqual([0])
  })

  it('walks all regions of a ray when it is started anew just behind every wall', () => {
    const net = randomNetwork(rayCases()[2])
    const layers = plainLayers(net)
    const [theta, direction] = [
      [-5, -3],
      [1, 0.7],
    ]
    let at = theta
    let steps = 0
    for (; steps < 100; steps++) {
      const [{ found, point }] = neighboursOf(net, [at], [direction])
      if (!found) break
      // The point on the wall may round to either side of it.
      at = pointOnRay(point, direction, 1e-9)
    }
    expect(steps).toBeGreaterThan(3)
    expect(steps).toBeLessThan(100)
    expect(plainCode(layers, at)).toBe(plainCode(layers, pointOnRay(at, direction, 1e3)))
  })

  it('says what it expects', () => {
    const net = new Network([
      new Dense({ name: 'a', weight: float64([[1, 2]]), bias: null, activation: reluActivation }),
    ])
    expect(() => exactNeighbour(net, float64([[1]]), float64([[1]]))).toThrow(
      'exactNeighbour: expected theta float64 [N, 2], got float64 [1, 1]',
    )
    expect(() => exactNeighbour(net, tensor([[1, 2]]), tensor([[1, 2]]))).toThrow('got float32 [1, 2]')
    expect(() =>
      exactNeighbour(
        net,
        float64([[1, 2]]),
        float64([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(
      'exactNeighbour: expected theta and direction of one shape, got float64 [1, 2] and float64 [2, 2]',
    )
    const point = float64([[1, 2]])
    expect(() => exactNeighbour(net, point, point, { tolerance: -1 })).toThrow(
      'exactNeighbour: tolerance: expected a finite number of at least 0, got -1',
    )
    expect(() => exactNeighbour(net, point, point, { tol: 1e-9 } as object)).toThrow(
      "exactNeighbour: unknown option 'tol'; did you mean 'tolerance'?",
    )
  })
})
