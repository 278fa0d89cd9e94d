import { absActivation, init, reluActivation } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { expectTruth, integerLinesAreDecided, line, lineLaws } from '../testing/line-laws.ts'
import { networkOf, type PlainLayer } from '../testing/plain-network.ts'
import { lineOracle } from '../testing/plane-oracle.ts'
import { denseScene } from '../testing/plane-scenes.ts'
import { scaledStack } from '../testing/scaled-stack.ts'
import { crossings } from './crossings.ts'

beforeAll(() => init())

describe.each(Object.entries(lineLaws))('a line %s', (_, law) => {
  it.each(Object.keys(stacks))('through %s', (name) => law(name, 6))
})

describe.each(Object.keys(stacks))('through %s', (name) => {
  it('scales of inputs and weights change no count', () => {
    for (const [size, first] of [
      [-300, 200],
      [250, -40],
      [40, 300],
    ]) {
      const layers = randomStack(name, true, 5)
      const { inputs } = stacks[name]
      const walk = crossings(networkOf(layers), [line(1, inputs), line(2, inputs)])
      const scaled = [1, 2].map((seed) => line(seed, inputs, 2 ** size))
      const other = crossings(networkOf(scaledStack(layers, size, first)), scaled)
      expect([other.changed, other.verified]).toEqual([walk.changed, walk.verified])
      other.t.forEach((t, i) => expect(Math.abs(t - walk.t[i])).toBeLessThan(1e-10))
    }
  })
})

it('walls that coincide, lines inside of walls and through vertices: networks and lines of small integers', () =>
  integerLinesAreDecided(80))

it('numbers near the ends of what floats hold are decided, where products overflow or vanish too', () => {
  const scales = [
    [1000, -100],
    [-1060, 0],
    [0, -1000],
    [500, 500],
    [-540, -480],
  ]
  for (let seed = 0; seed < 12; seed++)
    for (const [size, first] of scales) {
      const layers = scaledStack(denseScene(seed, seed % 2 === 0).layers, size, first)
      const end = (k: number) => line(seed + k, 2, 3).map((x) => x * 2 ** (size / 2) * 2 ** (size / 2))
      expectTruth(layers, end(0), end(1))
    }
})

const relu = (weight: number[][], bias: number[] | null = null): PlainLayer => ({
  weight,
  bias,
  activation: reluActivation,
})

describe('a walk', () => {
  it('does not count what is met at its ends', () => {
    const net = networkOf([relu([[1], [1], [1]], [0, -1, -0.5])])
    const walk = crossings(net, [[0], [1]])
    expect([...walk.t]).toEqual([0.5])
    expect([...walk.firstCode]).toEqual([1, 0, 0])
  })

  it('does not count a wall that it touches and leaves', () => {
    // |x| − 0 behind an absolute value: the second unit is 0 at x = 0 and above it on both sides.
    const layers: PlainLayer[] = [{ weight: [[1]], bias: null, activation: absActivation }, relu([[1]])]
    const walk = crossings(networkOf(layers), [[-1], [1]])
    expect(walk.changed).toEqual([[[0, 0, 0, 1]]])
  })

  it('has state 0 inside of a wall, and the first of equal candidates', () => {
    const net = networkOf([
      {
        kind: 'maxout',
        weight: [
          [
            [1, 0],
            [1, 0],
            [0, 1],
          ],
        ],
        bias: null,
      },
      relu([[0]], [0]),
    ])
    const walk = crossings(net, [
      [1, 0],
      [1, 2],
    ])
    expect([...walk.firstCode]).toEqual([0, 0])
    expect(walk.changed).toEqual([[[0, 0, 0, 2]]])
  })

  it('tells walls that are nearer than floats are', () => {
    // x = 1/3 and x = 1/3 + 2^-52/3: the same float.
    const a = 2 ** 60
    const net = networkOf([relu([[3], [a * 3]], [-1, -a - 256])])
    const walk = crossings(net, [[0], [1]])
    expect(walk.changed).toEqual([[[0, 0, 0, 1]], [[0, 1, 0, 1]]])
    expect(walk.verified).toBe('exact')
    const equal = crossings(networkOf([relu([[3], [a * 3]], [-1, -a])]), [[0], [1]])
    expect(equal.changed).toEqual([
      [
        [0, 0, 0, 1],
        [0, 1, 0, 1],
      ],
    ])
  })

  it('knows where a form that cancels is 0', () => {
    // Of numbers of 2^40 a difference of 2^-10 is left, of which floats see few digits.
    const big = 2 ** 40
    const layers: PlainLayer[] = [
      relu([[big], [big]], [big / 3, big / 3 + 2 ** -12]),
      relu([[1, -1 + 2 ** -52]]),
    ]
    const truth = lineOracle(layers, [0], [1])
    const walk = crossings(networkOf(layers), [[0], [1]])
    expect(walk.regions).toBe(truth.codes.length)
    truth.t.forEach((t, i) => expect(Math.abs(walk.t[i] - t)).toBeLessThanOrEqual(1e-10 * t))
  })

  it('of a point is one region', () => {
    const walk = crossings(networkOf([relu([[1], [-1], [0]])]), [[0], [0]])
    expect([walk.regions, ...walk.firstCode]).toEqual([1, 0, 0, 0])
  })

  it('of a network without units that choose is one region', () => {
    const walk = crossings(
      networkOf([{ weight: [[2]], bias: [1], activation: { name: 'identity', alpha: 1 } }]),
      [[0], [4]],
    )
    expect([walk.regions, walk.firstCode.length, walk.outputAt(0.5)[0]]).toEqual([1, 0, 5])
  })

  it('on a polyline counts regions through corners, and crossings at them', () => {
    const net = networkOf([
      relu(
        [
          [1, 0],
          [0, 1],
        ],
        [-1, -1],
      ),
    ])
    // Through (1, 0.5): a wall that is met at a corner and left on its other side; then back to it.
    const points = [
      [0, 0],
      [1, 0.5],
      [2, 0.5],
      [2, 2],
      [0, 2],
    ]
    const walk = crossings(net, points)
    expect([...walk.t]).toEqual([1, 2 + 1 / 3, 3.5])
    expect(walk.changed).toEqual([[[0, 0, 0, 1]], [[0, 1, 0, 1]], [[0, 0, 1, 0]]])
    expect([...walk.pointAt(3.5)]).toEqual([1, 2])
    // Touched at a corner and left on the same side.
    expect(
      crossings(net, [
        [0, 0],
        [1, 0],
        [0, 0.5],
      ]).regions,
    ).toBe(1)
  })

  it('ends at a budget and when the callback says so, with what it has found', () => {
    const net = networkOf([relu([[1], [1], [1]], [-1, -2, -3])])
    const all = crossings(net, [[0], [4]])
    expect([all.regions, all.complete]).toEqual([4, true])
    expect(crossings(net, [[0], [4]], { limits: { regions: 4 } }).complete).toBe(true)
    const two = crossings(net, [[0], [4]], { limits: { regions: 2 } })
    expect([two.regions, two.complete, ...two.t]).toEqual([2, false, 0.25])
    expect(crossings(net, [[0], [4]], { limits: { milliseconds: 0 } }).complete).toBe(false)
    const seen: unknown[] = []
    const stopped = crossings(net, [[0], [4]], {
      onRegion: ({ index, from, to, code }) => {
        seen.push([index, from, to, ...code])
        return index < 1
      },
    })
    expect(stopped.complete).toBe(false)
    expect(seen).toEqual([
      [0, 0, 0.25, 0, 0, 0],
      [1, 0.25, 0.5, 1, 0, 0],
    ])
  })

  it('streams every region once, with its code', () => {
    const layers = randomStack('maxout twice', true, 3)
    const seen: number[][] = []
    const walk = crossings(networkOf(layers), [line(3, 3, 4), line(4, 3, 4)], {
      onRegion: ({ code }) => void seen.push([...code]),
    })
    expect(seen).toEqual(Array.from({ length: walk.regions }, (_, i) => [...walk.codeAt(i)]))
    expect([...walk.codeAt(0)]).toEqual(seen[0])
  })

  it('names a level [groups, output], and says on which side of it regions are', () => {
    const layers: PlainLayer[] = [
      relu([[1]], [-1]),
      { weight: [[0], [1]], bias: null, activation: { name: 'identity', alpha: 1 } },
    ]
    const walk = crossings(networkOf(layers), [[0], [4]], { level: { output: 1, value: 1 } })
    expect(walk.changed).toEqual([[[0, 0, 0, 1]], [[1, 1, 0, 1]]])
    expect([...walk.lastCode]).toEqual([1])
    expect([0, 1, 2].map((i) => walk.levelAt(i))).toEqual([0, 0, 1])
    expect(crossings(networkOf(layers), [[0], [4]]).levelAt(0)).toBeNull()
  })
})

describe('crossings refuses', () => {
  const net = () => networkOf([relu([[1, 1]])])
  test.each([
    [[[0, 0]], 'crossings: expected 2 or more points, got an array of 1'],
    [[[0, 0], [0]], 'crossings: expected points of 2 finite numbers, got [0] as point 1'],
    [
      [
        [0, Number.NaN],
        [0, 1],
      ],
      'got [0, NaN] as point 0',
    ],
  ])('points %j', (points, words) => expect(() => crossings(net(), points)).toThrow(words))

  test.each([
    [{ level: { output: 1 } }, 'crossings: level: expected an output from 0 to 0, got 1'],
    [{ level: { unit: 1 } }, "crossings: level: unknown option 'unit'"],
    [{ limits: { regions: 0 } }, 'crossings: limits: regions: expected an integer of at least 1, got 0'],
    [{ limit: {} }, "crossings: unknown option 'limit'; did you mean 'limits'?"],
  ])('options %j', (options, words) =>
    expect(() =>
      crossings(
        net(),
        [
          [0, 0],
          [1, 1],
        ],
        options as object,
      ),
    ).toThrow(words),
  )

  it('a region that is not there', () => {
    const walk = crossings(net(), [
      [1, 1],
      [2, 2],
    ])
    expect(() => walk.codeAt(1)).toThrow('codeAt: expected a region from 0 to 0, got 1')
    expect(() => walk.pointAt(2)).toThrow('pointAt: expected a parameter from 0 to 1, got 2')
  })
})
