import { identityActivation, init, key, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer, plainCode } from '../testing/plain-network.ts'
import { regionGraph } from './graph.ts'
import { type Region, regionAt } from './region.ts'

beforeAll(() => init())

/** A stack behind a linear map from a few inputs: a plane, or a space of three dimensions, through the space of its inputs. */
function stackOn(
  name: string,
  dimension: number,
  isBiased: boolean,
  seed: number,
  isWhole = false,
): PlainLayer[] {
  const numbers = key(seed)
    .child('plane')
    .normalArray(stacks[name].inputs * (dimension + 1))
  const at = (i: number) => (isWhole ? Math.round(2 * numbers[i]) : numbers[i])
  const weight = Array.from({ length: stacks[name].inputs }, (_, i) =>
    Array.from({ length: dimension }, (_, j) => at(i * (dimension + 1) + j)),
  )
  const bias = isBiased ? weight.map((_, i) => at(i * (dimension + 1) + dimension) / 2) : null
  const layers = randomStack(name, isBiased, seed)
  return [{ weight, bias, activation: identityActivation }, ...(isWhole ? layers.map(rounded) : layers)]
}

const rounded = (layer: PlainLayer): PlainLayer =>
  JSON.parse(JSON.stringify(layer), (_, x) => (typeof x === 'number' ? Math.round(2 * x) / 2 : x))

/** The map of a region gives what the network gives. */
function expectMap(
  layers: readonly PlainLayer[],
  { A, b }: ReturnType<Region['map']>,
  x: readonly number[],
): void {
  const wanted = networkOf(layers)
    .apply(tensor([[...x]], { dtype: 'float64' }))
    .dataSync() as Float64Array
  for (const [o, row] of A.entries()) {
    const y = row.reduce((sum, a, j) => sum + a * x[j], b[o])
    expect(Math.abs(y - wanted[o])).toBeLessThan(1e-10 * Math.max(1, ...wanted.map(Math.abs)))
  }
}

const settings = fc.record({
  seed: fc.nat(1e6),
  dimension: fc.constantFrom(1, 2, 3),
  isBiased: fc.boolean(),
  isWhole: fc.boolean(),
  inBox: fc.boolean(),
})

test.each(Object.keys(stacks))(
  'regions of %s: what samples show is listed, and what is listed is there',
  (name) => {
    fc.assert(
      fc.property(settings, ({ seed, dimension, isBiased, isWhole, inBox }) => {
        const layers = stackOn(name, dimension, isBiased, seed, isWhole)
        const network = networkOf(layers)
        const graph = regionGraph(network, { box: inBox ? [-1, 1] : null, limits: { regions: 1500 } })
        if (!graph.complete) return
        const numbers = key(seed)
          .child('samples')
          .normalArray(200 * dimension)
        for (let n = 0; n < 200; n++) {
          // In space some samples are far out.
          const reach = inBox ? 1 : 10 ** (n % 5)
          // With whole weights units tie: on a grid sums have no rounding that would break ties.
          const grid = isWhole ? 2 ** 12 : 2 ** 40
          const x = Array.from({ length: dimension }, (_, i) => {
            const number = numbers[n * dimension + i]
            return Math.round(grid * (inBox ? Math.tanh(number) : reach * number)) / grid
          })
          const states = Array.from(plainCode(layers, x), Number)
          if (graph.indexOf(states) >= 0) continue
          // Points of a grid may lie on a wall, and their own pattern have no interior.
          const region = regionAt(network, x)
          expect(region.isOnWall).toBe(true)
          expect(region.contains(x)).toBe(true)
          expect(() => regionAt(network, { states })).toThrow('no region has the states')
        }
        let links = 0
        for (let i = 0; i < graph.regions; i++) {
          const states = graph.states(i)
          expect(graph.indexOf(states)).toBe(i)
          if (!isWhole) expect(plainCode(layers, graph.point(i))).toBe(states.join(''))
          const neighbours = graph.neighbours(i)
          links += neighbours.length
          for (const { region, changed } of neighbours) {
            expect(changed.length).toBeGreaterThan(0)
            expect(graph.neighbours(region).map((back) => back.region)).toContain(i)
          }
        }
        expect(links).toBe(2 * graph.dualEdges)
      }),
      { numRuns: 12 },
    )
  },
)

test.each(Object.keys(stacks))(
  'the region at a point of %s is the one listed, with its neighbours behind its walls',
  (name) => {
    fc.assert(
      fc.property(settings, ({ seed, dimension, isBiased, isWhole, inBox }) => {
        const layers = stackOn(name, dimension, isBiased, seed, isWhole)
        const network = networkOf(layers)
        const box = inBox ? ([-1, 1] as const) : null
        const graph = regionGraph(network, { box, limits: { regions: 300 } })
        if (!graph.complete) return
        for (let i = 0; i < graph.regions; i += 1 + Math.floor(graph.regions / 12)) {
          const region = regionAt(network, graph.point(i), { box })
          expect(region.states).toEqual(graph.states(i))
          expect(region.isOnWall).toBe(false)
          expect(region.isBounded).toBe(graph.isBounded(i))
          expect(
            region
              .walls()
              .map((wall) => graph.indexOf(wall.states))
              .sort(),
          ).toEqual(
            graph
              .neighbours(i)
              .map((neighbour) => neighbour.region)
              .sort(),
          )
          for (const wall of region.walls()) {
            expect(region.contains(wall.point) || region.neighbour(wall).contains(wall.point)).toBe(true)
            const back = region.neighbour(wall).walls()
            expect(back.map(({ states }) => states.join(''))).toContain(region.states.join(''))
          }
          expectMap(layers, region.map(), graph.point(i))
        }
      }),
      { numRuns: 6 },
    )
  },
)
