import {
  abs,
  choleskySolve,
  eigh,
  init,
  log,
  log1p,
  max,
  maximum,
  min,
  minimum,
  mul,
  norm,
  pow,
  prod,
  scatterAdd,
  sqrt,
  standardDeviation,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { grad } from './grad.ts'
import { jvp } from './jvp.ts'
import { expectClose, f64 } from './testing/close.ts'

beforeAll(() => init())

const slope = (f: (x: Tensor) => Tensor, x: Tensor) => grad((q: Tensor) => sum(f(q)))(x).toArray()

describe('where a derivative does not exist', () => {
  it('abs has slope 0 at 0', () => {
    expect(slope(abs, f64([-2, 0, 3]))).toEqual([-1, 0, 1])
  })

  it('maximum and minimum give each side half on a tie', () => {
    const other = f64([1, 2, 3])
    expect(slope((x) => maximum(x, other), f64([2, 2, 2]))).toEqual([1, 0.5, 0])
    expect(slope((x) => minimum(other, x), f64([2, 2, 2]))).toEqual([0, 0.5, 1])
  })

  it('max and min share their slope equally among the winners', () => {
    expect(slope((x) => max(x), f64([3, 1, 3]))).toEqual([0.5, 0, 0.5])
    expect(
      slope(
        (x) => min(x, 1),
        f64([
          [1, 1, 1, 1],
          [4, 2, 3, 5],
        ]),
      ),
    ).toEqual([
      [0.25, 0.25, 0.25, 0.25],
      [0, 1, 0, 0],
    ])
    expect(jvp((x: Tensor) => max(x), f64([3, 1, 3]), f64([1, 5, 3])).tangent.item()).toBe(2)
  })

  it('norm and standardDeviation have the slope 0 where they are 0', () => {
    for (const f of [norm, standardDeviation]) {
      expect(slope((x) => f(x, 0), f64([0, 0, 0]))).toEqual([0, 0, 0])
      expect(jvp((x: Tensor) => f(x, 0), f64([0, 0, 0]), f64([1, 2, 3])).tangent.item()).toBe(0)
    }
    expect(slope((x) => standardDeviation(x, 0), f64([0.1, 0.1, 0.1]))).toEqual([0, 0, 0])
  })

  it('pow has the slope 0 in the base at exponent 0, whatever the base', () => {
    for (const base of [0, Number.NaN, 2, Number.POSITIVE_INFINITY])
      expect(slope((x) => pow(x, 0), f64([base]))).toEqual([0])
  })

  it('sqrt has the slope infinity at 0', () => {
    expect(slope(sqrt, f64([0]))).toEqual([Number.POSITIVE_INFINITY])
  })
})

describe('where a slope is infinite, what does not change stays 0', () => {
  const steep: [string, (x: Tensor) => Tensor, number][] = [
    ['sqrt', sqrt, 0],
    ['log', log, 0],
    ['log1p', log1p, -1],
    ['pow below 1', (x) => pow(x, 0.5), 0],
    ['pow below 0', (x) => pow(x, -1), 0],
  ]

  it.each(steep)('%s', (_, f, at) => {
    const x = f64([at, at, at + 4])
    const still = f64([0, 1, 1])
    const forward = jvp(f, x, still).tangent.toArray() as number[]
    const backward = grad((q: Tensor) => sum(mul(f(q), still)))(x).toArray() as number[]
    expect(Object.is(Math.abs(forward[0]), 0)).toBe(true)
    expect(Math.abs(forward[1])).toBe(Number.POSITIVE_INFINITY)
    expect(Number.isFinite(forward[2]) && forward[2] !== 0).toBe(true)
    expect(backward).toEqual(forward)
    // Once more: nothing becomes NaN where nothing changes.
    const again = jvp(
      (q: Tensor) => jvp(f, q, still).tangent,
      x,
      f64([0, 0, 1]),
    ).tangent.toArray() as number[]
    expect(Math.abs(again[0])).toBe(0)
    checkGradients((q: Tensor) => grad((p: Tensor) => sum(f(p)))(q), f64([at + 2, at + 3]))
  })

  it('norm has the slope 0 where all elements are 0, in both modes and again', () => {
    const rowsOf = (x: Tensor) => norm(scatterAdd(x, tensor(new Int32Array([0, 2])), 3), 1)
    const x = f64([
      [0, 4],
      [0, 0],
    ])
    const t = f64([
      [7, 2],
      [2, 5],
    ])
    expect(jvp(rowsOf, x, t).tangent.toArray()).toEqual([2, 0, 0])
    expect(grad((q: Tensor) => sum(rowsOf(q)))(x).toArray()).toEqual([
      [0, 1],
      [0, 0],
    ])
    expect(slope((q) => standardDeviation(q, 1), f64([[2, 2, 2]]))).toEqual([[0, 0, 0]])
    expect(jvp((q: Tensor) => standardDeviation(q), f64([2, 2]), f64([1, 0])).tangent.item()).toBe(0)
    const twice = grad((q: Tensor) => sum(grad((p: Tensor) => sum(rowsOf(p)))(q)))(x).toArray() as number[][]
    expect(twice[1]).toEqual([0, 0])
  })
})

describe('where a rule could divide by zero', () => {
  it('the slope of prod is the product of the others, of however many, with zeros among them', () => {
    for (let n = 1; n < 40; n++) {
      for (const zeros of [[], [0], [n - 1], [0, n >> 1]]) {
        const x = Array.from({ length: n }, (_, i) => (zeros.includes(i) ? 0 : 0.7 + ((7 * i) % 11) * 0.06))
        const want = x.map((_, i) => x.reduce((product, q, j) => (j === i ? product : product * q), 1))
        expectClose(grad((q: Tensor) => prod(q))(f64(x)), f64(want), 1e-13)
      }
    }
    expect(slope((x) => prod(x), f64([0, 2, Number.NaN, 3, 5]))).toEqual([
      Number.NaN,
      Number.NaN,
      0,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('the slope of prod costs what the product does, and not its square: 10^5 numbers and not 10^10', () => {
    const x = tensor(new Float64Array(100_000).fill(1 - 1e-6))
    const slopes = grad((q: Tensor) => prod(q))(x).dataSync()
    expect(Math.max(...slopes)).toBeCloseTo((1 - 1e-6) ** 99_999, 10)
    expect(Math.min(...slopes)).toBeCloseTo((1 - 1e-6) ** 99_999, 10)
    const half = tensor(new Float64Array(100_000).fill(0.5))
    const tangent = jvp((q: Tensor) => prod(q), x, half).tangent.item()
    expect(tangent).toBeCloseTo(50_000 * (1 - 1e-6) ** 99_999, 5)
  })

  it('prod is differentiable at zeros, once and twice', () => {
    expect(slope((x) => prod(x), f64([0, 2, 3]))).toEqual([6, 0, 0])
    expect(slope((x) => prod(x), f64([0, 2, 0]))).toEqual([0, 0, 0])
    checkGradients((x: Tensor) => grad((q: Tensor) => prod(q))(x), f64([0, 2, 0]))
  })

  it('pow is differentiable at base 0 for whole exponents, again and again', () => {
    const derivative = (f: (x: Tensor) => Tensor) => grad((x: Tensor) => f(x))
    const square = (x: Tensor) => pow(x, 2)
    expect(derivative(square)(f64(0)).item()).toBe(0)
    expect(derivative(derivative(square))(f64(0)).item()).toBe(2)
    expect(derivative(derivative(derivative(square)))(f64(0)).item()).toBe(0)
    expect(slope((x) => pow(x, 0), f64([0, 2]))).toEqual([0, 0])
    expect(slope((b) => pow(f64([0, 2]), b), f64([3, 1]))).toEqual([0, 2 * Math.log(2)])
  })

  it('pow of a negative base has a slope in the base', () => {
    expect(slope((x) => pow(x, 3), f64([-2]))).toEqual([12])
  })

  it('eigh does not divide by the gap between equal eigenvalues whose vectors nobody uses', () => {
    const gradient = grad((a: Tensor) => sum(mul(eigh(a).values, f64([1, 2]))))(
      f64([
        [2, 0],
        [0, 2],
      ]),
    )
    expectClose(
      gradient,
      f64([
        [1, 0],
        [0, 2],
      ]),
    )
  })

  it('choleskySolve has finite slopes where a pivot is dropped', () => {
    const singular = f64([
      [1, 1],
      [1, 1],
    ])
    const inB = grad((b: Tensor) => sum(choleskySolve(singular, b)))(f64([[2], [2]]))
    const inA = grad((a: Tensor) => sum(choleskySolve(a, f64([[2], [2]]))))(singular)
    expectClose(inB, f64([[1], [0]]))
    expectClose(
      inA,
      f64([
        [-2, 0],
        [0, 0],
      ]),
    )
  })

  it('a NaN in the data is not hidden', () => {
    expect(slope((x) => max(x), f64([Number.NaN, 1]))).toEqual([Number.NaN, Number.NaN])
    expect(slope((x) => mul(x, x), f64([Number.NaN]))).toEqual([Number.NaN])
  })
})

describe('float32', () => {
  it('stays float32 through every helper constant', () => {
    const x = tensor([0.5, 2])
    const f = (q: Tensor) => sum(mul(pow(abs(q), 1.5), maximum(q, prod(q))))
    expect(grad(f)(x).dtype).toBe('float32')
    expect(jvp(grad(f), x, tensor([1, 1])).tangent.dtype).toBe('float32')
  })
})
