import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const f64 = (values: number[]): ops.Tensor => ops.tensor(values, { dtype: 'float64' })

describe('isClose', () => {
  it('measures the distance by b, and near 0 by itself', () => {
    expect(ops.isClose(f64([1, 1, 1]), f64([1 + 0.9e-5, 1 + 1.1e-5, 1])).toArray()).toEqual([1, 0, 1])
    expect(ops.isClose(f64([0.9e-8, 1.1e-8]), 0).toArray()).toEqual([1, 0])
    expect(ops.isClose(f64([100, 90]), f64([90, 100]), { relative: 0.1 }).toArray()).toEqual([0, 1])
    expect(ops.isClose(f64([1, 1.5]), 1, { relative: 0, absolute: 0.5 }).toArray()).toEqual([1, 1])
  })

  it('takes equal infinities for close and no others', () => {
    const far = [Infinity, -Infinity, Infinity, 1, Infinity]
    const same = [Infinity, -Infinity, -Infinity, Infinity, 1]
    expect(ops.isClose(f64(far), f64(same)).toArray()).toEqual([1, 1, 0, 0, 0])
  })

  it('takes NaN for close to NaN only where it is asked to', () => {
    const a = f64([Number.NaN, Number.NaN, 1])
    const b = f64([Number.NaN, 1, Number.NaN])
    expect(ops.isClose(a, b).toArray()).toEqual([0, 0, 0])
    expect(ops.isClose(a, b, { equalNaN: true }).toArray()).toEqual([1, 0, 0])
  })

  it('compares integers without overflow, and broadcasts', () => {
    const whole = (values: number[]): ops.Tensor => ops.tensor(values, { dtype: 'int32' })
    expect(ops.isClose(whole([2 ** 31 - 1, 7]), whole([-(2 ** 31), 7])).toArray()).toEqual([0, 1])
    expect(ops.isClose(ops.ones([2, 1]), ops.ones([3])).shape).toEqual([2, 3])
  })

  it('refuses two dtypes, unknown options and bounds below 0', () => {
    expect(() => ops.isClose(ops.ones([1]), f64([1]))).toThrow('dtypes differ')
    expect(() => ops.isClose(f64([1]), 1, { rtol: 1 } as never)).toThrow("isClose: unknown option 'rtol'")
    expect(() => ops.allClose(f64([1]), 1, { absolute: -1 })).toThrow(
      'allClose: absolute: expected a finite number of at least 0, got -1',
    )
  })
})

describe('allClose', () => {
  it('is true where every element is close, and of nothing', () => {
    expect(ops.allClose(f64([1, 2]), f64([1, 2 + 1e-9])).item()).toBe(1)
    expect(ops.allClose(f64([1, 2]), f64([1, 3])).item()).toBe(0)
    expect(ops.allClose(f64([]), f64([])).item()).toBe(1)
  })
})
