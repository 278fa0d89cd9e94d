import { expect, it } from 'vitest'
import { extentOf, sightOf } from './surface-sight.ts'
import { asSpace, extentAround, nearestTo, seenAt } from './symmetry-points.ts'

it('places points of the plane as they are, and points of space as the surface does', () => {
  const points = Float32Array.of(-1, -1, 1, 1)
  const flat = sightOf(extentOf(asSpace(points, 2)), null, 1, 100, 100)
  const [[ax, ay], [bx, by]] = seenAt(points, 2, flat)
  expect([ax, ay, bx, by].map(Math.round)).toEqual([14, 86, 86, 14])
  const space = sightOf({ centre: [0, 0, 0], half: [1, 1, 1] }, { azimuth: 0, elevation: 0 }, 1, 100, 100)
  const [[x, y]] = seenAt(Float32Array.of(9, 1, 0), 3, space)
  expect(x).toBeCloseTo(50 + space.unit, 4)
  expect(y).toBeCloseTo(50, 4)
})

it('finds the nearest point within a finger', () => {
  const points = [
    [0, 0],
    [10, 0],
    [50, 50],
  ] as const
  expect(nearestTo(points, 7, 0)).toBe(1)
  expect(nearestTo(points, 40, 40)).toBe(2)
  expect(nearestTo(points, 30, 30)).toBe(-1)
})

it('has room for samples and for a way near them, and not for one that leads far away', () => {
  const samples = Float32Array.of(-1, -1, 0, 1, 1, 0)
  expect(extentAround(samples, Float32Array.of(0, 1.5, 0))).toEqual({
    centre: [0, 0.25, 0],
    half: [1, 1.25, 0],
  })
  expect(extentAround(samples, Float32Array.of(1e9, 0, 0))).toEqual({
    centre: [0.5, 0, 0],
    half: [1.5, 1, 0],
  })
})
