import { expect, it } from 'vitest'
import { polygonUnder } from './surface-pick.ts'

const square = (x: number, y: number, near: number) => [
  [x, y, near],
  [x + 10, y, near],
  [x + 10, y + 10, near],
  [x, y + 10, near],
]
const surface = (...polygons: number[][][]) => {
  const starts = [0]
  for (const polygon of polygons) starts.push(starts[starts.length - 1] + polygon.length)
  return [
    { dimension: 2, starts: Uint32Array.from(starts) } as const,
    Float32Array.from(polygons.flat(2)),
  ] as const
}

it('finds the nearest of the polygons that hold a pixel, whichever way round their corners go', () => {
  const [picture, placed] = surface(square(0, 0, 1), square(5, 0, 3).reverse(), square(5, 0, 2))
  expect(polygonUnder(picture, placed, 2, 5)).toBe(0)
  expect(polygonUnder(picture, placed, 7, 5)).toBe(1)
  expect(polygonUnder(picture, placed, 14, 9)).toBe(1)
  expect(polygonUnder(picture, placed, 16, 5)).toBe(-1)
})

it('finds no polygon that is seen from its edge', () => {
  const [picture, placed] = surface([
    [0, 0, 0],
    [10, 0, 5],
    [5, 0, 9],
  ])
  expect(polygonUnder(picture, placed, 5, 0)).toBe(-1)
})

it('finds the segment of a curve that is nearest, within the width of a finger', () => {
  const picture = { dimension: 1, starts: Uint32Array.of(0, 1, 2) } as const
  const placed = Float32Array.of(0, 0, 0, 100, 0, 0, 100, 100, 0)
  expect(polygonUnder(picture, placed, 50, 10)).toBe(0)
  expect(polygonUnder(picture, placed, 95, 60)).toBe(1)
  expect(polygonUnder(picture, placed, 50, 50)).toBe(-1)
  expect(polygonUnder(picture, placed, 110, 105)).toBe(1)
  expect(polygonUnder(picture, placed, 110, 120)).toBe(-1)
})
