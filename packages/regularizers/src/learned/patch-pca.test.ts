import { add, init, key, matmul, mean, mul, rows, square, sum, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { patchPca } from './patch-pca.ts'
import { tapsOf } from './taps.ts'
import { warpedSeries } from './testing/synthetic-samples.ts'

beforeAll(() => init())

const responses = (c: readonly number[], shifted: readonly (readonly (readonly number[])[])[]): number[] =>
  shifted.flatMap((taps) => taps[0].map((_, t) => c.reduce((sum, value, j) => sum + value * taps[j][t], 0)))

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length

describe('patchPca', () => {
  it('gives responses of mean square 1 that are uncorrelated, the commonest first', () => {
    const data = warpedSeries(12, 40)
    const taps = tapsOf('line', 40)
    const shifted = taps.shifted(data).toArray() as number[][][]
    const found = patchPca(data, taps, 4).map((c) => responses(c, shifted))
    found.forEach((r, k) => {
      found.forEach((other, l) => {
        expect(product(r, other)).toBeCloseTo(k === l ? 1 : 0, 6)
      })
    })
    const whole = patchPca(data, taps, 4)
    const share = whole.map((c) => 1 / c.reduce((sum, value) => sum + value ** 2, 0))
    expect(share).toEqual([...share].sort((a, b) => b - a))
  })

  it('does not depend on how samples are divided into blocks', () => {
    // 9 · 4,096 numbers a sample: 113 samples a block.
    const data = key('data').normal([120, 4096], 'float64')
    const taps = tapsOf('line', 4096)
    const [together] = patchPca(data, taps, 1)
    const halves = [rows(data, 0, 60), rows(data, 60, 120)].map((part) => taps.shifted(part))
    const products = halves.map((part) => sum(matmul(part, part, { transposeB: true }), 0))
    const gram = mul(add(products[0], products[1]), 1 / (120 * 4096)).toArray() as number[][]
    const times = gram.map((row) => row.reduce((all, value, j) => all + value * together[j], 0))
    const length = Math.sqrt(together.reduce((sum, value) => sum + value ** 2, 0))
    // K u = λ u with |u| = 1/√λ.
    times.forEach((value, j) => {
      expect(value).toBeCloseTo(together[j] / length ** 2, 8)
    })
  })

  it('gives as many as the data have, none of rounding', () => {
    const taps = tapsOf('line', 30)
    const constant = tensor([new Array<number>(30).fill(2), new Array<number>(30).fill(-1)], {
      dtype: 'float64',
    })
    expect(patchPca(constant, taps, 5)).toHaveLength(1)
    const mirrored = patchPca(constant, taps, 5)[0]
    expect(mirrored.every((value) => Math.abs(value - mirrored[0]) < 1e-9)).toBe(true)
    expect(Math.abs(mirrored[0])).toBeCloseTo(1 / (9 * Math.sqrt(mean(square(constant)).item())), 12)
    const zero = tensor([new Array<number>(30).fill(0)], { dtype: 'float64' })
    expect(patchPca(zero, taps, 5)).toEqual([])
  })
})
