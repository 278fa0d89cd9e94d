import { identityActivation, key, reluActivation, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type RegionGraph, regionGraph } from '../region/graph.ts'
import { type Region, regionAt } from '../region/region.ts'
import { randomStack, stacks } from './kind-cases.ts'
import { networkOf, type PlainLayer, plainCode } from './plain-network.ts'
import { rewritings } from './rewrites.ts'

// What holds of the regions of every network: each law is tried on some random ones.

/** Stacks of images have thousands of regions where others have a hundred: in spaces of two dimensions and smaller boxes, as many as those. */
const isImage = (name: string) => stacks[name].inputs > 12

const boxOf = (name: string) => (isImage(name) ? ([-0.5, 0.5] as const) : ([-1, 1] as const))

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

const settings = (name: string) =>
  fc.record({
    seed: fc.nat(1e6),
    dimension: fc.constantFrom(...(isImage(name) ? [1, 2] : [1, 2, 3])),
    isBiased: fc.boolean(),
    isWhole: fc.boolean(),
    inBox: fc.boolean(),
  })

/** Codes and pairs of codes, in an order of their own. */
export function described(
  graph: RegionGraph,
  back: (code: readonly number[]) => number[] = (code) => [...code],
) {
  const codes = Array.from({ length: graph.regions }, (_, i) => back([...graph.states(i)]).join(''))
  const edges = Array.from({ length: graph.dualEdges }, (_, e) =>
    [codes[graph.edges[2 * e]], codes[graph.edges[2 * e + 1]]].sort().join('|'),
  )
  return { codes: [...codes].sort(), edges: edges.sort(), bounded: graph.boundedRegions }
}

function samplesAreListed(name: string, runs: number): void {
  fc.assert(
    fc.property(settings(name), ({ seed, dimension, isBiased, isWhole, inBox }) => {
      const layers = stackOn(name, dimension, isBiased, seed, isWhole)
      const network = networkOf(layers)
      const graph = regionGraph(network, { box: inBox ? boxOf(name) : null, limits: { regions: 1500 } })
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
          return Math.round(grid * (inBox ? boxOf(name)[1] * Math.tanh(number) : reach * number)) / grid
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
    { numRuns: runs },
  )
}

function regionsAreThoseListed(name: string, runs: number): void {
  fc.assert(
    fc.property(settings(name), ({ seed, dimension, isBiased, isWhole, inBox }) => {
      const layers = stackOn(name, dimension, isBiased, seed, isWhole)
      const network = networkOf(layers)
      const box = inBox ? boxOf(name) : null
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
    { numRuns: runs },
  )
}

function levelsCut(name: string, runs: number): void {
  fc.assert(
    fc.property(fc.nat(1e6), fc.boolean(), fc.constantFrom(0, 0.125), (seed, inBox, value) => {
      const layers = stackOn(name, 2, true, seed)
      const network = networkOf(layers)
      const options = { box: inBox ? boxOf(name) : null, limits: { regions: 1500 } }
      const level = { output: 0, value }
      const plain = regionGraph(network, options)
      const cut = regionGraph(network, { ...options, level })
      if (!plain.complete || !cut.complete) return
      const behind: PlainLayer = {
        weight: [Array.from({ length: network.outputs }, (_, o) => Number(o === 0))],
        bias: [-value],
        activation: reluActivation,
      }
      expect(described(cut)).toEqual(described(regionGraph(networkOf([...layers, behind]), options)))
      const boundary = regionGraph(network, { ...options, boundary: level })
      // Regions on which the output is the level everywhere belong to the boundary, and are not cut.
      const halves = new Map<string, number>()
      for (let i = 0; i < cut.regions; i++) {
        const code = [...cut.states(i)].slice(0, -1).join('')
        halves.set(code, (halves.get(code) ?? 0) + 1)
      }
      const crossed = [...halves].filter(([, parts]) => parts === 2).map(([code]) => code)
      const listed = described(boundary).codes
      expect(listed).toEqual(expect.arrayContaining(crossed))
      for (const code of listed) expect(plain.indexOf(Array.from(code, Number))).toBeGreaterThanOrEqual(0)
      expect(boundary.complete).toBe(true)
      if (!listed.some((code) => !crossed.includes(code)))
        expect(boundary.regions).toBe(cut.regions - plain.regions)
    }),
    { numRuns: runs },
  )
}

/** Laws of networks of one kind of layers, by name in {@link stacks}, tried on so many. */
export const regionLaws: Readonly<Record<string, (name: string, runs: number) => void>> = {
  'what samples show is listed, and what is listed is there': samplesAreListed,
  'the region at a point is the one listed, with its neighbours behind its walls': regionsAreThoseListed,
  'level sets of an output cut as one more unit would, and the boundary alone is found': levelsCut,
}

/** Networks written otherwise, by name in {@link rewritings}, have the same regions and neighbours. */
export function rewritingsAreTheSame(name: string, runs: number): void {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(...Object.keys(stacks)),
      (seed, isBiased, inBox, stack) => {
        const layers = stackOn(stack, 2, isBiased, seed)
        const box = inBox ? boxOf(stack) : null
        const options = { box, limits: { regions: 1500 } }
        const plain = regionGraph(networkOf(layers), options)
        if (!plain.complete) return
        const { layers: written, back } = rewritings[name](layers)
        const other = regionGraph(networkOf(written), options)
        expect(described(other, back)).toEqual(described(plain))
      },
    ),
    { numRuns: runs },
  )
}
