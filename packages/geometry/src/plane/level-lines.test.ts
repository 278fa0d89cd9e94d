import { absActivation, identityActivation, init } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { oraclePartition } from '../testing/oracle-partition.ts'
import { PlanePartition } from './partition.ts'

beforeAll(() => init())

const plane = { origin: [0, 0], u: [1, 0], v: [0, 1] }

/** a |s| + b |t| at a level. */
const linesOf = (a: number, b: number, value: number) => {
  const layers = [
    {
      weight: [
        [1, 0],
        [0, 1],
      ],
      bias: null,
      activation: absActivation,
    },
    { weight: [[a, b]], bias: null, activation: identityActivation },
  ]
  const { parts } = oraclePartition(layers, plane, [-2, 2], { output: 0, value })
  return new PlanePartition(parts).levelLines()
}

test('a level line that closes ends where it begins, the higher side on its left', () => {
  const [line, ...others] = linesOf(1, 1, 1)
  expect(others).toEqual([])
  expect(line.isClosed).toBe(true)
  expect(line.points.length).toBe(5)
  expect(line.points[4]).toEqual(line.points[0])
  // Above is outside, so that it goes around clockwise.
  const twice = line.points
    .slice(1)
    .reduce((sum, [s, t], i) => sum + line.points[i][0] * t - line.points[i][1] * s, 0)
  expect(twice).toBe(-4)
})

test('lines that cross turn away from each other, around the higher side', () => {
  const lines = linesOf(1, -1, 0)
  expect(lines.map(({ isClosed }) => isClosed)).toEqual([false, false])
  for (const { points } of lines) {
    expect(points.length).toBe(3)
    expect(points[1]).toEqual([0, 0])
    // Both ends are on the same side of s = 0, where |s| > |t|.
    expect(points[0][0] * points[2][0]).toBe(4)
    expect(points[0][1] * points[2][1]).toBe(-4)
    expect(Math.sign(points[0][1])).toBe(Math.sign(points[0][0]))
  }
})

test('a level that nothing reaches has no line', () => {
  expect(linesOf(1, 1, 5)).toEqual([])
  // Touched from above at a point, or along the line s = 0: nothing lies below.
  expect(linesOf(1, 1, 0)).toEqual([])
  expect(linesOf(1, 0, 0)).toEqual([])
})
