import { describe, expect, it } from 'vitest'
import { MOST_POINTS, placeAt, withPoint } from './strokes.ts'

describe('a drawing', () => {
  it('has y upwards, and no point beyond its edge', () => {
    expect(placeAt([0.5, 0.5])).toEqual([0, 0])
    expect(placeAt([1, 0])).toEqual([1000, 1000])
    expect(placeAt([-3, 7])).toEqual([-1000, -1000])
  })

  it('takes points of a line at some distance, single points wherever they are', () => {
    const one = withPoint([], [0, 0], false)
    expect(withPoint(one, [10, 10], true)).toBe(one)
    expect(withPoint(one, [10, 10], false)).toEqual([0, 0, 10, 10])
    expect(withPoint(one, [60, 0], true)).toEqual([0, 0, 60, 0])
  })

  it('takes no more than an address carries', () => {
    let drawing = withPoint([], [0, 0], false)
    for (let i = 1; i < 2 * MOST_POINTS; i++) drawing = withPoint(drawing, [i % 1000, 0], false)
    expect(drawing).toHaveLength(2 * MOST_POINTS)
  })
})
