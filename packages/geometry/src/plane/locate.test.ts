import { init } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { oraclePartition } from '../testing/oracle-partition.ts'
import { partitionOf } from '../testing/plane-polygons.ts'
import { denseScene } from '../testing/plane-scenes.ts'
import { type ExactPoint, exactPoint, exactTurn } from './exact-points.ts'
import { PlanePartition } from './partition.ts'
import { eachHalfEdge } from './polygon.ts'

beforeAll(() => init())

test.each([1, 2, 3, 4, 5, 6])(
  'a point, a vertex and a place on a wall are in the closure of the region that is found, network %i',
  (seed) => {
    const { layers, plane, window } = denseScene(seed, seed % 2 === 0)
    const { parts } = oraclePartition(layers, plane, window)
    const partition = new PlanePartition(parts)
    const { structure } = partition
    const exactVertex = parts.exactVertex!
    const holds = (face: number, point: ExactPoint) => {
      let isInside = true
      eachHalfEdge(structure, structure.first[face], (h) => {
        const [a, b] = [h, structure.next[h]].map((k) => exactVertex(structure.origin[k]))
        if (exactTurn(a, b, point) < 0) isInside = false
      })
      return isInside
    }
    const isHeld = (s: number, t: number) => {
      const region = partition.at(s, t)
      return region !== null && holds(region.index, exactPoint(s, t))
    }
    for (let i = 0; i < 200; i++) expect(isHeld(2 * Math.sin(i), 2 * Math.cos(5 * i))).toBe(true)
    for (const [s, t] of [
      [-2, -2],
      [2, 2],
      [0, 2],
      [-2, 0],
    ])
      expect(isHeld(s, t)).toBe(true)
    for (const region of partition) {
      expect(partition.at(...region.centroid)!.index).toBe(region.index)
      for (const [s, t] of region.corners) expect(isHeld(s, t)).toBe(true)
      for (const { from, to } of region.neighbours)
        expect(isHeld((from[0] + to[0]) / 2, (from[1] + to[1]) / 2)).toBe(true)
    }
    for (const [s, t] of [
      [2.0000001, 0],
      [0, -3],
      [-1e9, 1e9],
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 0],
    ])
      expect(partition.at(s, t)).toBeNull()
  },
)

test('a region behind a part that a budget left out is found', () => {
  const square = (s: number, t: number): [number, number][] => [
    [s, t],
    [s + 1, t],
    [s + 1, t + 1],
    [s, t + 1],
  ]
  const squares = [square(0, 0), square(1, 0), square(2, 0), square(0, 1), square(2, 1)]
  const partition = partitionOf(squares, { complete: false })
  const found = [0.5, 1.5, 2.5].map((s) => [0.5, 1.5].map((t) => partition.at(s, t)?.index))
  expect(found).toEqual([
    [0, 3],
    [1, undefined],
    [2, 4],
  ])
})
