import { identityActivation, init, key, leakyReluActivation, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { networkOf, type PlainDense, type PlainLayer, plainCode } from '../testing/plain-network.ts'
import { described } from '../testing/region-laws.ts'
import { type FoundRegion, type RegionGraph, regionGraph } from './graph.ts'

beforeAll(() => init())

function dense(
  sizes: readonly number[],
  seed: number | string,
  { isBiased = true, activation = reluActivation } = {},
): PlainDense[] {
  return sizes.slice(1).map((outputs, l) => {
    const inputs = sizes[l]
    const numbers = key(seed)
      .child(`layer ${l}`)
      .normalArray(outputs * (inputs + 1))
    return {
      weight: Array.from({ length: outputs }, (_, o) =>
        Array.from({ length: inputs }, (_, i) => numbers[o * (inputs + 1) + i] / Math.sqrt(inputs)),
      ),
      bias: isBiased
        ? Array.from({ length: outputs }, (_, o) => numbers[o * (inputs + 1) + inputs] / 2)
        : null,
      activation: l === sizes.length - 2 ? identityActivation : activation,
    }
  })
}

const choose = (n: number, k: number): number => {
  let product = 1
  for (let i = 0; i < k; i++) product = (product * (n - i)) / (i + 1)
  return k < 0 || k > n ? 0 : Math.round(product)
}
const upTo = (n: number, d: number): number =>
  Array.from({ length: d + 1 }, (_, i) => choose(n, i)).reduce((a, b) => a + b, 0)

describe('one generic hidden layer of n units in all of space', () => {
  it.each([
    [1, 5],
    [2, 9],
    [3, 9],
    [4, 9],
    [5, 8],
    [6, 8],
    [7, 9],
    [8, 9],
    [4, 2],
    [8, 3],
  ])('in %i dimensions with %i units has the regions, bounded ones and facets of the formulas', (d, n) => {
    const graph = regionGraph(networkOf(dense([d, n, 1], d * 100 + n)))
    expect([graph.regions, graph.boundedRegions, graph.dualEdges]).toEqual([
      upTo(n, d),
      choose(n - 1, d),
      n * upTo(n - 1, d - 1),
    ])
    expect(graph.complete).toBe(true)
  })

  it('has twice the regions of one dimension less where no unit has a bias', () => {
    for (const [d, n] of [
      [2, 7],
      [3, 7],
      [4, 6],
    ]) {
      const graph = regionGraph(networkOf(dense([d, n, 1], n, { isBiased: false })))
      expect([graph.regions, graph.boundedRegions]).toEqual([2 * upTo(n - 1, d - 1), 0])
    }
  })
})

test('a network without units is one region, in a box and in all of space', () => {
  const network = networkOf(dense([3, 2], 0))
  for (const box of [null, [-1, 1] as const]) {
    const graph = regionGraph(network, { box })
    expect([graph.regions, graph.dualEdges, graph.boundedRegions]).toEqual([1, 0, box === null ? 0 : 1])
    expect(graph.point(0)).toHaveLength(3)
    expect(graph.neighbours(0)).toEqual([])
  }
})

describe.each([-30, -24, 24, 30])('2^%i times as large', (power) => {
  const scale = 2 ** power
  it.each([
    ['zero biases', dense([3, 6, 5, 1], 4, { isBiased: false })],
    ['biases', dense([3, 6, 5, 1], 5)],
    ['leaky units', dense([2, 6, 5, 4, 1], 6, { activation: leakyReluActivation(0.25) })],
  ])('a network with %s has the same regions in a box and in all of space', (_, layers) => {
    const [first, ...rest] = layers
    const scaled = networkOf([
      { ...first, weight: first.weight.map((row) => row.map((w) => w / scale)) },
      ...rest,
    ])
    const plain = networkOf(layers)
    const boxes = [
      [null, null],
      [
        [-1, 1],
        [-scale, scale],
      ],
    ] as const
    for (const [small, large] of boxes)
      expect(described(regionGraph(scaled, { box: large }))).toEqual(
        described(regionGraph(plain, { box: small })),
      )
  })
})

describe('degenerate networks', () => {
  const grid = (rows: number[][], bias: number[] | null): PlainLayer[] => [
    { weight: rows, bias, activation: reluActivation },
  ]

  it('with one unit several times, scaled or reversed, have walls that change all of them', () => {
    const layers = grid(
      [
        [1, 2],
        [2 ** 30, 2 ** 31],
        [-1, -2],
        [3, -1],
      ],
      [1, 2 ** 30, -1, 0],
    )
    const graph = regionGraph(networkOf(layers))
    expect([graph.regions, graph.dualEdges]).toEqual([4, 4])
    const changes = graph.neighbours(0).map(({ changed }) => changed.length)
    expect(changes.sort()).toEqual([1, 3])
  })

  it('with walls through one point have the fans around it', () => {
    const lines = Array.from({ length: 6 }, (_, i) => [i, 1 - i])
    const graph = regionGraph(
      networkOf(
        grid(
          lines,
          lines.map(([a, b]) => -a - b),
        ),
      ),
    )
    expect([graph.regions, graph.dualEdges]).toEqual([12, 12])
  })

  it('with units that are constant, zero or dead have no walls of theirs', () => {
    const layers = [
      ...grid(
        [
          [0, 0],
          [0, 0],
          [0, 0],
          [1, 0],
        ],
        [1, -1, 0, 0],
      ),
      ...grid(
        [
          [0, 1, 1, 0],
          [0, 0, 0, 1],
          [-1, 0, 0, 0],
        ],
        [0, 0, 0],
      ),
    ]
    const graph = regionGraph(networkOf(layers))
    expect(described(graph)).toEqual({
      codes: ['1000000', '1001010'],
      edges: ['1000000|1001010'],
      bounded: 0,
    })
  })

  it('with walls along the edges of a box have no walls there', () => {
    const layers = grid(
      [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      [-1, 1, -2],
    )
    const graph = regionGraph(networkOf(layers), { box: [-1, 1] })
    expect(graph.regions).toBe(1)
  })

  it('with a wall off by the last place have the sliver', () => {
    const layers = grid(
      [
        [1, 0],
        [1, 0],
      ],
      [-1, -1 - 2 ** -52],
    )
    const graph = regionGraph(networkOf(layers), { box: [-2, 2] })
    expect(graph.regions).toBe(3)
  })
})

describe('limits', () => {
  const network = () => networkOf(dense([3, 12, 12, 1], 'limits'))

  it('of regions end in complete: false, with what was found', () => {
    const graph = regionGraph(network(), { limits: { regions: 20 } })
    expect([graph.regions, graph.complete]).toEqual([20, false])
    for (let i = 0; i < 20; i++) for (const { region } of graph.neighbours(i)) expect(region).toBeLessThan(20)
  })

  it('that are met exactly leave it complete', () => {
    const { regions } = regionGraph(network())
    expect(regionGraph(network(), { limits: { regions } }).complete).toBe(true)
    expect(regionGraph(network(), { limits: { regions: regions - 1 } }).complete).toBe(false)
  })

  it('of time end a walk that would take days', () => {
    const wide = networkOf(dense([8, 60, 60, 1], 'wide'))
    const started = performance.now()
    const graph = regionGraph(wide, { limits: { milliseconds: 50 } })
    expect(graph.complete).toBe(false)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('of time end the search for a boundary, too, also where it meets nothing', () => {
    const wide = networkOf(dense([6, 40, 40, 1], 'wide'))
    const graph = regionGraph(wide, { box: [-1, 1], boundary: { output: 0 }, limits: { milliseconds: 30 } })
    expect(graph.complete).toBe(false)
  })

  it('are given by a callback that returns false, which sees regions as they are found', () => {
    const found: FoundRegion[] = []
    const layers = dense([3, 12, 12, 1], 'limits')
    const graph = regionGraph(networkOf(layers), { onRegion: (region) => found.push(region) < 5 })
    expect([graph.regions, graph.complete, found.length]).toEqual([5, false, 5])
    for (const { index, states, point, isBounded } of found) {
      expect(states).toEqual(graph.states(index))
      expect(point).toEqual(graph.point(index))
      expect(isBounded).toBe(graph.isBounded(index))
      expect(plainCode(layers, point)).toBe(states.join(''))
    }
  })
})

describe('level sets of an output', () => {
  it('are named [groups, output], with a boundary beside them too', () => {
    const network = networkOf([
      { weight: [[1]], bias: [-1], activation: reluActivation },
      { weight: [[0], [1]], bias: null, activation: identityActivation },
    ])
    const level = { output: 1, value: 1 }
    const changedIn = (graph: RegionGraph) =>
      Array.from({ length: graph.regions }, (_, i) => graph.neighbours(i))
        .flat()
        .map(({ changed }) => JSON.stringify(changed))
        .sort()
    const there = regionGraph(network, { box: [0, 4], level })
    expect(changedIn(there)).toEqual(['[[0,0,0,1]]', '[[0,0,1,0]]', '[[1,1,0,1]]', '[[1,1,1,0]]'])
    const both = regionGraph(network, { box: [0, 4], level, boundary: { output: 0 } })
    expect(changedIn(both)).toEqual(changedIn(there))
  })

  it('are found without the rest: of all regions those of a boundary that few meet', () => {
    const network = networkOf(dense([4, 10, 10, 10, 1], 'boundary'))
    const all = regionGraph(network, { box: [-1, 1] })
    const points = Array.from({ length: all.regions }, (_, i) => all.point(i))
    const outputs = network.apply(tensor(points, { dtype: 'float64' })).dataSync() as Float64Array
    const level = { output: 0, value: outputs.slice().sort()[Math.floor(0.99 * all.regions)] }
    let looks = 0
    const { regions, complete } = regionGraph(network, {
      box: [-1, 1],
      boundary: level,
      onRegion: () => {
        looks++
      },
    })
    const cut = regionGraph(network, { box: [-1, 1], level })
    expect([regions, complete, looks]).toEqual([cut.regions - all.regions, true, regions])
    expect(regions).toBeGreaterThan(0)
    expect(regions).toBeLessThan(all.regions / 4)
  })
})

test('options and regions that there are not are refused', () => {
  const network = networkOf(dense([2, 3, 1], 0))
  expect(() => regionGraph(network, { box: [1, 1] })).toThrow('regionGraph: box: expected')
  expect(() => regionGraph(network, { box: { lower: [0], upper: [1] } })).toThrow('expected 2 axes, got 1')
  expect(() => regionGraph(network, { level: { output: 1 } })).toThrow(
    'level: expected an output from 0 to 0',
  )
  expect(() => regionGraph(network, { boundary: { output: 3 } })).toThrow('expected an output from 0 to 0')
  expect(() => regionGraph(networkOf(dense([13, 3, 1], 0)))).toThrow('expected at most 12 inputs, got 13')
  const graph = regionGraph(network)
  expect(() => graph.states(graph.regions)).toThrow('RegionGraph.states: expected a region below 7, got 7')
  expect(graph.indexOf([1, 1])).toBe(-1)
})

test('boxes may have ends of their own on every axis', () => {
  const layers: PlainLayer[] = [
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
      bias: [-1, -1],
      activation: reluActivation,
    },
  ]
  expect(regionGraph(networkOf(layers), { box: { lower: [0, 0], upper: [2, 0.5] } }).regions).toBe(2)
  expect(regionGraph(networkOf(layers), { box: { lower: [0, 0], upper: [2, 2] } }).regions).toBe(4)
})
