import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { planePartition } from '../plane/plane-partition.ts'
import { networkOf } from '../testing/plain-network.ts'
import { partitionOf } from '../testing/plane-polygons.ts'
import { regionLife } from './region-life.ts'

beforeAll(() => init())

const relu = { name: 'relu', alpha: 0 } as const

/** Two lines: s = at, and t = 0. */
const cross = (at: number) =>
  planePartition(
    networkOf([
      {
        weight: [
          [1, 0],
          [0, 1],
        ],
        bias: [-at, 0],
        activation: relu,
      },
    ]),
    { window: [-1, 1] },
  )

/** 2-24-24 with something of that size added to its weights. */
function moved(size: number) {
  const draw = (rows: number, columns: number, seed: number) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        const at = 1.7 * i + 0.9 * j + seed
        return Math.sin(3 * at * at) + size * Math.cos(5 * at * at)
      }),
    )
  const layers = [
    { weight: draw(24, 2, 1), bias: draw(1, 24, 2)[0], activation: relu },
    { weight: draw(24, 24, 3), bias: draw(1, 24, 4)[0], activation: relu },
  ]
  return planePartition(networkOf(layers), { window: [-2, 2] })
}

describe('the life of regions', () => {
  it('is no births and deaths where a wall moves over nothing, and a move by half of it', () => {
    const { kept, born, died, moves } = regionLife(cross(0), cross(0.25))
    expect([kept.after.length, born.length, died.length]).toEqual([4, 0, 0])
    for (const distance of moves.distance) expect(distance).toBeCloseTo(0.125, 12)
    expect([...moves.areaBefore]).toEqual([1, 1, 1, 1])
    expect([...moves.areaAfter].sort()).toEqual([0.75, 0.75, 1.25, 1.25])
  })

  it('is two deaths where a wall leaves the window, and two births where it comes back', () => {
    const [within, outside] = [cross(0.5), cross(2)]
    const gone = regionLife(within, outside)
    expect([gone.kept.after.length, gone.born.length, gone.died.length]).toEqual([2, 0, 2])
    for (const face of gone.died) expect(within.region(face).code[0]).toBe(1)
    const back = regionLife(outside, within)
    expect([back.kept.after.length, back.born.length, back.died.length]).toEqual([2, 2, 0])
    for (const face of back.born) expect(within.region(face).code[0]).toBe(1)
  })

  it('is that of the codes as words', () => {
    const [before, after] = [0, 0.01].map(moved)
    const codes = [before, after].map(
      (partition) => new Map([...partition].map((region) => [region.code.join(''), region])),
    )
    const { kept, born, died, moves } = regionLife(before, after)
    const text = (partition: typeof before, face: number) => partition.region(face).code.join('')
    const isIn = (map: (typeof codes)[number]) => (code: string) => map.has(code)
    const both = [...codes[1].keys()].filter(isIn(codes[0]))
    expect([...kept.after].map((face) => text(after, face))).toEqual(both)
    expect([...kept.before].map((face) => text(before, face))).toEqual(both)
    const names = (partition: typeof before, faces: Int32Array) =>
      [...faces].map((face) => text(partition, face)).sort()
    expect(names(after, born)).toEqual([...codes[1].keys()].filter((code) => !codes[0].has(code)).sort())
    expect(names(before, died)).toEqual([...codes[0].keys()].filter((code) => !codes[1].has(code)).sort())
    expect(Math.min(both.length, born.length, died.length)).toBeGreaterThan(5)
    both.forEach((code, i) => {
      const [a, b] = codes.map((map) => map.get(code)!)
      expect(moves.distance[i]).toBeCloseTo(
        Math.hypot(a.centroid[0] - b.centroid[0], a.centroid[1] - b.centroid[1]),
        12,
      )
      expect([moves.areaBefore[i], moves.areaAfter[i]].map((x) => x.toFixed(9))).toEqual(
        [a.area, b.area].map((x) => x.toFixed(9)),
      )
    })
  })
})

test('partitions of other groups, or cut off by a budget, are refused', () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const
  expect(() => regionLife(cross(0), partitionOf([square]))).toThrow(
    'regionLife: expected groups (units × states) of one network, got 2 × 2 and 1 × 1',
  )
  const half = partitionOf([square], { complete: false })
  expect(() => regionLife(half, half)).toThrow(
    'regionLife: expected complete partitions, got one that a budget ended at 1 regions',
  )
})
