import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const f64 = (values: Parameters<typeof ops.tensor>[0]): ops.Tensor => ops.tensor(values, { dtype: 'float64' })
const near = (got: ops.Tensor, want: number[]): void => {
  expect(got.size).toBe(want.length)
  want.forEach(
    (x, i) => void expect(Math.abs(got.dataSync()[i] - x)).toBeLessThanOrEqual(1e-15 * (1 + Math.abs(x))),
  )
}

describe('softmax and logSoftmax', () => {
  it('are the shares of exp(x) and their logarithms, over the last axis or any', () => {
    near(
      ops.softmax(
        f64([
          [0, Math.log(3)],
          [0, 0],
        ]),
      ),
      [0.25, 0.75, 0.5, 0.5],
    )
    near(
      ops.softmax(
        f64([
          [0, 0],
          [Math.log(3), 0],
        ]),
        0,
      ),
      [0.25, 0.5, 0.75, 0.5],
    )
    near(
      ops.softmax(
        f64([
          [0, 0],
          [0, 0],
        ]),
        [0, 1],
      ),
      [0.25, 0.25, 0.25, 0.25],
    )
    near(ops.logSoftmax(f64([0, Math.log(3)])), [Math.log(0.25), Math.log(0.75)])
  })

  it('neither overflow nor vanish', () => {
    near(ops.softmax(f64([1000, 1000, -1000])), [0.5, 0.5, 0])
    near(ops.logSoftmax(f64([1000, 1000, -1000])), [-Math.LN2, -Math.LN2, -2000 - Math.LN2])
    near(ops.logSoftmax(f64([0, -40])), [-Math.log1p(Math.exp(-40)), -40])
  })

  it('give −∞ no share; with nothing else, an infinity or a NaN there is no answer', () => {
    near(ops.softmax(f64([0, -Infinity])), [1, 0])
    expect(ops.logSoftmax(f64([0, -Infinity])).toArray()).toEqual([0, -Infinity])
    for (const row of [
      [-Infinity, -Infinity],
      [0, Infinity],
      [0, Number.NaN],
    ]) {
      expect(ops.softmax(f64(row)).dataSync().some(Number.isNaN)).toBe(true)
      expect(ops.logSoftmax(f64(row)).dataSync().some(Number.isNaN)).toBe(true)
    }
  })

  it('of no rows are nothing, over an empty axis an error', () => {
    expect(ops.softmax(ops.zeros([0, 3])).shape).toEqual([0, 3])
    expect(() => ops.softmax(ops.zeros([3, 0]))).toThrow('axis 1 of [3, 0] is empty')
    expect(() => ops.softmax(ops.zeros([2], 'int32'))).toThrow(
      'softmax: expected float32 or float64, got int32',
    )
    expect(() => ops.logSoftmax(ops.zeros([2]), 1)).toThrow('logSoftmax: axis 1 is not in a tensor of rank 1')
  })
})
