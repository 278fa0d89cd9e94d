import { checkGradients } from '@facet/autograd'
import { init, key, mean, mul, neg, standardDeviation, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { seriesBumps } from './bumps.ts'
import { interpolateRows } from './interpolate-rows.ts'
import { seriesBank } from './series-bank.ts'
import { smoothedDerivative } from './smoothed-derivative.ts'
import { centralGap, combined, largest, onesidedGap } from './testing/bank-agreement.ts'
import { smoothSeries } from './testing/smooth-samples.ts'

beforeAll(() => init())

/** ε [4, size], a few tenths of the prior scale. */
const epsilonOf = (bank: { size: number; priorScale: readonly number[] }, seed = 'epsilon'): Tensor =>
  mul(key(seed).normal([4, bank.size], 'float64'), tensor([...bank.priorScale], { dtype: 'float64' }))

describe('interpolateRows', () => {
  it('reads between samples and keeps the ends, as the obvious loops do', () => {
    const x = key('x').normal([3, 7], 'float64')
    const positions = key('positions').uniform([3, 20], { low: -3, high: 10, dtype: 'float64' })
    const [values, places] = [x.toArray() as number[][], positions.toArray() as number[][]]
    const expected = places.map((row, n) =>
      row.map((position) => {
        const at = Math.min(Math.max(position, 0), 6)
        const left = Math.floor(at)
        const right = Math.min(left + 1, 6)
        return values[n][left] * (1 - (at - left)) + values[n][right] * (at - left)
      }),
    )
    expect(largest(sub(interpolateRows(x, positions), tensor(expected, { dtype: 'float64' })))).toBeLessThan(
      1e-14,
    )
  })

  it('gives the samples themselves at whole positions', () => {
    const x = key('x').normal([2, 5])
    const grid = tensor([
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
    ])
    const [first, second] = x.toArray() as number[][]
    expect(interpolateRows(x, grid).toArray()).toEqual([first, second.toReversed()])
  })
})

describe('smoothedDerivative', () => {
  it.each([5, 64, 65, 300])('is the obvious sums at length %i, edges replicated', (length) => {
    const row = [...key('row').normalArray(length)]
    const sigma = Math.max(1, length / 128)
    const reach = Math.ceil(4 * sigma)
    const at = (t: number): number => row[Math.min(Math.max(t, 0), length - 1)]
    const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach)
    const weight = (i: number): number => Math.exp(-0.5 * (i / sigma) ** 2)
    const total = offsets.reduce((sum, i) => sum + weight(i), 0)
    const smooth = (t: number): number => offsets.reduce((sum, i) => sum + (weight(i) / total) * at(t + i), 0)
    const expected = row.map((_, t) => (smooth(t + 1) - smooth(t - 1)) / 2)
    const found = smoothedDerivative(length)(tensor([row], { dtype: 'float64' }))
    expect(largest(sub(found, tensor([expected], { dtype: 'float64' })))).toBeLessThan(1e-14)
  })
})

describe('seriesBank', () => {
  it('has bumps that sum to 1 at every sample and are highest at their centres', () => {
    const bumps = seriesBumps(29, 8)
    for (let t = 0; t < 29; t++) {
      const column = Array.from({ length: 8 }, (_, b) => bumps[b * 29 + t])
      expect(column.reduce((a, b) => a + b)).toBeCloseTo(1, 14)
      if (t % 4 === 0) expect(column.indexOf(Math.max(...column))).toBe(t / 4)
    }
    expect([...seriesBumps(3, 1)]).toEqual([1, 1, 1])
  })

  it('orders ε as W, A, T, whatever the order of the letters, each with its prior scale', () => {
    const bank = seriesBank({ length: 50, parts: 'TWA', bumps: 2 })
    expect(bank.name).toBe('series WAT')
    expect(bank.size).toBe(6)
    expect(bank.priorScale).toEqual([0.5, 0.5, 0.1, 0.1, 0.1, 0.1])
    expect(bank.settings).toEqual({ length: 50, parts: 'WAT', bumps: 2, zNormalised: true })
  })

  it('warps, swells and adds as the obvious loops do', () => {
    const bank = seriesBank({ length: 12, parts: 'WAT', bumps: 3, zNormalised: false })
    const x = key('x').normal([4, 12], 'float64')
    const epsilon = mul(epsilonOf(bank), 8)
    const [rows, coordinates] = [x.toArray() as number[][], epsilon.toArray() as number[][]]
    const bumps = seriesBumps(12, 3)
    const read = (values: readonly number[], position: number): number => {
      const at = Math.min(Math.max(position, 0), 11)
      const left = Math.min(Math.floor(at), 10)
      return values[left] + (at - left) * (values[left + 1] - values[left])
    }
    const expected = rows.map((row, n) => {
      const field = (part: number, t: number): number =>
        [0, 1, 2].reduce((sum, b) => sum + coordinates[n][3 * part + b] * bumps[b * 12 + t], 0)
      const half = row.map((_, t) => field(0, t) / 2)
      return row.map((_, t) => {
        const midway = t + half[t]
        const warped = read(row, midway + read(half, midway))
        return warped * Math.exp(Math.min(Math.max(field(1, t), -1.5), 1.5)) + field(2, t)
      })
    })
    expect(coordinates.some((row) => row.slice(3, 6).some((e) => Math.abs(e) > 1.5))).toBe(true)
    expect(largest(sub(bank.act(x, epsilon), tensor(expected, { dtype: 'float64' })))).toBeLessThan(1e-13)
  })

  it('leaves series where they are for ε = 0', () => {
    const x = key('x').normal([4, 30])
    const free = seriesBank({ length: 30, parts: 'WAT', zNormalised: false })
    expect(free.act(x, zeros([4, 24])).toArray()).toEqual(x.toArray())
    const bound = seriesBank({ length: 30, parts: 'WAT' })
    expect(largest(sub(bound.act(x, zeros([4, 24])), x))).toBeLessThan(1e-6)
  })

  it.each(['A', 'T', 'AT'])('acts along its tangents at first order in δ: %s', (parts) => {
    for (const zNormalised of [false, true]) {
      const bank = seriesBank({ length: 60, parts, zNormalised })
      const [x, epsilon] = [smoothSeries(60), epsilonOf(bank)]
      const [far, near] = [1e-2, 1e-3].map((delta) => onesidedGap(bank, x, epsilon, delta))
      expect(near).toBeLessThan(1e-3)
      expect(parts === 'T' && !zNormalised ? near : far / near).toBeLessThan(
        parts === 'T' && !zNormalised ? 1e-9 : 11,
      )
    }
  })

  // Linear interpolation reads a one-sided difference: an error of first order in the sample distance. Forwards and backwards
  // it cancels, and with the smoothing of one sample what is left is of second order.
  it.each([false, true])(
    'warps along its tangents, to second order in the sample distance (zNormalised %s)',
    (zNormalised) => {
      const gapAt = (length: number, gap: typeof centralGap): number => {
        const bank = seriesBank({ length, parts: 'W', zNormalised })
        const epsilon = mul(key('epsilon').normal([4, 8], 'float64'), 0.1 * length)
        return gap(bank, innerOnly(smoothSeries(length)), epsilon, 1e-5)
      }
      const [coarse, fine] = [gapAt(64, centralGap), gapAt(127, centralGap)]
      expect(coarse).toBeLessThan(0.02)
      expect(coarse / fine).toBeGreaterThan(3.2)
      const [coarser, finer] = [gapAt(64, onesidedGap), gapAt(127, onesidedGap)]
      expect(coarser / finer).toBeGreaterThan(1.7)
    },
  )

  it('keeps mean and standard deviation of every series, in its action and in its tangents', () => {
    const bank = seriesBank({ length: 40, parts: 'WAT' })
    const x = smoothSeries(40)
    const moved = bank.act(x, mul(epsilonOf(bank), 5))
    expect(largest(sub(moved, x))).toBeGreaterThan(0.3)
    expect(largest(sub(mean(moved, 1), mean(x, 1)))).toBeLessThan(1e-14)
    expect(largest(sub(standardDeviation(moved, 1), standardDeviation(x, 1)))).toBeLessThan(1e-14)
    const tangents = bank.tangents(x)
    expect(largest(mean(tangents, 2))).toBeLessThan(1e-14)
    const along = (tangents.toArray() as number[][][]).flatMap((rows, n) => {
      const row = (x.toArray() as number[][])[n]
      return rows.map((tangent) => tangent.reduce((sum, value, t) => sum + value * row[t], 0))
    })
    expect(Math.max(...along.map(Math.abs))).toBeLessThan(1e-11)
  })

  it('keeps a constant series constant, without NaN in values or gradients', () => {
    const bank = seriesBank({ length: 20, parts: 'WAT' })
    const x = tensor([new Array<number>(20).fill(2), new Array<number>(20).fill(0)], { dtype: 'float64' })
    const epsilon = mul(key('e').normal([2, 24], 'float64'), 0.2)
    expect(largest(sub(bank.act(x, epsilon), x))).toBeLessThan(1e-14)
    expect(largest(bank.tangents(x))).toBeLessThan(1e3)
    checkGradients((e: Tensor) => bank.act(x, e), epsilon)
  })

  it.each(['float32', 'float64'] as const)(
    'takes no direction from a constant series whose mean is rounded, in %s',
    (dtype) => {
      const tangentsOf = (value: number) =>
        seriesBank({ length: 30, parts: 'A' }).tangents(
          tensor([new Array<number>(30).fill(value)], { dtype }),
        )
      // 0.25 has an exact mean, 0.1 has not: their tangents are the same but for the factor.
      const gap = sub(mul(tangentsOf(0.1), 2.5), tangentsOf(0.25))
      expect(largest(gap)).toBeLessThan(dtype === 'float32' ? 1e-6 : 1e-14)
    },
  )

  it('comes back by −ε: exactly in amplitude and trend, within the interpolation in time', () => {
    const x = smoothSeries(128)
    const backAndForth = (parts: string, size: number): number => {
      const bank = seriesBank({ length: 128, parts, zNormalised: false })
      const epsilon = mul(epsilonOf(bank), size)
      return largest(sub(bank.act(bank.act(x, epsilon), neg(epsilon)), x))
    }
    expect(backAndForth('A', 2)).toBeLessThan(1e-14)
    expect(backAndForth('T', 2)).toBeLessThan(1e-14)
    const one = seriesBank({ length: 128, parts: 'W', zNormalised: false })
    const inner = innerOnly(x)
    const epsilon = mul(epsilonOf(one), 3)
    const [away, left] = [one.act(inner, epsilon), one.act(one.act(inner, epsilon), neg(epsilon))].map((y) =>
      largest(sub(y, inner)),
    )
    expect(away).toBeGreaterThan(0.05)
    expect(left).toBeLessThan(away / 20)
  })

  it('has right gradients for x and ε', () => {
    for (const zNormalised of [false, true]) {
      const bank = seriesBank({ length: 9, parts: 'WAT', bumps: 2, zNormalised })
      const x = key('x').normal([2, 9], 'float64')
      const epsilon = mul(key('e').normal([2, 6], 'float64'), 0.3)
      checkGradients(({ x, epsilon }: { x: Tensor; epsilon: Tensor }) => bank.act(x, epsilon), { x, epsilon })
      checkGradients((x: Tensor) => combined(bank, x, epsilon), x)
    }
  })

  it('refuses what it cannot take', () => {
    const bank = seriesBank({ length: 8 })
    expect(() => seriesBank({ length: 1 })).toThrow(
      'seriesBank: length: expected an integer of at least 2, got 1',
    )
    expect(() => seriesBank({ length: 8, parts: 'WX' })).toThrow(
      "seriesBank: parts: expected some of the letters W, A, T, each once, got 'WX'",
    )
    expect(() => seriesBank({ length: 8, parts: '' })).toThrow('seriesBank: parts')
    expect(() => seriesBank({ length: 8, bump: 3 } as never)).toThrow("unknown option 'bump'")
    expect(() => bank.tangents(zeros([2, 9]))).toThrow('series WA: x: expected floating-point [N, 8]')
    expect(() => bank.act(zeros([2, 8]), zeros([2, 8]))).toThrow(
      'series WA: epsilon: expected float32 [2, 16]',
    )
    expect(() => bank.act(zeros([2, 8]), zeros([2, 16], 'float64'))).toThrow('series WA: epsilon')
  })
})

/** Flat towards both ends, so that nothing is lost beyond them. */
function innerOnly(x: Tensor): Tensor {
  const length = x.shape[1]
  const window = Array.from({ length }, (_, t) => Math.exp(-(((t / (length - 1) - 0.5) / 0.15) ** 2)))
  return mul(x, tensor(window, { dtype: 'float64' }))
}
