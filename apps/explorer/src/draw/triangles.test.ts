import { expect, it } from 'vitest'
import { Triangles } from './triangles.ts'

it('polygons become fans from their first corners', () => {
  const triangles = new Triangles()
  triangles.read({ starts: Uint32Array.of(0, 3, 8) })
  expect([...triangles.indices.subarray(0, triangles.count)]).toEqual([0, 1, 2, 3, 4, 5, 3, 5, 6, 3, 6, 7])
  expect([...triangles.polygons.subarray(0, triangles.points)]).toEqual([0, 0, 0, 1, 1, 1, 1, 1])
})

it('a smaller picture is written into the arrays of a larger one', () => {
  const triangles = new Triangles()
  triangles.read({ starts: Uint32Array.of(0, 5, 9) })
  const { indices } = triangles
  triangles.read({ starts: Uint32Array.of(0, 4) })
  expect(triangles.indices).toBe(indices)
  expect([...triangles.indices.subarray(0, triangles.count)]).toEqual([0, 1, 2, 0, 2, 3])
  triangles.read({ starts: Uint32Array.of(0) })
  expect(triangles.count).toBe(0)
})
