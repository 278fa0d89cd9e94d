import { key } from '@facet/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { regionsMeetingDisc } from './regions-meeting-disc.ts'

type Point = [number, number]

/** Squares of side 1 with lower left corners at whole numbers from −n to n − 1. */
const grid = (n: number, size = 1): Point[][] =>
  Array.from({ length: 4 * n * n }, (_, i) => {
    const [a, b] = [(i % (2 * n)) - n, Math.floor(i / (2 * n)) - n]
    return (
      [
        [a, b],
        [a + 1, b],
        [a + 1, b + 1],
        [a, b + 1],
      ] as Point[]
    ).map(([x, y]): Point => [x * size, y * size])
  })

/** Of squares of a grid, those whose nearest point to the origin is nearer than r: rational by itself. */
const nearSquares = (n: number, r: number): number =>
  grid(n).filter(([[a, b]]) => {
    const along = (low: number) => Math.max(low, 0, -low - 1)
    return along(a) ** 2 + along(b) ** 2 < r * r
  }).length

it('counts squares of a grid in growing discs, those that it only touches left out', () => {
  for (const r of [0.25, 1, 1.5, 2, 3, 4.5, 5, 6]) {
    const found = regionsMeetingDisc(grid(7), [0, 0], r)
    expect(found.regions).toBe(nearSquares(7, r))
    expect(found.indices.length).toBe(found.regions)
    // Squares begin at distances 1, 2, 3 … and at (3, 4), 5 away.
    expect(found.verified).toBe(Number.isInteger(r) ? 'exact' : 'checked')
  }
  expect(regionsMeetingDisc(grid(7), [0, 0], 5).regions).toBeLessThan(
    regionsMeetingDisc(grid(7), [0, 0], 5 + 2 ** -50).regions,
  )
})

it('is the same at any scale', () => {
  for (const exponent of [-1000, -30, 30, 1000]) {
    const size = 2 ** exponent
    for (const r of [1, 2.5, 5]) {
      expect(regionsMeetingDisc(grid(6, size), [0, 0], r * size).regions).toBe(nearSquares(6, r))
    }
  }
  // Moved far out, where a square is a few units in the last place wide.
  const far = 2 ** 50
  const moved = grid(3).map((square) => square.map(([a, b]): Point => [a + far, b - far]))
  for (const r of [1, 1.5, 2])
    expect(regionsMeetingDisc(moved, [far, -far], r).regions).toBe(nearSquares(3, r))
})

it('meets a polygon that holds the disc, and one that the disc holds, in either sense of walking', () => {
  const large: Point[] = [
    [-9, -9],
    [9, -9],
    [0, 12],
  ]
  const small: Point[] = [
    [0.1, 0.1],
    [0.2, 0.1],
    [0.1, 0.2],
  ]
  for (const polygon of [large, small, [...large].reverse(), [...small].reverse()])
    expect(regionsMeetingDisc([polygon], [0, 0], 1).regions).toBe(1)
  expect(regionsMeetingDisc([small], [5, 5], 1).regions).toBe(0)
  expect(regionsMeetingDisc([large], [0, 12.5], 0.25).regions).toBe(0)
})

it('meets what it reaches across the middle of an edge, beyond both of its ends', () => {
  const triangle: Point[] = [
    [-10, 1],
    [10, 1],
    [0, 20],
  ]
  expect(regionsMeetingDisc([triangle], [0, 0], 1.0001).regions).toBe(1)
  expect(regionsMeetingDisc([triangle], [0, 0], 1).regions).toBe(0)
  expect(regionsMeetingDisc([triangle], [-11, 0], Math.SQRT2 + 1e-9).regions).toBe(1)
  expect(regionsMeetingDisc([triangle], [-11, 0], Math.SQRT2 - 1e-9).regions).toBe(0)
})

it('from a corner or an edge, a disc of any size meets all around, and none of radius 0 meets anything', () => {
  for (const r of [1e-300, 1e-9, 0.5]) {
    expect(regionsMeetingDisc(grid(2), [0, 0], r).regions).toBe(4)
    expect(regionsMeetingDisc(grid(2), [0.5, 1], r).regions).toBe(2)
  }
  expect(regionsMeetingDisc(grid(2), [0, 0], 0).regions).toBe(0)
})

it('agrees with the nearest of many points of each polygon, for random ones', () => {
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      const numbers = key(seed).normalArray(30)
      const polygons = Array.from({ length: 5 }, (_, k): Point[] => {
        const [x, y, size, turn] = numbers.subarray(4 * k, 4 * k + 4)
        const corners = 3 + (k % 4)
        return Array.from({ length: corners }, (_, i): Point => {
          const angle = turn + (2 * Math.PI * i) / corners
          return [2 * x + Math.abs(size) * Math.cos(angle), 2 * y + Math.abs(size) * Math.sin(angle)]
        })
      })
      const centre: Point = [numbers[25], numbers[26]]
      const r = Math.abs(numbers[27])
      const steps = 60
      const wanted = polygons.filter((corners) => {
        const middle = [0, 1].map((axis) => corners.reduce((sum, c) => sum + c[axis], 0) / corners.length)
        let near = Infinity
        corners.forEach((a, i) => {
          const b = corners[(i + 1) % corners.length]
          for (let j = 0; j <= steps; j++)
            for (let l = 0; l <= steps; l++) {
              const at = [0, 1].map((axis) => {
                const edge = a[axis] + (j / steps) * (b[axis] - a[axis])
                return edge + (l / steps) * (middle[axis] - edge)
              })
              near = Math.min(near, Math.hypot(at[0] - centre[0], at[1] - centre[1]))
            }
        })
        return near < r
      }).length
      const found = regionsMeetingDisc(polygons, centre, r).regions
      // Points of the samples miss what the disc reaches by less than their spacing.
      expect(found).toBeGreaterThanOrEqual(wanted)
      const looser = regionsMeetingDisc(polygons, centre, Math.max(0, r - 0.1)).regions
      expect(looser).toBeLessThanOrEqual(wanted)
    }),
    { numRuns: 30 },
  )
})

it('says what it expects', () => {
  expect(() => regionsMeetingDisc([], [0, 0], -1)).toThrow(
    'radius: expected a finite number of at least 0, got -1',
  )
  expect(() => regionsMeetingDisc([], [0, Number.NaN], 1)).toThrow(
    'centre: expected finite numbers, got [0, NaN]',
  )
  expect(() =>
    regionsMeetingDisc(
      [
        [
          [0, 0],
          [1, 1],
        ],
      ],
      [0, 0],
      1,
    ),
  ).toThrow('expected at least 3 corners, got 2 of polygon 0')
  expect(() =>
    regionsMeetingDisc(
      [
        [
          [0, 0],
          [1, 0],
          [Infinity, 1],
        ],
      ],
      [0, 0],
      1,
    ),
  ).toThrow('expected finite corners, got [Infinity, 1] of polygon 0')
})
