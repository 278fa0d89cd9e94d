import { greater, init, matmul, mul, scope, sin, sum, type Tensor, tensor, where } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad } from './grad.ts'
import { expectClose, f64, wave } from './testing/close.ts'
import { vjp } from './vjp.ts'

beforeAll(() => init())

describe('vjp', () => {
  it('multiplies by the transposed Jacobian, as often as it is asked', () => {
    const a = wave([2, 3])
    const { value, pullback } = vjp((x: Tensor) => matmul(a, x), wave([3, 1]))
    for (const cotangent of [wave([2, 1], 2), wave([2, 1], 3)]) {
      expectClose(pullback(cotangent), matmul(a, cotangent, { transposeA: true }))
    }
    expectClose(value, matmul(a, wave([3, 1])))
  })

  it('takes and gives trees', () => {
    const { value, pullback } = vjp(
      ({ a, b }: { a: Tensor; b: Tensor }) => ({ product: mul(a, b), rest: [a] }),
      { a: f64([2]), b: f64([3]) },
    )
    expect(value.product.item()).toBe(6)
    const { a, b } = pullback({ rest: [f64([10])], product: f64([1]) })
    expect([a.item(), b.item()]).toEqual([13, 2])
  })

  it('names the place where a cotangent does not fit', () => {
    const { pullback } = vjp((x: Tensor) => ({ y: sin(x) }), f64([1, 2]))
    expect(() => pullback({ y: f64([1]) })).toThrow(
      'pullback: expected float64 [2] at the cotangent.y, got float64 [1]',
    )
    expect(() => pullback({} as { y: Tensor })).toThrow('expected an object with keys y at the cotangent')
  })

  it('refuses a result that has no derivative', () => {
    expect(() => vjp((x: Tensor) => [greater(x, 0)], f64([1]))).toThrow(
      'vjp: expected a float32 or float64 tensor at f(p)[0], got bool [1]',
    )
  })

  it('keeps what the pullback needs, and releases the rest', () => {
    let unused = tensor(0)
    const { pullback } = vjp(
      (x: Tensor) => {
        unused = greater(x, 5)
        return where(greater(x, 0), sin(x), 0)
      },
      f64([1, -1]),
    )
    expect(() => unused.dataSync()).toThrow('used after its release')
    expectClose(pullback(f64([1, 1])), f64([Math.cos(1), 0]))
  })

  it('gives its memory back with the scope around it', () => {
    let pullback: (g: Tensor) => Tensor = (g) => g
    scope(() => {
      pullback = vjp((x: Tensor) => sin(mul(x, 2)), f64([1])).pullback
    })
    expect(() => pullback(f64([1]))).toThrow('used after its release')
  })

  it("does not hand the caller's own cotangent back", () => {
    const cotangent = f64([7])
    vjp((x: Tensor) => x, f64([1]))
      .pullback(cotangent)
      .dispose()
    expect(cotangent.item()).toBe(7)
  })

  it('has a pullback that can be differentiated in its cotangent', () => {
    const a = wave([2, 3])
    const { pullback } = vjp((x: Tensor) => matmul(a, x), wave([3, 1]))
    const v = wave([3, 1], 4)
    expectClose(grad((c: Tensor) => sum(mul(pullback(c), v)))(wave([2, 1])), matmul(a, v))
  })
})
