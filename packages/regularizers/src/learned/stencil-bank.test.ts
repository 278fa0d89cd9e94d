import { checkGradients } from '@facet/autograd'
import {
  init,
  key,
  mean,
  mul,
  neg,
  slice,
  standardDeviation,
  sub,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { seriesBumps } from '../banks/bumps.ts'
import { imageBumps } from '../banks/image-fields.ts'
import { centralGap, combined, largest, onesidedGap } from '../banks/testing/bank-agreement.ts'
import { smoothImages, smoothSeries } from '../banks/testing/smooth-samples.ts'
import { type LearnedBank, type LearnedBankOptions, learnedBank } from './learned-bank.ts'
import { warpedSeries } from './testing/synthetic-samples.ts'

beforeAll(() => init())

const epsilonOf = (bank: LearnedBank, count: number, size: number): Tensor =>
  mul(key('epsilon').normal([count, bank.size], 'float64'), size)

const image = (side: number, channels = 1): LearnedBankOptions => ({
  shape: { height: side, width: side, channels },
})

describe('a bank of stencils', () => {
  it('has tangents that are bumps times the stencils’ sums, as the obvious loops have them', () => {
    const data = warpedSeries(3, 21, 0.1)
    const bank = learnedBank(data, { bumps: 4, zNormalised: false })
    const weights = seriesBumps(21, 4)
    const expected = (data.toArray() as number[][]).map((x) =>
      bank.learned.stencils.flatMap((c) =>
        [0, 1, 2, 3].map((b) =>
          x.map((_, t) => {
            const response = c.reduce(
              (sum, value, j) => sum + value * x[Math.min(Math.max(t + j - 4, 0), 20)],
              0,
            )
            return weights[b * 21 + t] * response
          }),
        ),
      ),
    )
    expect(largest(sub(bank.tangents(data), tensor(expected, { dtype: 'float64' })))).toBeLessThan(1e-12)
    expect(bank.priorScale).toEqual(new Array(8).fill(1))
  })

  it('moves and swells by the moments of the stencils, as the obvious loops do', () => {
    const data = warpedSeries(3, 20, 0.1)
    for (const amplitude of [true, false]) {
      const bank = learnedBank(data, { bumps: 3, zNormalised: false, amplitude })
      const epsilon = epsilonOf(bank, 3, 1)
      const weights = seriesBumps(20, 3)
      const { amplitude: m0, velocity: m1 } = bank.learned
      const read = (values: readonly number[], position: number): number => {
        const at = Math.min(Math.max(position, 0), 19)
        const left = Math.min(Math.floor(at), 18)
        return values[left] + (at - left) * (values[left + 1] - values[left])
      }
      const rows = epsilon.toArray() as number[][]
      const expected = (data.toArray() as number[][]).map((x, n) => {
        const field = (moment: readonly number[], t: number): number =>
          rows[n].reduce((sum, e, i) => sum + e * moment[Math.floor(i / 3)] * weights[(i % 3) * 20 + t], 0)
        const v = m1.map(([m]) => m)
        const half = x.map((_, t) => field(v, t) / 2)
        return x.map((_, t) => {
          const midway = t + half[t]
          const a = Math.min(Math.max(field(m0, t), -1.5), 1.5)
          return read(x, midway + read(half, midway)) * (amplitude ? Math.exp(a) : 1)
        })
      })
      expect(largest(sub(bank.act(data, epsilon), tensor(expected, { dtype: 'float64' })))).toBeLessThan(
        1e-12,
      )
    }
  })

  it('weighs images by bumps that sum to 1 in every pixel', () => {
    for (const side of [1, 4]) {
      const weights = imageBumps(side, 5, 7)
      expect(weights).toHaveLength(side * side * 35)
      for (let p = 0; p < 35; p++) {
        const here = Array.from({ length: side * side }, (_, b) => weights[b * 35 + p])
        expect(here.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
      }
    }
  })

  it('leaves samples where they are for ε = 0', () => {
    const series = smoothSeries(40)
    const free = learnedBank(series, { zNormalised: false })
    expect(free.act(series, zeros([4, free.size], 'float64')).toArray()).toEqual(series.toArray())
    const bound = learnedBank(series)
    expect(largest(sub(bound.act(series, zeros([4, bound.size], 'float64')), series))).toBeLessThan(1e-13)
    const images = smoothImages(12)
    const bank = learnedBank(images, image(12))
    expect(bank.act(images, zeros([2, bank.size], 'float64')).toArray()).toEqual(images.toArray())
  })

  // As in `seriesBank`: linear reading is a one-sided difference, of first order in the sample distance; forwards and backwards
  // what is left is of second order, as is what a stencil has beyond its two moments.
  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])(
    'acts along its tangents, to second order in the sample distance: z %s, amplitude %s',
    (zNormalised, amplitude) => {
      const gapAt = (length: number, gap: typeof centralGap): number => {
        const series = innerOnly(smoothSeries(length))
        const bank = learnedBank(series, { zNormalised, amplitude })
        return gap(bank, series, epsilonOf(bank, 4, 1), 1e-6)
      }
      const [coarse, fine] = [gapAt(64, centralGap), gapAt(127, centralGap)]
      expect(fine).toBeLessThan(0.1)
      expect(coarse / fine).toBeGreaterThan(3.2)
      expect(gapAt(64, onesidedGap) / gapAt(127, onesidedGap)).toBeGreaterThan(1.7)
    },
  )

  it.each([true, false])('warps images along its tangents: amplitude %s', (amplitude) => {
    const gapAt = (side: number, gap: typeof centralGap): number => {
      const images = smoothImages(side, 2)
      const bank = learnedBank(images, { ...image(side, 2), amplitude })
      return gap(bank, images, epsilonOf(bank, 2, 1), 1e-6)
    }
    expect(gapAt(24, centralGap) / gapAt(48, centralGap)).toBeGreaterThan(3)
    expect(gapAt(24, onesidedGap) / gapAt(48, onesidedGap)).toBeGreaterThan(1.6)
  })

  it('comes back by −ε, within the interpolation', () => {
    const series = innerOnly(smoothSeries(128))
    const images = smoothImages(28)
    const awayAndLeft = (x: Tensor, options: LearnedBankOptions, size: number): number[] => {
      const bank = learnedBank(x, { zNormalised: false, ...options })
      const epsilon = epsilonOf(bank, x.shape[0], size)
      const moved = bank.act(x, epsilon)
      return [moved, bank.act(moved, neg(epsilon))].map((y) => largest(sub(y, x)))
    }
    const [away, left] = awayAndLeft(series, { amplitude: false }, 0.03)
    expect(away).toBeGreaterThan(0.04)
    expect(left).toBeLessThan(away / 20)
    const [far, back] = awayAndLeft(images, { ...image(28), amplitude: false }, 0.1)
    expect(far).toBeGreaterThan(0.2)
    expect(back).toBeLessThan(far / 4)
    // First moved, then swollen, and back in the same order: what is left is of second order in ε.
    const [[, near], [, twice]] = [0.1, 0.2].map((size) => awayAndLeft(series, {}, size))
    expect(near).toBeLessThan(0.04)
    expect(twice / near).toBeLessThan(4.5)
  })

  it('keeps mean and standard deviation of every series, in its action and in its tangents', () => {
    const x = smoothSeries(40)
    const bank = learnedBank(x)
    const moved = bank.act(x, epsilonOf(bank, 4, 0.3))
    expect(largest(sub(moved, x))).toBeGreaterThan(0.3)
    expect(largest(sub(mean(moved, 1), mean(x, 1)))).toBeLessThan(1e-14)
    expect(largest(sub(standardDeviation(moved, 1), standardDeviation(x, 1)))).toBeLessThan(1e-14)
    const tangents = bank.tangents(x)
    expect(largest(mean(tangents, 2))).toBeLessThan(1e-13)
  })

  it('has right gradients for x and ε', () => {
    for (const options of [{}, { zNormalised: false }, { amplitude: false }]) {
      const bank = learnedBank(warpedSeries(6, 11, 0.1), { bumps: 2, ...options })
      const x = key('x').normal([2, 11], 'float64')
      const epsilon = epsilonOf(bank, 2, 0.1)
      checkGradients(({ x, epsilon }: { x: Tensor; epsilon: Tensor }) => bank.act(x, epsilon), { x, epsilon })
      checkGradients((x: Tensor) => combined(bank, x, epsilon), x)
    }
    const bank = learnedBank(key('images').normal([6, 24], 'float64'), {
      shape: { height: 3, width: 4, channels: 2 },
      bumps: 2,
    })
    const x = key('x').normal([2, 24], 'float64')
    const epsilon = epsilonOf(bank, 2, 0.1)
    checkGradients(({ x, epsilon }: { x: Tensor; epsilon: Tensor }) => bank.act(x, epsilon), { x, epsilon })
    checkGradients((x: Tensor) => combined(bank, x, epsilon), x)
  })

  it('moves all channels of an image together', () => {
    const planes = smoothImages(12)
    const [one, two] = [planes, mul(planes, -2)]
    const both = tensor(
      (one.toArray() as number[][]).map((row, n) => [...row, ...(two.toArray() as number[][])[n]]),
      { dtype: 'float64' },
    )
    const bank = learnedBank(both, image(12, 2))
    const epsilon = epsilonOf(bank, 2, 0.1)
    const [moved, tangents] = [bank.act(both, epsilon), combined(bank, both, epsilon)]
    for (const made of [moved, tangents]) {
      const halves = [0, 144].map((from) => slice(made, [0, from], [2, 144]))
      expect(largest(sub(mul(halves[0], -2), halves[1]))).toBeLessThan(1e-12)
    }
  })
})

/** Flat towards both ends, so that nothing is lost beyond them. */
function innerOnly(x: Tensor): Tensor {
  const length = x.shape[1]
  const window = Array.from({ length }, (_, t) => Math.exp(-(((t / (length - 1) - 0.5) / 0.15) ** 2)))
  return mul(x, tensor(window, { dtype: 'float64' }))
}
