import type { Network } from '@facet/models'
import { absActivation, identityActivation, init, key, reluActivation } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer, plainCode } from '../testing/plain-network.ts'
import { regionGraph } from './graph.ts'
import { type Region, regionAt } from './region.ts'
import { facetsOf, isBoundedBy } from './wall-programs.ts'

/** Three lines around a triangle with corners (0, 0), (1, 0), (0, 1). */
let triangle: Network

beforeAll(async () => {
  await init()
  triangle = networkOf([
    relu(
      [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      [0, 0, -1],
    ),
  ])
})

const relu = (weight: number[][], bias: number[] | null = null): PlainLayer => ({
  weight,
  bias,
  activation: reluActivation,
})

/** A random network of some inputs. */
function random(sizes: readonly number[], seed: number): PlainLayer[] {
  return sizes.slice(1).map((outputs, l) => {
    const numbers = key(seed)
      .child(`${l}`)
      .normalArray(outputs * (sizes[l] + 1))
    const row = (o: number) => Array.from(numbers.slice(o * (sizes[l] + 1), (o + 1) * (sizes[l] + 1)))
    return {
      weight: Array.from({ length: outputs }, (_, o) => row(o).slice(0, -1)),
      bias: Array.from({ length: outputs }, (_, o) => row(o)[sizes[l]]),
      activation: l === sizes.length - 2 ? identityActivation : reluActivation,
    }
  })
}

const walls = (region: Region) =>
  region
    .walls()
    .map(({ changed }) => JSON.stringify(changed))
    .sort()

describe('a triangle', () => {
  it('has its walls, corners, largest ball and map', () => {
    const region = regionAt(triangle, [0.25, 0.25])
    expect([...region.states]).toEqual([1, 1, 0])
    expect(walls(region)).toEqual(['[[0,0,1,0]]', '[[0,1,1,0]]', '[[0,2,0,1]]'])
    expect(region.corners.map(([x, y]) => `${x} ${y}`).sort()).toEqual(['0 0', '0 1', '1 0'])
    expect([region.directions, region.lines, region.isBounded]).toEqual([[], [], true])
    const { centre, radius } = region.chebyshev()
    expect(radius).toBeCloseTo(1 / (2 + Math.SQRT2), 14)
    for (const c of centre!) expect(c).toBeCloseTo(radius, 14)
    expect(region.map()).toMatchObject({
      A: [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
      b: [0, 0, 0],
    })
  })

  it('has half-spaces that hold inside, each with the unit that it is of', () => {
    const region = regionAt(triangle, [0.25, 0.25])
    expect(region.halfSpaces).toEqual([
      { a: [1, 0], b: 0, unit: [0, 0, 1, 0] },
      { a: [0, 1], b: 0, unit: [0, 1, 1, 0] },
      { a: [-1, -1], b: 1, unit: [0, 2, 0, 1] },
    ])
  })

  it('contains its edge, to the last place', () => {
    const region = regionAt(triangle, [0.25, 0.25])
    expect(region.contains([0.5, 0.5])).toBe(true)
    expect(region.contains([0.5, 0.5 + 2 ** -53])).toBe(false)
    expect(region.contains([0, 0])).toBe(true)
    expect(region.contains([-(2 ** -1074), 0])).toBe(false)
  })

  it('ends at a box, which is no wall', () => {
    const region = regionAt(triangle, [0.25, 0.25], { box: [-0.5, 0.5] })
    expect(walls(region)).toEqual(['[[0,0,1,0]]', '[[0,1,1,0]]'])
    expect([...region.boxFaces].sort()).toEqual([
      [0, 1],
      [1, 1],
    ])
    expect(region.chebyshev().radius).toBeCloseTo(0.25, 14)
    expect(region.contains([0.6, 0.1])).toBe(false)
  })

  it('is its neighbours’ neighbour', () => {
    const region = regionAt(triangle, [0.25, 0.25])
    for (const wall of region.walls()) {
      const other = region.neighbour(wall)
      expect(other.isBounded).toBe(false)
      expect(other.chebyshev()).toEqual({ centre: null, radius: Number.POSITIVE_INFINITY })
      expect(other.walls().map(({ states }) => states.join(''))).toContain('110')
    }
  })
})

test('a region that holds whole lines has no corners, and says along what it goes on', () => {
  const network = networkOf([
    relu(
      [
        [1, 0, 0],
        [-1, 0, 0],
      ],
      [0, 1],
    ),
  ])
  const region = regionAt(network, [0.5, 7, -3])
  expect([region.isBounded, region.lines.length, region.chebyshev().radius]).toEqual([false, 2, 0.5])
  for (const [x] of region.lines) expect(x).toBe(0)
})

describe('a point on a wall', () => {
  it('belongs to the region of its own states where that has an interior', () => {
    const region = regionAt(triangle, [0, 0.5])
    expect([[...region.states], region.isOnWall, region.contains([0, 0.5])]).toEqual([[0, 1, 0], true, true])
    expect(regionAt(triangle, [0.25, 0.5]).isOnWall).toBe(false)
  })

  it('belongs to the region just behind it where its own states have none', () => {
    // p and −p are both 0 at 0: states 00 are those of a line.
    const network = networkOf([relu([[1], [-1]])])
    const region = regionAt(network, [0])
    expect([[...region.states], region.isOnWall, region.contains([0])]).toEqual([[1, 0], true, true])
    expect(() => regionAt(network, { states: [0, 0] })).toThrow('no region has the states 00')
  })

  it('has a region whose closure contains it, with any units', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.constantFrom(1, 2, 3), (seed, d) => {
        const numbers = key(seed).normalArray(40)
        let at = 0
        const whole = (rows: number, columns: number) =>
          Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.round(numbers[at++])))
        const layers: PlainLayer[] = [
          { weight: whole(4, d), bias: null, activation: absActivation },
          { kind: 'maxout', weight: [whole(2, 4), whole(2, 4)], bias: null },
        ]
        const network = networkOf(layers)
        const x = new Array<number>(d).fill(0)
        const region = regionAt(network, x)
        expect(region.contains(x)).toBe(true)
        expect(regionGraph(network).indexOf(region.states)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })

  it('to the last place is told from one beside it', () => {
    // With weights that are no short numbers, 3 · (1/3) − 1 and the like are not 0 exactly.
    const third = 1 / 3
    const network = networkOf([relu([[third]], [-1])])
    expect(regionAt(network, [3]).isOnWall).toBe(false)
    expect([...regionAt(network, [3]).states]).toEqual([0])
    expect([...regionAt(network, [3 + 2 ** -51]).states]).toEqual([1])
  })
})

describe('linear programs', () => {
  it('find the walls that corners show, and whether a region is bounded', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 5 }), fc.boolean(), (seed, d, inBox) => {
        // Half-spaces of a first layer are not rounded; parallel ones behind it would meet somewhere far out.
        const layers = random([d, 10, 1], seed)
        const region = regionAt(networkOf(layers), new Array<number>(d).fill(0.125), {
          box: inBox ? [-1, 1] : null,
        })
        const units = region.halfSpaces
        const faces = inBox
          ? Array.from({ length: 2 * d }, (_, i) => ({
              a: Array.from({ length: d }, (_, j) => (j === i >> 1 ? 1 - 2 * (i & 1) : 0)),
              b: 1,
            }))
          : []
        const found = facetsOf([...units, ...faces], region.point)
        const changed = found.flatMap(({ forms: [k] }) =>
          k < units.length ? [JSON.stringify([units[k].unit])] : [],
        )
        expect(changed.sort()).toEqual(walls(region))
        expect(found.length - changed.length).toBe(region.boxFaces.length)
        expect(isBoundedBy([...units, ...faces], d)).toBe(region.isBounded)
      }),
      { numRuns: 40 },
    )
  })

  it.each(Object.keys(stacks).filter((name) => stacks[name].inputs > 12))(
    'find regions of %s, of more than 12 inputs',
    (name) => {
      const layers = randomStack(name, true, 3)
      const network = networkOf(layers)
      const { inputs } = stacks[name]
      const x = Array.from(key('inputs').normalArray(inputs))
      const region = regionAt(network, x, { box: [-4, 4] })
      expect(region.states.join('')).toBe(plainCode(layers, x))
      expect([region.contains(x), region.isBounded, region.verified]).toEqual([true, true, 'float'])
      const { centre, radius } = region.chebyshev()
      expect(radius).toBeGreaterThan(0)
      expect(region.contains(centre!)).toBe(true)
      expect(region.walls().length).toBeGreaterThan(0)
      for (const wall of region.walls().slice(0, 4)) {
        expect(wall.a.reduce((sum, a, j) => sum + a * wall.point[j], wall.b)).toBeCloseTo(0, 9)
        const back = region.neighbour(wall).walls()
        expect(back.map(({ states }) => states.join(''))).toContain(region.states.join(''))
      }
      expect(() => region.corners).toThrow('Region.corners: expected at most 12 inputs')
    },
  )
})

test('what does not fit is refused', () => {
  expect(() => regionAt(triangle, [0])).toThrow('regionAt: expected x [2], got [1]')
  expect(() => regionAt(triangle, [0, Number.NaN])).toThrow('expected a finite point')
  expect(() => regionAt(triangle, [2, 0], { box: [-1, 1] })).toThrow('expected a point of the box')
  expect(() => regionAt(triangle, { states: [1] })).toThrow('expected 3 states, got 1')
  expect(() => regionAt(triangle, { states: [0, 0, 1] })).toThrow('no region has the states 001')
  expect(() => regionAt(triangle, { states: [0, 0, 2] })).toThrow('no region has the states 002')
  expect(() => regionAt(triangle, { states: [1, 1, 1] }, { box: [-0.5, 0.25] })).toThrow(
    'no region in the box',
  )
  expect(() => regionAt(triangle, [0, 0]).contains([0])).toThrow('Region.contains: expected x [2], got [1]')
})
