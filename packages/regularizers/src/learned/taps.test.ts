import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { tapsOf } from './taps.ts'

beforeAll(() => init())

describe('tapsOf', () => {
  it.each([
    [5, 1],
    [128, 1],
    [270, 2],
    [512, 4],
  ])('reads nine places of a line of %i, %i apart, and keeps its ends', (length, delta) => {
    const x = key('x').normal([2, length], 'float64')
    const taps = tapsOf('line', length)
    expect(taps.delta).toBe(delta)
    expect(taps.offsets).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4].map((j) => [j]))
    const expected = (x.toArray() as number[][]).map((row) =>
      taps.offsets.map(([j]) => row.map((_, t) => row[Math.min(Math.max(t + j * delta, 0), length - 1)])),
    )
    expect(taps.shifted(x).toArray()).toEqual(expected)
  })

  it('reads 5 × 5 pixels of every channel of an image, zero outside', () => {
    const [height, width] = [3, 4]
    const taps = tapsOf({ height, width, channels: 2 }, 24)
    const x = key('x').normal([2, 24], 'float64')
    expect(taps.delta).toBe(1)
    expect(taps.offsets.slice(0, 6)).toEqual([
      [-2, -2],
      [-1, -2],
      [0, -2],
      [1, -2],
      [2, -2],
      [-2, -1],
    ])
    const expected = (x.toArray() as number[][]).flatMap((row) =>
      [row.slice(0, 12), row.slice(12)].map((plane) =>
        taps.offsets.map(([across, down]) =>
          plane.map((_, p) => {
            const [u, v] = [(p % width) + across, Math.floor(p / width) + down]
            return u >= 0 && u < width && v >= 0 && v < height ? plane[v * width + u] : 0
          }),
        ),
      ),
    )
    expect(taps.shifted(x).toArray()).toEqual(expected)
  })

  it('lists taps so that the reverse is the mirror image', () => {
    for (const { offsets } of [tapsOf('line', 20), tapsOf({ height: 4, width: 5 }, 20)]) {
      expect(offsets.toReversed().map((steps) => steps.map((j) => 0 - j))).toEqual(offsets)
    }
  })
})
