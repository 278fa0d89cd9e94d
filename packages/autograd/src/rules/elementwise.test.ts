import {
  abs,
  init,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  pow,
  prod,
  softplus,
  sqrt,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { f64, slope } from '../testing/close.ts'

beforeAll(() => init())

describe('where an elementwise op has no derivative', () => {
  it('abs has slope 0 at 0', () => {
    expect(slope(abs, f64([-2, 0, 3]))).toEqual([-1, 0, 1])
  })

  it('maximum and minimum give each side half on a tie', () => {
    const other = f64([1, 2, 3])
    expect(slope((x) => maximum(x, other), f64([2, 2, 2]))).toEqual([1, 0.5, 0])
    expect(slope((x) => minimum(other, x), f64([2, 2, 2]))).toEqual([0, 0.5, 1])
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
})

describe('elementwise rules', () => {
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

  it('softplus has the slopes of sigmoid and of its derivative, in both tails too', () => {
    const x = f64([-Infinity, -800, 0, 800, Infinity])
    expect(slope(softplus, x)).toEqual([0, 0, 0.5, 1, 1])
    expect(slope((q) => grad((p: Tensor) => sum(softplus(p)))(q), x)).toEqual([0, 0, 0.25, 0, 0])
  })

  it('a NaN in the data is not hidden', () => {
    expect(slope((x) => mul(x, x), f64([Number.NaN]))).toEqual([Number.NaN])
  })

  it('stays float32 through every helper constant', () => {
    const x = tensor([0.5, 2])
    const f = (q: Tensor) => sum(mul(pow(abs(q), 1.5), maximum(q, prod(q))))
    expect(grad(f)(x).dtype).toBe('float32')
    expect(jvp(grad(f), x, tensor([1, 1])).tangent.dtype).toBe('float32')
  })
})
