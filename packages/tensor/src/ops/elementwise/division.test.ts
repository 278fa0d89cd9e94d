import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

const { NaN: nan } = Number
const inf = Infinity

type Row = readonly [a: number, b: number, remainder: number, floorDiv: number]

/** `numpy.remainder` and `numpy.floor_divide` (NumPy 1.24.2) of numbers that float32 holds as well: the same in both dtypes. */
const both: readonly Row[] = [
  [7, 3, 1, 2],
  [-7, 3, 2, -3],
  [7, -3, -2, -3],
  [-7, -3, -1, 2],
  [6, -3, -0, -2],
  [-6, 3, 0, -2],
  [0, 3, 0, 0],
  [-0, 3, 0, -0],
  [0, -3, -0, -0],
  [-0, -3, -0, 0],
  [5, inf, 5, 0],
  [-5, inf, inf, -1],
  [5, -inf, -inf, -1],
  [-5, -inf, -5, 0],
  [0, inf, 0, 0],
  [-0, inf, 0, -0],
  [inf, 2, nan, nan],
  [-inf, 2, nan, nan],
  [inf, inf, nan, nan],
  [1, 0, nan, inf],
  [-1, 0, nan, -inf],
  [1, -0, nan, -inf],
  [inf, 0, nan, inf],
  [0, 0, nan, nan],
  [nan, 1, nan, nan],
  [1, nan, nan, nan],
  [nan, 0, nan, nan],
  [5.5, -0.75, -0.5, -8],
]

const float64: readonly Row[] = [
  [1, 0.1, 0.09999999999999995, 9],
  [5.3, -0.1, -4.718447854656915e-16, -53],
  [0.3, 0.1, 0.09999999999999998, 2],
  [-1e308, 3e307, 1.9999999999999992e307, -4],
  [1e300, 1e-300, 4.891554850853602e-301, inf],
  [-1e-300, 1, 1, -1],
  [2 ** 53 - 1, 2, 1, 2 ** 52 - 1],
  [1e22, 7, 4, Number('1.4285714285714287e21')],
  [5e-324, -1e-323, -5e-324, -1],
  [Number.MAX_VALUE, 5e-324, 0, inf],
]

const float32: readonly Row[] = [
  [1, 0.1, 0.09999998658895493, 9],
  [5.3, -0.1, -0.09999988973140717, -54],
  [0.3, 0.1, 7.450580596923828e-9, 3],
  [2 ** 24 - 1, 2, 1, 2 ** 23 - 1],
  [1e30, 7, 1, Number('1.4285714905452359e29')],
]

const int32: readonly Row[] = [
  [7, 3, 1, 2],
  [-7, 3, 2, -3],
  [7, -3, -2, -3],
  [-7, -3, -1, 2],
  [0, 5, 0, 0],
  [5, 0, 0, 0],
  [-5, 0, 0, 0],
  [-(2 ** 31), -1, 0, -(2 ** 31)],
  [-(2 ** 31), 1, 0, -(2 ** 31)],
  [-(2 ** 31), 3, 1, -715827883],
  [2 ** 31 - 1, -2, -1, -(2 ** 30)],
  [-(2 ** 31), 2 ** 31 - 1, 2 ** 31 - 2, -2],
  [6, -3, 0, -2],
]

const uint32: readonly Row[] = [
  [7, 3, 1, 2],
  [0, 5, 0, 0],
  [5, 0, 0, 0],
  [2 ** 32 - 1, 2, 1, 2 ** 31 - 1],
  [2 ** 32 - 1, 2 ** 32 - 1, 0, 1],
  [2 ** 31, 2 ** 32 - 1, 2 ** 31, 0],
]

const tables = { float32: [...both, ...float32], float64: [...both, ...float64], int32, uint32 } as const

describe.each(['reference', 'wasm'] as const)('remainder and floorDiv on %s', (backend) => {
  beforeAll(() => ops.init({ backend }))

  it.each(['float32', 'float64', 'int32', 'uint32'] as const)('are those of NumPy: %s', (dtype) => {
    const column = (k: 0 | 1): ops.Tensor =>
      ops.tensor(
        tables[dtype].map((row) => row[k]),
        { dtype },
      )
    const rows = (t: ops.Tensor): unknown => t.toArray()
    const [a, b] = [column(0), column(1)]
    const expected = (k: 2 | 3): number[] => tables[dtype].map((row) => row[k])
    expect(rows(ops.remainder(a, b))).toEqual(expected(2))
    expect(rows(ops.floorDiv(a, b))).toEqual(expected(3))
  })

  it('broadcast, and take a number on either side', () => {
    const a = ops.tensor([[5], [-5]], { dtype: 'int32' })
    const b = ops.tensor([3, 4], { dtype: 'int32' })
    expect(ops.remainder(a, b).toArray()).toEqual([
      [2, 1],
      [1, 3],
    ])
    expect(ops.floorDiv(a, b).toArray()).toEqual([
      [1, 1],
      [-2, -2],
    ])
    expect(ops.remainder(7, b).toArray()).toEqual([1, 3])
    expect(ops.floorDiv(a, 2).toArray()).toEqual([[2], [-3]])
  })
})

it('mod is remainder', () => {
  expect(ops.mod).toBe(ops.remainder)
})

it('the quotient times the divisor and the remainder are the dividend', () => {
  const a = Float64Array.from({ length: 2000 }, (_, i) => 1000 * Math.sin(i))
  const b = Float64Array.from({ length: 2000 }, (_, i) => 10 * Math.cos(7 * i))
  const [x, y] = [ops.tensor(a), ops.tensor(b)]
  const back = ops.add(ops.mul(ops.floorDiv(x, y), y), ops.remainder(x, y))
  back.dataSync().forEach((value, i) => {
    expect(Math.abs(value - a[i])).toBeLessThanOrEqual(2 ** -52 * (Math.abs(a[i]) + Math.abs(b[i])))
  })
})

it('bools have no remainder, and two dtypes none together', () => {
  const bools = ops.zeros([1], 'bool')
  expect(() => ops.remainder(bools, bools)).toThrow('remainder: expected numbers, got bool; cast first')
  expect(() => ops.floorDiv(ops.ones([1]), ops.ones([1], 'int32'))).toThrow(
    'floorDiv: dtypes differ: float32 and int32; cast one',
  )
})
