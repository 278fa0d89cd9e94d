import { add, exp, init, mul, square, stopGradient, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { f64, wave } from './testing/close.ts'

beforeAll(() => init())

describe('checkGradients', () => {
  it('passes what is right', () => {
    expect(() => checkGradients((x: Tensor) => exp(x), f64([0, 1]))).not.toThrow()
    expect(() =>
      checkGradients(({ a, b }: { a: Tensor; b: Tensor }) => [mul(a, b), sum(a)], {
        a: wave([2, 2]),
        b: wave([2]),
      }),
    ).not.toThrow()
  })

  it('names the entry that is furthest off', () => {
    const scale = f64([0, 0, 5, 0], [2, 2])
    const wrong = ({ a, b }: { a: Tensor; b: Tensor }) =>
      add(sum(a), sum(mul(scale, stopGradient(square(b)))))
    expect(() =>
      checkGradients(wrong, {
        a: f64([1]),
        b: f64([
          [1, 1],
          [1, 1],
        ]),
      }),
    ).toThrow(/the pullback differs from central differences at p\.b\[1, 0\]: got 0, expected (-?)\d/)
  })

  it('does not take NaN for agreement', () => {
    expect(() => checkGradients((x: Tensor) => mul(x, Number.NaN), f64([1]))).toThrow('got NaN')
  })

  it('measures with the tolerance it is given', () => {
    const slightlyWrong = (x: Tensor) => add(x, mul(stopGradient(x), 1e-4))
    expect(() => checkGradients(slightlyWrong, f64([1]))).toThrow('tolerance 0.000001')
    expect(() => checkGradients(slightlyWrong, f64([1]), { tolerance: 1e-3 })).not.toThrow()
  })

  it('wants float64', () => {
    expect(() => checkGradients((p: Tensor[]) => p[0], [tensor([1])])).toThrow(
      'checkGradients: expected float64 at p[0], got float32; cast it',
    )
  })

  it('wants a step above 0 and a tolerance that is a number', () => {
    const check = (options: object) => () => checkGradients((x: Tensor) => x, f64([1]), options)
    expect(check({ step: 0 })).toThrow('checkGradients: step: expected a finite number')
    expect(check({ tolerance: '1' })).toThrow(
      "checkGradients: tolerance: expected a finite number of at least 0, got '1'",
    )
    expect(check({ tol: 1 })).toThrow("checkGradients: unknown option 'tol'; did you mean 'tolerance'?")
  })
})
