import { init, tensor, zeros } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { zNormalise, zNormaliseSeries } from './z-normalise.ts'

beforeAll(() => init())

describe('zNormaliseSeries', () => {
  it('gives any varying series mean 0 and sample standard deviation 1', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 2, maxLength: 40, min: -1e6, max: 1e6, noNaN: true }),
        (series) => {
          // Differences that are lost in the rounding of the mean have no standard deviation to speak of.
          fc.pre(Math.max(...series) - Math.min(...series) > 1e-3)
          const n = series.length
          expect(zNormaliseSeries(series)).toBeNull()
          expect(series.reduce((sum, v) => sum + v, 0) / n).toBeCloseTo(0, 6)
          expect(series.reduce((sum, v) => sum + v * v, 0) / (n - 1)).toBeCloseTo(1, 6)
        },
      ),
    )
  })

  it('leaves a constant series alone and says so', () => {
    const series = new Float64Array([0.1, 0.1, 0.1])
    expect(zNormaliseSeries(series)).toBe('3 values all equal to 0.1')
    expect([...series]).toEqual([0.1, 0.1, 0.1])
  })
})

describe('zNormalise', () => {
  it('divides by the standard deviation with n − 1', () => {
    const x = tensor([[1, 2, 3, 6]], { dtype: 'float64' })
    // mean 3, squares 4 + 1 + 0 + 9 = 14, deviation √(14/3)
    const expected = [-2, -1, 0, 3].map((v) => v / Math.sqrt(14 / 3))
    const [row] = zNormalise(x).toArray() as number[][]
    expected.forEach((v, i) => expect(row[i]).toBeCloseTo(v, 14))
  })

  it('treats every row by itself and keeps the dtype', () => {
    const z = zNormalise(
      tensor([
        [1, 2, 3],
        [30, 20, 10],
      ]),
    )
    expect(z.toArray()).toEqual([
      [-1, 0, 1],
      [1, 0, -1],
    ])
    expect(z.dtype).toBe('float32')
  })

  it('names the constant series and its value', () => {
    const x = tensor([
      [1, 2, 3],
      [5, 5, 5],
    ])
    expect(() => zNormalise(x)).toThrow(
      /zNormalise: series 1: expected a series that varies.*got 3 values all equal to 5/,
    )
  })

  it('names the place of NaN and infinity, and a series too large to be squared', () => {
    const broken = tensor([
      [1, 2],
      [Number.NaN, 3],
    ])
    expect(() => zNormalise(broken)).toThrow('zNormalise: expected finite values, got NaN at row 1, column 0')
    const huge = tensor([[1, -1e200]], { dtype: 'float64' })
    expect(() => zNormalise(huge)).toThrow(/series 0: .*got values too large to be squared, such as -1e\+200/)
  })

  it('refuses anything but floating-point rows', () => {
    expect(() => zNormalise(zeros([3]))).toThrow('expected floating-point samples [n, d], got float32 [3]')
    expect(() => zNormalise(zeros([2, 3], 'int32'))).toThrow('got int32 [2, 3]')
  })
})
