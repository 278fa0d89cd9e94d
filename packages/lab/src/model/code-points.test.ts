import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { codePlane } from './code-points.ts'

beforeAll(() => startEngine())

describe('the plane of codes', () => {
  it('is that of codes of two numbers', () => {
    expect(codePlane([[3, 4] as const, [1, 2] as const])).toEqual({
      places: [
        [3, 4],
        [1, 2],
      ],
      axes: ['z1', 'z2'],
      shares: null,
    })
  })

  it('has codes of one number over their rows', () => {
    const { places, axes } = codePlane([[5], [7]])
    expect([places, axes]).toEqual([
      [
        [1, 5],
        [2, 7],
      ],
      ['row', 'z1'],
    ])
  })

  it('has longer codes by the two directions of largest variance, with the share of each', () => {
    // Squares along the axes: 2 · 4² = 32, 2 · 2² = 8, 2 · 1² = 2.
    const { places, shares } = codePlane([
      [4, 0, 0],
      [-4, 0, 0],
      [0, 2, 0],
      [0, -2, 0],
      [0, 0, 1],
      [0, 0, -1],
    ])
    expect(shares![0]).toBeCloseTo(32 / 42, 12)
    expect(shares![1]).toBeCloseTo(8 / 42, 12)
    expect(Math.abs(places[0][0])).toBeCloseTo(4, 12)
    expect(Math.abs(places[2][1])).toBeCloseTo(2, 12)
    expect(Math.hypot(...places[4])).toBeCloseTo(0, 12)
  })

  it('has a single code, and codes that are all one, at its middle', () => {
    for (const codes of [
      [[1, 2, 3]],
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    ]) {
      const { places, shares } = codePlane(codes)
      expect(places.flat().every((value) => value === 0)).toBe(true)
      expect(shares).toEqual([0, 0])
    }
  })
})
