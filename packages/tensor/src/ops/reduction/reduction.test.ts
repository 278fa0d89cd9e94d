import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, at, build, indicesOf, plain, shapes, shapesOfRank } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const folds: Record<
  string,
  [(x: ops.Tensor, axes?: number[], keep?: boolean) => ops.Tensor, (xs: number[]) => number]
> = {
  sum: [ops.sum, (xs) => xs.reduce((a, b) => a + b, 0)],
  prod: [ops.prod, (xs) => xs.reduce((a, b) => a * b, 1)],
  max: [ops.max, (xs) => Math.max(...xs)],
  min: [ops.min, (xs) => Math.min(...xs)],
  mean: [ops.mean, (xs) => xs.reduce((a, b) => a + b, 0) / xs.length],
  norm: [ops.norm, (xs) => Math.sqrt(xs.reduce((a, b) => a + b * b, 0))],
  logSumExp: [ops.logSumExp, (xs) => Math.log(xs.reduce((a, b) => a + Math.exp(b), 0))],
  variance: [
    ops.variance,
    (xs) => {
      const mean = xs.reduce((a, b) => a + b, 0) / xs.length
      return xs.reduce((a, b) => a + (b - mean) ** 2, 0) / xs.length
    },
  ],
}

const withAxes = (shape: fc.Arbitrary<number[]>) =>
  plain(shape).chain((x) => fc.tuple(fc.constant(x), fc.subarray(x.shape.map((_, i) => i)), fc.boolean()))

describe('reductions', () => {
  it.each(Object.entries(folds))('%s folds over any axes, kept or dropped', (name, [op, f]) => {
    const needsElements = !['sum', 'prod', 'mean', 'norm', 'variance'].includes(name)
    fc.assert(
      fc.property(withAxes(needsElements ? shapesOfRank(0, 1) : shapes), ([x, axes, keep]) => {
        const y = op(asTensor(x), axes, keep)
        const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length))
        expect(y.shape).toEqual(keep ? kept : x.shape.filter((_, i) => !axes.includes(i)))
        const span = x.shape.map((length, i) => (axes.includes(i) ? length : 1))
        const want = build(kept, (i) =>
          f(
            [...indicesOf(span)].map((j) =>
              at(
                x,
                i.map((v, axis) => v + j[axis]),
              ),
            ),
          ),
        )
        const got = y.dataSync()
        want.forEach((value, i) => {
          if (Number.isNaN(value)) expect(got[i]).toBeNaN()
          else expect(got[i]).toBeCloseTo(value, 9)
        })
        expect(got.length).toBe(want.length)
      }),
    )
  })

  it('the mean of ones is 1, however many', () => {
    for (const dtype of ['float32', 'float64'] as const)
      for (let n = 1; n < 300; n++) expect(ops.mean(ops.ones([n], dtype)).item()).toBe(1)
  })

  it('the variance of equal numbers is 0, over whatever axes', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (const value of [0.1, 1 / 3, -7e8, 1e-30, 123456.789]) {
        for (const n of [1, 2, 3, 41, 1000, 99_999])
          expect([n, ops.variance(ops.full([n], value, dtype)).item()]).toEqual([n, 0])
        const x = ops.full([3, 41, 7], value, dtype)
        for (const axes of [0, 1, 2, [0, 2], [1, 2], [0, 1, 2]]) {
          for (const f of [ops.variance, ops.standardDeviation])
            expect(
              f(x, axes, false, 1)
                .dataSync()
                .every((v) => v === 0),
            ).toBe(true)
        }
      }
    }
    const rows = ops.tensor(Array.from({ length: 41 }, () => [0.1, -3.3, 5e6]))
    expect([...ops.variance(rows, 0).dataSync()]).toEqual([0, 0, 0])
  })

  it('the variance of numbers far from 0 keeps its digits', () => {
    const x = ops.tensor([1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3])
    expect(ops.variance(x).item()).toBe(1.25)
    expect(ops.variance(ops.zeros([0])).item()).toBeNaN()
    expect(ops.variance(ops.ones([1]), 0, false, 1).item()).toBeNaN()
    expect(ops.variance(ops.tensor([1, Infinity])).item()).toBeNaN()
  })

  it('of two zeros the larger is +0, the smaller −0', () => {
    const both = ops.tensor([0, -0, 0, -0, -0])
    const flipped = ops.flip(both, [0])
    for (const x of [both, flipped]) {
      expect(Object.is(ops.max(x).item(), 0)).toBe(true)
      expect(Object.is(ops.min(x).item(), -0)).toBe(true)
    }
    expect(Object.is(ops.max(ops.tensor([-0, -0])).item(), -0)).toBe(true)
  })

  it('max and min pass NaN on', () => {
    expect(ops.max(ops.tensor([1, Number.NaN, 2])).item()).toBeNaN()
    expect(ops.min(ops.tensor([Number.NaN, 1])).item()).toBeNaN()
  })

  it('argMax and argMin find the first winner along an axis', () => {
    fc.assert(
      fc.property(plain(shapesOfRank(1, 1), fc.integer({ min: -2, max: 2 })), fc.nat(3), (x, pick) => {
        const axis = pick % x.shape.length
        const rest = x.shape.filter((_, i) => i !== axis)
        const line = (i: number[]): number[] =>
          Array.from({ length: x.shape[axis] }, (_, k) => at(x, [...i.slice(0, axis), k, ...i.slice(axis)]))
        expect([...ops.argMax(asTensor(x), axis).dataSync()]).toEqual(
          build(rest, (i) => line(i).indexOf(Math.max(...line(i)))),
        )
        expect([...ops.argMin(asTensor(x), axis).dataSync()]).toEqual(
          build(rest, (i) => line(i).indexOf(Math.min(...line(i)))),
        )
      }),
    )
  })

  it('argMax takes the first NaN as the largest', () => {
    expect(ops.argMax(ops.tensor([1, Number.NaN, 3, Number.NaN]), 0).item()).toBe(1)
  })

  it('cumsum runs along an axis', () => {
    expect(
      ops
        .cumsum(
          ops.tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          1,
        )
        .toArray(),
    ).toEqual([
      [1, 3, 6],
      [4, 9, 15],
    ])
    expect(
      ops
        .cumsum(
          ops.tensor([
            [1, 2],
            [4, 5],
          ]),
          0,
        )
        .toArray(),
    ).toEqual([
      [1, 2],
      [5, 7],
    ])
  })

  it('any and all over nothing are false and true', () => {
    const none = ops.zeros([0, 2], 'bool')
    expect(ops.any(none, 0).toArray()).toEqual([0, 0])
    expect(ops.all(none, 0).toArray()).toEqual([1, 1])
    expect(ops.any(ops.tensor([0, 3])).item()).toBe(1)
    expect(ops.all(ops.tensor([0, 3])).item()).toBe(0)
  })

  it('logSumExp neither overflows nor turns −∞ into NaN', () => {
    expect(ops.logSumExp(ops.tensor([1000, 1000])).item()).toBeCloseTo(1000 + Math.log(2), 3)
    expect(ops.logSumExp(ops.tensor([-Infinity, -Infinity])).item()).toBe(-Infinity)
  })

  it('sums float32 in float64: a million times 0.1 is right to the last bit', () => {
    const total = ops.sum(ops.full([1_000_000], 0.1)).item()
    expect(total).toBe(Math.fround(1_000_000 * Math.fround(0.1)))
  })
})
