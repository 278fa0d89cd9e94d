import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const largest = (t: ops.Tensor): number => [...t.dataSync()].reduce((m, x) => Math.max(m, Math.abs(x)), 0)

const f64 = (values: Parameters<typeof ops.tensor>[0], shape?: ops.Shape): ops.Tensor =>
  ops.tensor(values, { dtype: 'float64', ...(shape && { shape }) })

const dtypes = ['float32', 'float64'] as const

const isAll = (t: ops.Tensor, f: (x: number) => boolean): boolean => t.dataSync().every((x) => f(x))

describe('matrices of any size', () => {
  const all = (a: ops.Tensor, b: ops.Tensor): ops.Tensor[] => [
    ops.choleskySolve(a, b),
    ops.solve(a, b),
    ops.inverse(a),
    ops.cholesky(a).factor,
    ops.eigh(a).vectors,
    ops.symmetricFunction(a, 'sqrt'),
    ops.symmetricFunction(a, { power: 2 }),
    ops.expm(a),
  ]

  it('without rows, without columns, without matrices', () => {
    for (const dtype of dtypes) {
      for (const lead of [[], [2], [0]]) {
        for (const result of all(ops.zeros([...lead, 0, 0], dtype), ops.zeros([...lead, 0, 3], dtype)))
          expect(result.size).toBe(0)
        const { sign, logAbs } = ops.logDet(ops.zeros([...lead, 0, 0], dtype))
        expect(isAll(sign, (x) => x === 1)).toBe(true)
        expect(isAll(logAbs, (x) => x === 0)).toBe(true)
        expect(isAll(ops.cholesky(ops.zeros([...lead, 0, 0], dtype)).ok, (x) => x === 1)).toBe(true)
        expect(isAll(ops.trace(ops.zeros([...lead, 0, 0], dtype)), (x) => x === 0)).toBe(true)
      }
      expect(ops.solve(ops.eye(2, dtype), ops.zeros([2, 0], dtype)).shape).toEqual([2, 0])
    }
  })

  it('of one number are that number’s functions', () => {
    const [a, b] = [f64([[4]]), f64([[8]])]
    expect(all(a, b).map((t) => t.item())).toEqual([2, 2, 0.25, 2, 1, 2, 16, Math.exp(4)])
  })

  it('as large and as small as numbers go', () => {
    for (const [dtype, scales] of [
      ['float64', [1e-150, 1e150, 1e-300, 1e300]],
      ['float32', [1e-20, 1e20, 1e-36, 1e36]],
    ] as const) {
      for (const scale of scales) {
        const m = ops.tensor(
          [
            [4, 1],
            [1, 3],
          ],
          { dtype },
        )
        const a = ops.mul(m, scale)
        const b = ops.mul(ops.ones([2, 1], dtype), scale)
        const near = (got: ops.Tensor, want: ops.Tensor) =>
          expect(largest(ops.sub(got, want))).toBeLessThan(4 * ops.machineEpsilon(dtype) * largest(want))
        near(ops.solve(a, b), ops.solve(m, ops.ones([2, 1], dtype)))
        near(ops.choleskySolve(a, b), ops.solve(m, ops.ones([2, 1], dtype)))
        near(ops.mul(ops.inverse(a), scale), ops.inverse(m))
        near(ops.cholesky(a).factor, ops.mul(ops.cholesky(m).factor, Math.sqrt(scale)))
        near(ops.symmetricFunction(a, 'sqrt'), ops.mul(ops.symmetricFunction(m, 'sqrt'), Math.sqrt(scale)))
        near(ops.logDet(a).logAbs, ops.add(ops.logDet(m).logAbs, 2 * Math.log(scale)))
      }
    }
  })

  it('leading axes broadcast, as those of matmul', () => {
    const a = ops.add(ops.key(1).normal([3, 1, 2, 2], 'float64'), ops.mul(ops.eye(2, 'float64'), 5))
    const b = ops.key(2).normal([4, 2, 1], 'float64')
    const x = ops.solve(a, b)
    expect(x.shape).toEqual([3, 4, 2, 1])
    expect(largest(ops.sub(ops.matmul(a, x), b))).toBeLessThan(1e-14)
    expect(ops.choleskySolve(ops.eye(2), ops.ones([4, 2, 1])).toArray()).toEqual(
      ops.ones([4, 2, 1]).toArray(),
    )
  })

  it('are refused where they are no tensors', () => {
    expect(() => ops.inverse(1 as never)).toThrow('inverse: expected a tensor, got 1')
    expect(() => ops.symmetricFunction([[1]] as never, 'exp')).toThrow(
      'symmetricFunction: expected a tensor, got an array of 1',
    )
    expect(() => ops.choleskySolve(ops.eye(1), 1 as never)).toThrow('choleskySolve: expected a tensor, got 1')
  })

  it('are refused where they are not square, of whole numbers or of other shapes', () => {
    const unary = {
      cholesky: ops.cholesky,
      inverse: ops.inverse,
      logDet: ops.logDet,
      eigh: ops.eigh,
      symmetricFunction: (a: ops.Tensor) => ops.symmetricFunction(a, 'exp'),
      expm: ops.expm,
    }
    for (const [name, f] of Object.entries(unary)) {
      expect(() => f(ops.zeros([2, 3]))).toThrow(`${name}: expected square matrices, got [2, 3]`)
      expect(() => f(ops.zeros([2]))).toThrow(`${name}: expected a matrix of rank ≥ 2, got [2]`)
      expect(() => f(ops.zeros([2, 2], 'int32'))).toThrow(`${name}: expected float32 or float64, got int32`)
    }
    expect(() => ops.solve(ops.eye(2), ops.ones([3, 1]))).toThrow(
      'solve: expected A [..., n, n] and B [..., n, m], got [2, 2] and [3, 1]',
    )
    expect(() => ops.solve(ops.eye(2), ops.ones([2]))).toThrow('solve: expected right-hand sides of rank ≥ 2')
    expect(() => ops.symmetricFunction(ops.eye(2), 'cosh' as never)).toThrow(
      "symmetricFunction: expected one of exp, log, sqrt, inverseSqrt, inverse or { power: a finite number }, got 'cosh'",
    )
    expect(() => ops.trace(ops.zeros([2, 3]))).toThrow('trace: expected square matrices, got [2, 3]')
    expect(() => ops.trace(ops.zeros([2, 2], 'bool'))).toThrow('trace: expected numbers, got bool')
    expect(ops.trace(ops.eye(3, 'int32')).item()).toBe(3)
  })
})
