import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

const { NaN: nan } = Number

describe.each(['reference', 'wasm'] as const)('clip on %s', (backend) => {
  beforeAll(() => ops.init({ backend }))

  const f64 = (values: number[]): ops.Tensor => ops.tensor(values, { dtype: 'float64' })
  const values = (t: ops.Tensor): number[] => [...t.dataSync()]

  it('takes numbers, tensors, null and nothing for bounds', () => {
    const x = f64([-2, 0.5, 3])
    expect(values(ops.clip(x, 0, 1))).toEqual([0, 0.5, 1])
    expect(values(ops.clip(x, f64([-3, 1, 2]), f64([-2.5, 2, 2.5])))).toEqual([-2.5, 1, 2.5])
    expect(values(ops.clip(x, 0))).toEqual([0, 0.5, 3])
    expect(values(ops.clip(x, null, 1))).toEqual([-2, 0.5, 1])
    expect(values(ops.clip(x, undefined, 1))).toEqual([-2, 0.5, 1])
    expect(values(ops.clip(x, 0, null))).toEqual([0, 0.5, 3])
    expect(values(ops.clip(1, f64([0, 2]), 5))).toEqual([1, 2])
    expect(values(ops.clip(f64([-Infinity, Infinity]), null, 1))).toEqual([-Infinity, 1])
  })

  it('broadcasts all three', () => {
    const x = ops.tensor([[-4], [4]])
    const y = ops.clip(x, ops.tensor([-5, -1, 0]), ops.tensor([[[1]], [[2]]]))
    expect(y.shape).toEqual([2, 2, 3])
    expect(values(y)).toEqual([-4, -1, 0, 1, 1, 1, -4, -1, 0, 2, 2, 2])
  })

  it('is NaN of a NaN in x or in a bound, in vectors as beside them', () => {
    for (const n of [1, 9]) {
      const filled = (value: number): ops.Tensor => f64(new Array(n).fill(value))
      const all = new Array(n).fill(nan)
      for (const x of [-1, 0.5, 2, Infinity, nan]) {
        expect(values(ops.clip(filled(x), nan, 1))).toEqual(all)
        expect(values(ops.clip(filled(x), 0, nan))).toEqual(all)
        expect(values(ops.clip(filled(x), nan, null))).toEqual(all)
      }
      expect(values(ops.clip(filled(nan), 0, 1))).toEqual(all)
    }
  })

  it('is the upper bound where the bounds have changed places', () => {
    expect(values(ops.clip(f64([0, 1, 2, 3, 4]), 3, 1))).toEqual([1, 1, 1, 1, 1])
  })

  it('is x on a bound, with the sign of its zero', () => {
    expect(values(ops.clip(f64([-0, 0, -0, 0]), f64([0, -0, -1, -1]), f64([1, 1, 0, -0])))).toEqual([
      -0, 0, -0, 0,
    ])
  })

  it('clips whole numbers up to the ends of their range', () => {
    const int = ops.tensor([-(2 ** 31), -5, 5, 2 ** 31 - 1], { dtype: 'int32' })
    expect(values(ops.clip(int, -4, 4))).toEqual([-4, -4, 4, 4])
    expect(values(ops.clip(int, 0))).toEqual([0, 0, 5, 2 ** 31 - 1])
    expect(values(ops.clip(int, null, 0))).toEqual([-(2 ** 31), -5, 0, 0])
    const uint = ops.tensor([0, 7, 2 ** 31, 2 ** 32 - 1], { dtype: 'uint32' })
    expect(values(ops.clip(uint, 5, 2 ** 31 + 1))).toEqual([5, 7, 2 ** 31, 2 ** 31 + 1])
    expect(values(ops.clip(uint, 8))).toEqual([8, 8, 2 ** 31, 2 ** 32 - 1])
  })
})

const x = (): ops.Tensor => ops.zeros([2, 3])

it.each<[string, () => unknown, string]>([
  ['neither bound', () => ops.clip(x(), null), 'clip: expected a lower or an upper bound, got neither'],
  ['no tensor', () => ops.clip(1, 0, 2), 'clip: expected at least one tensor, got 1, 0, 2'],
  ['text', () => ops.clip(x(), 'a' as never), "clip: expected a tensor or a number, got 'a'"],
  [
    'bounds of another dtype',
    () => ops.clip(x(), 0, ops.zeros([], 'float64')),
    'clip: dtypes differ: float32 and float64; cast one',
  ],
  [
    'bounds that do not broadcast',
    () => ops.clip(x(), ops.zeros([2]), 1),
    'clip: shapes do not broadcast: [2, 3] and [2]',
  ],
  [
    'integers and a fraction',
    () => ops.clip(ops.zeros([2], 'int32'), 0.5),
    'clip: 0.5 is not an int32; cast the tensor first',
  ],
  ['bools', () => ops.clip(ops.zeros([2], 'bool'), 0), 'clip: expected numbers, got bool; cast first'],
])('clip of %s is an error', (_, wrong, message) => {
  expect(wrong).toThrow(message)
})
