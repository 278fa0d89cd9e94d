import { add, init, mul, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad, valueAndGrad } from './grad.ts'
import { jvp } from './jvp.ts'
import { vjp } from './vjp.ts'

beforeAll(() => init())

describe('tensors that a transform returns may be disposed apart from its arguments:', () => {
  it('values of functions that answer with their argument', () => {
    const x = tensor(3)
    valueAndGrad((q: Tensor) => q)(x).value.dispose()
    vjp((q: Tensor) => q, x).value.dispose()
    jvp((q: Tensor) => q, x, tensor(1)).value.dispose()
    valueAndGrad((q: Tensor) => [mul(q, q), q] as const, { aux: true })(x).aux.dispose()
    expect(x.item()).toBe(3)
  })

  it('tangents and cotangents that pass as they are', () => {
    const [x, t] = [tensor([1, 2]), tensor([3, 4])]
    const { tangent } = jvp((q: Tensor) => [add(q, 1), q] as const, x, t)
    for (const part of tangent) part.dispose()
    expect(t.toArray()).toEqual([3, 4])
    vjp((q: Tensor) => add(q, 1), x)
      .pullback(t)
      .dispose()
    expect(t.toArray()).toEqual([3, 4])
  })

  it('gradients', () => {
    const [a, b] = [tensor([1, 2]), tensor([5, 6])]
    const gradient = grad((p: { a: Tensor; b: Tensor }) => sum(mul(p.a, p.b)))({ a, b })
    for (const t of Object.values(gradient)) t.dispose()
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 2],
      [5, 6],
    ])
  })
})
