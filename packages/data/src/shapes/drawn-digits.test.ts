import { crc32, init, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawnDigits } from './drawn-digits.ts'
import { inkOf } from './ink.ts'

beforeAll(() => init())

const rowsOf = (x: Tensor) => x.toArray() as number[][]
const distance = (a: number[], b: number[]) => Math.hypot(...a.map((v, i) => v - b[i]))

describe('drawnDigits', () => {
  it('has images of every digit, pixels from 0 to 1', () => {
    const { train, test, trainLabels, testLabels, image } = drawnDigits({ train: 30, test: 20 })
    expect([train.shape, test.shape]).toEqual([
      [30, 144],
      [20, 144],
    ])
    expect(image).toEqual({ height: 12, width: 12, channels: 1 })
    expect([...trainLabels.slice(0, 11)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    expect(testLabels).toHaveLength(20)
    const pixels = rowsOf(train).flat()
    expect([Math.min(...pixels), Math.max(...pixels)]).toEqual([0, 1])
  })

  it.each([
    [8, 0.2],
    [12, 0.08],
    [16, 0.03],
  ])('draws every image of %d pixels a side, at most a share of %d of the ink on its edge', (size, share) => {
    const images = rowsOf(drawnDigits({ train: 300, test: 1, size }).train)
    for (const pixels of images) {
      const ink = pixels.reduce((sum, v) => sum + v, 0) / size ** 2
      expect(ink).toBeGreaterThan(0.04)
      expect(ink).toBeLessThan(0.4)
    }
    const edge = images.map((pixels) => {
      const isEdge = (at: number) => [0, size - 1].some((k) => at % size === k || Math.floor(at / size) === k)
      return (
        pixels.reduce((sum, v, at) => sum + (isEdge(at) ? v : 0), 0) / pixels.reduce((sum, v) => sum + v, 0)
      )
    })
    expect(edge.reduce((sum, v) => sum + v, 0) / edge.length).toBeLessThan(share)
  })

  it('draws digits that can be told apart, and no two alike', () => {
    const { train, test, trainLabels, testLabels } = drawnDigits({ seed: 1 })
    const known = rowsOf(train)
    const nearest = rowsOf(test).map((pixels) => {
      const distances = known.map((other) => distance(pixels, other))
      expect(Math.min(...distances)).toBeGreaterThan(0.1)
      return trainLabels[distances.indexOf(Math.min(...distances))]
    })
    expect(nearest.filter((digit, i) => digit === testLabels[i]).length).toBeGreaterThan(185)
  })

  it('depends on the seed, an image on its place alone', () => {
    const first = (train: number, seed: number) => rowsOf(drawnDigits({ train, test: 1, seed }).train)[2]
    expect(first(3, 1)).toEqual(first(12, 1))
    expect(first(3, 1)).not.toEqual(first(3, 2))
  })

  it('gives these bits, on whatever engine it runs', () => {
    const { train } = drawnDigits({ train: 50, test: 1, dtype: 'float64' })
    expect(crc32(new Uint8Array((train.dataSync() as Float64Array).slice().buffer)).toString(16)).toBe(
      '53ced8da',
    )
  })

  it('refuses sizes that it cannot draw', () => {
    for (const size of [7, 17, 9.5]) {
      expect(() => drawnDigits({ size })).toThrow(
        `drawnDigits: size: expected a whole number from 8 to 16, got ${size}`,
      )
    }
    expect(() => drawnDigits({ points: 3 } as object)).toThrow("drawnDigits: unknown option 'points'")
  })
})

describe('the pen', () => {
  it('is black within the line, and falls off linearly over one pixel beside it', () => {
    const column = inkOf(
      [
        [
          [0, 0.5],
          [1, 0.5],
        ],
      ],
      0.1,
      10,
    ).filter((_, at) => at % 10 === 4)
    expect([...column].map((v) => Math.round(1e9 * v) / 1e9)).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0])
    const thin = inkOf(
      [
        [
          [0, 0.5],
          [1, 0.5],
        ],
      ],
      0.025,
      10,
    ).filter((_, at) => at % 10 === 4)
    expect(thin[4]).toBeCloseTo(0.25, 12)
  })

  it('ends at the ends of the line, and makes a dot of a line without length', () => {
    const dot = inkOf(
      [
        [
          [0.25, 0.25],
          [0.25, 0.25],
        ],
      ],
      0.2,
      8,
    )
    expect(dot.reduce((sum, v) => sum + v, 0) / 64).toBeCloseTo(Math.PI * 0.04, 1)
    expect(dot[63]).toBe(0)
  })
})
