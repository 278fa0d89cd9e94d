import { checkGradients } from '@facet/autograd'
import { init, key, mul, neg, reshape, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { imageBank } from './image-bank.ts'
import { interpolatePlanes } from './interpolate-planes.ts'
import { centralGap, combined, largest, onesidedGap } from './testing/bank-agreement.ts'
import { smoothImages } from './testing/smooth-samples.ts'

beforeAll(() => init())

/** Bilinear reading of rows of pixels, what lies outside given by `outside`. */
function read(image: readonly (readonly number[])[], x: number, y: number, outside: 'zero' | 'edge'): number {
  const [height, width] = [image.length, image[0].length]
  const clamp = (at: number, length: number): number => Math.min(Math.max(at, 0), length - 1)
  const pixel = (i: number, j: number): number =>
    outside === 'edge' ? image[clamp(i, height)][clamp(j, width)] : (image[i]?.[j] ?? 0)
  const [u, v] = outside === 'edge' ? [clamp(x, width), clamp(y, height)] : [x, y]
  const [j, i] = [Math.floor(u), Math.floor(v)]
  const [a, b] = [u - j, v - i]
  const line = (row: number): number => (1 - a) * pixel(row, j) + a * pixel(row, j + 1)
  return (1 - b) * line(i) + b * line(i + 1)
}

const split = (flat: readonly number[], width: number): number[][] =>
  Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width))

describe('interpolatePlanes', () => {
  it('reads between pixels and keeps the edges, as the obvious loops do', () => {
    const planes = key('planes').normal([2, 4, 5, 3], 'float64')
    const positions = key('positions').uniform([2, 30, 2], { low: -2, high: 7, dtype: 'float64' })
    const images = planes.toArray() as number[][][][]
    const expected = (positions.toArray() as number[][][]).map((places, n) =>
      places.map(([x, y]) =>
        [0, 1, 2].map((c) => {
          const plane = images[n].map((row) => row.map((pixel) => pixel[c]))
          return read(plane, x, y, 'edge')
        }),
      ),
    )
    const gap = sub(interpolatePlanes(planes, positions), tensor(expected, { dtype: 'float64' }))
    expect(largest(gap)).toBeLessThan(1e-14)
  })
})

describe('imageBank', () => {
  it('orders ε as affine fields, then local warps, each with its prior scale', () => {
    const bank = imageBank({ height: 6, width: 8, channels: 3, parts: 'la' })
    expect(bank.name).toBe('image al')
    expect(bank.size).toBe(38)
    expect(bank.dimension).toBe(144)
    expect(bank.priorScale).toEqual([...new Array(6).fill(0.08), ...new Array(32).fill(0.04)])
    expect(bank.settings).toEqual({ height: 6, width: 8, channels: 3, parts: 'al' })
  })

  it('moves an image by half its side for a translation of 1, and fills with zeros', () => {
    const bank = imageBank({ height: 2, width: 4, parts: 'a' })
    const x = tensor([[1, 2, 3, 4, 5, 6, 7, 8]])
    const by = (axis: number, amount: number): Tensor =>
      bank.act(x, tensor([Array.from({ length: 6 }, (_, b) => (b === axis ? amount : 0))]))
    expect(by(0, 1).toArray()).toEqual([[3, 4, 0, 0, 7, 8, 0, 0]])
    expect(by(0, -0.5).toArray()).toEqual([[0, 1, 2, 3, 0, 5, 6, 7]])
    expect(by(0, 0.25).toArray()).toEqual([[1.5, 2.5, 3.5, 2, 5.5, 6.5, 7.5, 4]])
    expect(by(3, 1).toArray()).toEqual([[5, 6, 7, 8, 0, 0, 0, 0]])
  })

  it('warps every channel as the obvious loops do', () => {
    const [height, width, channels] = [5, 6, 2]
    const bank = imageBank({ height, width, channels })
    const x = key('x').normal([3, channels * height * width], 'float64')
    const epsilon = mul(key('epsilon').normal([3, 38], 'float64'), 0.15)
    const coordinates = epsilon.toArray() as number[][]
    const places = [-0.8, -0.8 + 1.6 / 3, 0.8 - 1.6 / 3, 0.8]
    const bumps = places.flatMap((v) => places.map((u) => [u, v]))
    const expected = (x.toArray() as number[][]).map((flat, n) => {
      const images = split(flat, height * width).map((plane) => split(plane, width))
      const e = coordinates[n]
      const heights = (u: number, v: number): number[] =>
        bumps.map(([a, b]) => Math.exp(-((u - a) ** 2 + (v - b) ** 2) / (2 * 0.4 ** 2)))
      const field = (axis: number): number[][] =>
        images[0].map((row, i) =>
          row.map((_, j) => {
            const [u, v] = [(2 * j + 1) / width - 1, (2 * i + 1) / height - 1]
            const affine = [1, u, v].reduce((sum, f, k) => sum + f * e[3 * axis + k], 0)
            const local = heights(u, v).reduce((sum, f, k) => sum + f * e[6 + 16 * axis + k], 0)
            return ((affine + local) * (axis === 0 ? width : height)) / 4
          }),
        )
      const [right, below] = [field(0), field(1)]
      return images.flatMap((image) =>
        image.flatMap((row, i) =>
          row.map((_, j) => {
            const [x1, y1] = [j + right[i][j], i + below[i][j]]
            return read(image, x1 + read(right, x1, y1, 'edge'), y1 + read(below, x1, y1, 'edge'), 'zero')
          }),
        ),
      )
    })
    expect(largest(sub(bank.act(x, epsilon), tensor(expected, { dtype: 'float64' })))).toBeLessThan(1e-13)
  })

  it('leaves images where they are for ε = 0, to the bit', () => {
    const x = key('x').uniform([2, 48])
    expect(
      imageBank({ height: 6, width: 8 })
        .act(x, zeros([2, 38]))
        .toArray(),
    ).toEqual(x.toArray())
  })

  // As in series: bilinear reading is a one-sided difference, of first order in the pixel; forwards and backwards the error is of
  // second order.
  it.each(['a', 'l', 'al'])('warps along its tangents, to second order in the pixel: %s', (parts) => {
    const gapAt = (side: number, gap: typeof centralGap): number => {
      const bank = imageBank({ height: side, width: side, channels: 2, parts })
      const epsilon = key('epsilon').normal([2, bank.size], 'float64')
      return gap(bank, smoothImages(side, 2), epsilon, 1e-6)
    }
    const [coarse, fine] = [gapAt(24, centralGap), gapAt(48, centralGap)]
    expect(coarse / fine).toBeGreaterThan(3)
    expect(gapAt(24, onesidedGap) / gapAt(48, onesidedGap)).toBeGreaterThan(1.6)
  })

  it('comes back by −ε, within the interpolation', () => {
    const bank = imageBank({ height: 28, width: 28 })
    const x = smoothImages(28)
    for (const b of [0, 1, 2, 5, 12, 30]) {
      const one = Array.from({ length: 38 }, (_, i) => (i === b ? 1.5 * bank.priorScale[b] : 0))
      const epsilon = tensor([one, one], { dtype: 'float64' })
      const moved = bank.act(x, epsilon)
      const [away, left] = [moved, bank.act(moved, neg(epsilon))].map((y) => largest(sub(y, x)))
      expect(left).toBeLessThan(away / 2.5)
    }
  })

  it('has right gradients for x and ε', () => {
    const bank = imageBank({ height: 3, width: 4, channels: 2 })
    const x = key('x').normal([2, 24], 'float64')
    const epsilon = mul(key('e').normal([2, 38], 'float64'), 0.05)
    checkGradients(({ x, epsilon }: { x: Tensor; epsilon: Tensor }) => bank.act(x, epsilon), { x, epsilon })
    checkGradients((x: Tensor) => combined(bank, x, epsilon), x)
  })

  it('is the derivative of a plane, away from the edges', () => {
    const bank = imageBank({ height: 16, width: 16, parts: 'a' })
    const plane = Array.from({ length: 256 }, (_, p) => 3 * (p % 16) - 2 * Math.floor(p / 16))
    const tangents = reshape(bank.tangents(tensor([plane], { dtype: 'float64' })), [6, 16, 16])
    const middle = (tangents.toArray() as number[][][]).map((image) => image[8][7])
    // 8 pixels a unit, and pixel (8, 7) lies at x = −1/16, y = 1/16.
    const expected = [24, -24 / 16, 24 / 16, -16, 16 / 16, -16 / 16]
    middle.forEach((value, b) => {
      expect(value).toBeCloseTo(expected[b], 12)
    })
  })

  it('refuses what it cannot take', () => {
    expect(() => imageBank({ height: 1, width: 3 })).toThrow(
      'imageBank: height: expected an integer of at least 2',
    )
    expect(() => imageBank({ height: 3, width: 3, parts: 'aa' })).toThrow(
      "imageBank: parts: expected some of the letters a, l, each once, got 'aa'",
    )
    const bank = imageBank({ height: 3, width: 3 })
    expect(() => bank.act(zeros([1, 9]), zeros([2, 38]))).toThrow(
      'image al: epsilon: expected float32 [1, 38]',
    )
    expect(() => bank.tangents(zeros([1, 3, 3]))).toThrow('image al: x: expected floating-point [N, 9]')
  })
})
