import { cumprod, init, linearRecurrence, mul, prod, sum, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { expectClose, f64, slope, wave } from '../testing/close.ts'
import { vjp } from '../vjp.ts'

beforeAll(() => init())

type F = (x: Tensor) => Tensor

/** Derivatives of the first to the third order by differences of the one before. */
function checkThrice(f: F, x: Tensor): void {
  const g: F = grad((p: Tensor) => sum(mul(f(p), wave(f(x).shape, 2))))
  checkGradients(f, x)
  checkGradients(g, x)
  checkGradients((q: Tensor) => jvp(g, q, wave(q.shape, 3)).tangent, x)
}

describe('the derivatives of cumprod', () => {
  const zeros: Record<string, number[]> = {
    'no zero': [2, -3, 0.5, 1.5],
    'a zero first': [0, 2, 3, 4],
    'a zero within': [2, 0, 3, 4],
    'a zero last': [2, 3, 4, 0],
    'two zeros': [2, 0, 3, 0],
    'nothing else': [0, 0, 0, 0],
  }
  it.each(Object.entries(zeros))('are right with %s among the factors, in both directions', (_, values) => {
    for (const reverse of [false, true]) checkThrice((q) => cumprod(q, 0, reverse), f64(values))
  })

  it('are those of prod in the last element', () => {
    const x = f64([0, 2, 3, 0.5])
    const last = (q: Tensor) => mul(cumprod(q, 0), f64([0, 0, 0, 1]))
    expect(slope(last, x)).toEqual(slope((q) => prod(q), x))
    expect(slope(last, x)).toEqual([3, 0, 0, 0])
  })

  it('forward and reverse agree along any axis, empty and single ones too', () => {
    for (const [shape, axis] of [
      [[3, 4], 0],
      [[3, 4], 1],
      [[2, 0], 1],
      [[2, 1], 1],
    ] as const) {
      const [x, t, g] = [wave(shape), wave(shape, 2), wave(shape, 3)]
      const f = (q: Tensor) => cumprod(q, axis, true)
      const forward = sum(mul(jvp(f, x, t).tangent, g))
      expectClose(sum(mul(vjp(f, x).pullback(g), t)), forward)
    }
  })

  it('an infinity in the first factor leaves the others finite', () => {
    expect(slope((q) => cumprod(q, 0), f64([Infinity, 2]))).toEqual([3, Infinity])
    expect(jvp((q: Tensor) => cumprod(q, 0), f64([Infinity, 2]), f64([1, 0])).tangent.dataSync()[0]).toBe(1)
  })
})

describe('the derivatives of linearRecurrence', () => {
  it('are right in factors and terms, together and as one variable, in both directions', () => {
    for (const reverse of [false, true]) {
      const f = ({ a, b }: { a: Tensor; b: Tensor }) => linearRecurrence(a, b, 1, reverse)
      const p = {
        a: f64([
          [0.5, 0, 2],
          [1, -1, 0.3],
        ]),
        b: f64([
          [1, 2, -1],
          [0, 3, 0.2],
        ]),
      }
      checkGradients(f, p)
      checkGradients((q: typeof p) => grad((r: typeof p) => sum(mul(f(r), wave([2, 3]))))(q), p)
      checkThrice((q) => linearRecurrence(q, q, 0, reverse), f64([0.5, 0, 2, -1]))
    }
  })

  it('are summed over what stretches', () => {
    checkThrice((q) => linearRecurrence(q, f64([1, 2, 3]), 0), f64([0.5]))
    checkThrice((q) => linearRecurrence(f64([[0.5], [2]]), q, 1), f64([1, 2, 3]))
  })

  it('the first factor has the slope 0', () => {
    expect(slope((q) => linearRecurrence(q, f64([1, 2, 3]), 0), f64([7, 1, 1]))).toEqual([0, 2, 3])
    expect(slope((q) => linearRecurrence(q, f64([1, 2, 3]), 0, true), f64([1, 1, 7]))).toEqual([5, 6, 0])
  })
})
