import { add, affine, greater, init, mul, reluActivation, sin, square, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { jvp } from './jvp.ts'
import { expectClose, f64, wave } from './testing/close.ts'

beforeAll(() => init())

describe('jvp', () => {
  it('gives value and directional derivative', () => {
    const { value, tangent } = jvp((x: Tensor) => square(x), f64([3]), f64([1]))
    expect([value.item(), tangent.item()]).toEqual([9, 6])
  })

  it('takes and gives trees', () => {
    const { value, tangent } = jvp(
      ([a, b]: Tensor[]) => ({ product: mul(a, b), constant: f64([4]) }),
      [f64([2]), f64([3])],
      [f64([1]), f64([10])],
    )
    expect(value.product.item()).toBe(6)
    expect(tangent.product.item()).toBe(23)
    expect(tangent.constant.item()).toBe(0)
  })

  it('stretches the tangent of a broadcast operand', () => {
    expectClose(
      jvp((x: Tensor) => add(x, wave([2, 3])), f64([1]), f64([5])).tangent,
      f64([
        [5, 5, 5],
        [5, 5, 5],
      ]),
    )
  })

  it('leaves codes untraced', () => {
    let code: Tensor | null = null
    jvp(
      (x: Tensor) => {
        const layer = affine(x, wave([2, 3]), null, reluActivation)
        code = layer.code
        return layer.output
      },
      wave([1, 3]),
      wave([1, 3], 2),
    )
    expect((code as Tensor | null)?.interpreter).toBeNull()
  })

  it('names the place where a tangent does not fit', () => {
    expect(() => jvp((x: Tensor) => sin(x), f64([1, 2]), f64([1]))).toThrow(
      'jvp: expected float64 [2] at the tangent, got float64 [1]',
    )
    expect(() => jvp(([x]: Tensor[]) => sin(x), [f64([1])], [])).toThrow(
      'expected an array of 1 at the tangent',
    )
  })

  it('refuses a result that has no derivative', () => {
    expect(() => jvp((x: Tensor) => greater(x, 0), f64([1]), f64([1]))).toThrow('at f(p), got bool [1]')
  })

  it('refuses a traced value that was smuggled out', () => {
    let smuggled = f64([0])
    jvp((x: Tensor) => (smuggled = mul(x, 2)), f64([1]), f64([1]))
    expect(() => mul(smuggled, 2)).toThrow('mul: got a tensor of a transform that has finished')
  })
})
