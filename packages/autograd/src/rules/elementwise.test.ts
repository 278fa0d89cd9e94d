import {
  abs,
  atan2,
  clip,
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

  it('clip gives the slope to x inside and on a bound, to the bound outside, to the upper one where they have changed places', () => {
    const x = f64([-1, 0, 0.5, 1, 2, 5, 0, 2])
    const low = f64([0, 0, 0, 0, 0, 3, 3, 3])
    const high = f64([1, 1, 1, 1, 1, 1, 1, 3])
    expect(slope((q) => clip(q, low, high), x)).toEqual([0, 1, 1, 1, 0, 0, 0, 0])
    expect(slope((q) => clip(x, q, high), low)).toEqual([1, 0, 0, 0, 0, 0, 0, 1])
    expect(slope((q) => clip(x, low, q), high)).toEqual([0, 0, 0, 0, 1, 1, 1, 0])
    expect(slope((q) => clip(q, null, 1), x)).toEqual([1, 1, 1, 1, 0, 0, 1, 0])
    expect(slope((q) => clip(x, q, null), f64(0)) as unknown).toBe(1)
    expect(slope((q) => clip(q, 0), f64([-Infinity, Infinity]))).toEqual([0, 1])
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

describe('the slopes of atan2', () => {
  const slopes = (y: Tensor, x: Tensor) => [slope((q) => atan2(q, x), y), slope((q) => atan2(y, q), x)]

  it.each([
    ['float64', 1e200],
    ['float64', 1e-200],
    ['float64', 1e308],
    ['float32', 1e30],
    ['float32', 1e-30],
  ] as const)('neither overflow nor underflow on the way: %s at %f', (dtype, size) => {
    const point = (values: number[]) =>
      tensor(
        values.map((value) => value * size),
        { dtype },
      )
    // 4/25 of 1/size and −3/25 of it.
    const [inY, inX] = slopes(point([0.3, 0, 0]), point([0.4, 0.5, -0.5])) as number[][]
    const ulps = (dtype === 'float32' ? 2 ** -23 : 2 ** -52) * 4
    const expectNear = (got: number, want: number) => {
      expect(Math.abs(got * size - want)).toBeLessThanOrEqual(ulps * Math.abs(want))
    }
    ;[1.6, 2, -2].forEach((want, i) => expectNear(inY[i], want))
    ;[-1.2, 0, 0].forEach((want, i) => expectNear(inX[i], want))
  })

  it('are 0 at infinities', () => {
    const far = [Infinity, -Infinity, 1, Infinity]
    const [inY, inX] = slopes(f64(far), f64([1, Infinity, -Infinity, 0])) as number[][]
    expect([...inY, ...inX].map(Math.abs)).toEqual(new Array(8).fill(0))
  })

  it('at the origin leave 0 what does not change, again and again, and are NaN else', () => {
    const still = f64([0, 1])
    const angle = ([y, x]: readonly Tensor[]) => atan2(y, x)
    const point = [f64([0, 4]), f64([0, 3])]
    const forward = (p: readonly Tensor[]) => jvp(angle, p, [still, still]).tangent
    const backward = grad((p: readonly Tensor[]) => sum(mul(angle(p), still)))
    const inPlace = (t: Tensor) => (t.toArray() as number[]).map((v) => Math.round(v * 1e12) / 1e12)
    expect(inPlace(forward(point))).toEqual([0, -1 / 25])
    expect(backward(point).map(inPlace)).toEqual([
      [0, 3 / 25],
      [-0, -4 / 25],
    ])
    expect(inPlace(jvp(forward, point, [still, still]).tangent)).toEqual([0, 14 / 625])
    const [inY, inX] = slopes(f64([0]), f64([0])) as number[][]
    expect([...inY, ...inX]).toEqual([Number.NaN, Number.NaN])
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
