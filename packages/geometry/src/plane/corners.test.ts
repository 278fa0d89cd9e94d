import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { partitionOf } from '../testing/plane-polygons.ts'
import { exactPoint } from './exact-points.ts'
import type { PlanePartition } from './partition.ts'

beforeAll(() => init())

type Polygons = [number, number][][]

const counts = (partition: PlanePartition) => {
  const { vertices, edges, interiorEdges, tJunctions, sizes } = partition.summary()
  return { vertices, edges, interiorEdges, tJunctions, sizes }
}

const scaled = (polygons: Polygons, factor: number): Polygons =>
  polygons.map((points) => points.map(([s, t]) => [factor * s, factor * t]))

describe('the corners of a region', () => {
  it('are none in the middle of its edge where others have one', () => {
    const partition = partitionOf([
      [
        [0, 0],
        [2, 0],
        [2, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 1],
        [1, 2],
        [0, 2],
      ],
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 2],
      ],
    ])
    const { regions, ...wanted } = {
      regions: 3,
      vertices: 8,
      edges: 10,
      interiorEdges: 3,
      tJunctions: 1,
      sizes: { 4: 3 },
    }
    expect(partition.regions).toBe(regions)
    expect(counts(partition)).toEqual(wanted)
    expect(partition.region(0).neighbours.map(({ region, length }) => [region, length])).toEqual([
      [2, 1],
      [1, 1],
    ])
    // Three points with coordinates that are exact lie on one line: only exact arithmetic can say so.
    expect(partition.verified).toBe('float')
  })

  it('are none where an edge goes on in pieces, inside and on the edge of the window', () => {
    const partition = partitionOf([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [1, 1.5],
        [1, 2],
        [0, 2],
        [0, 1],
      ],
      [
        [1, 0],
        [2, 0],
        [2, 2],
        [1, 2],
        [1, 1.5],
        [1, 1],
      ],
    ])
    expect(counts(partition)).toEqual({
      vertices: 6,
      edges: 7,
      interiorEdges: 1,
      tJunctions: 0,
      sizes: { 4: 2 },
    })
    const [left, right] = partition
    expect(left.neighbours).toEqual([
      { region: 1, wall: [0, 0], from: [1, 0], to: [1, 2], length: 2, changed: [[0, 0, 0, 1]] },
    ])
    expect(right.neighbours.map(({ from, to }) => [from, to])).toEqual([
      [
        [1, 2],
        [1, 0],
      ],
    ])
    expect(left.corners).toEqual([
      [0, 0],
      [1, 0],
      [1, 2],
      [0, 2],
    ])
    expect(partition.summary().shortestEdge).toBe(1)
  })

  // Lower by 2⁻⁴⁵ than the line through its neighbours, or not.
  const bent = (by: number): Polygons => [
    [
      [0, 0],
      [2, 0],
      [2, 1],
      [1, 1 + by],
      [0, 1],
    ],
    [
      [0, 1],
      [1, 1 + by],
      [1, 2],
      [0, 2],
    ],
    [
      [1, 1 + by],
      [2, 1],
      [2, 2],
      [1, 2],
    ],
  ]
  it.each([1, 2 ** 30, 2 ** -30, 2 ** -300])(
    'are decided by exact coordinates where those of the plane times %d are too near a line',
    (factor) => {
      for (const by of [2 ** -45, 0]) {
        const polygons = scaled(bent(by), factor)
        let structure = partitionOf(polygons).structure
        const exactVertex = (v: number) => exactPoint(structure.s[v], structure.t[v])
        const exact = partitionOf(polygons, { exactVertex })
        structure = exact.structure
        expect(exact.verified).toBe('exact')
        expect(exact.region(0).corners.length).toBe(by === 0 ? 4 : 5)
        expect(exact.summary().tJunctions).toBe(by === 0 ? 1 : 0)
        const without = partitionOf(polygons)
        expect(without.verified).toBe('float')
        expect(without.region(0).corners.length).toBe(4)
        const sharp = partitionOf(polygons, {
          vertexErrors: new Float64Array(structure.vertices).fill(factor * 2 ** -60),
        })
        expect(sharp.region(0).corners.length).toBe(by === 0 ? 4 : 5)
        expect(sharp.verified).toBe(by === 0 ? 'float' : 'checked')
        expect(exact.summary().vertices - exact.summary().edges + 3).toBe(1)
      }
    },
  )

  it('take the weaker word of the cuts that made them', () => {
    const triangles: Polygons = [
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 1],
        [0, 1],
      ],
    ]
    expect(partitionOf(triangles).verified).toBe('checked')
    expect(partitionOf(triangles, { verified: 'exact' }).verified).toBe('exact')
    expect(partitionOf(triangles, { verified: 'float' }).verified).toBe('float')
  })
})
