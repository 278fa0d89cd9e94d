import {
  add,
  affine,
  exp,
  init,
  matmul,
  mul,
  pow,
  reluActivation,
  scope,
  sin,
  square,
  sum,
  type Tensor,
  tanh,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { grad } from './grad.ts'
import { hvp } from './hvp.ts'
import { jvp } from './jvp.ts'
import { expectClose, f64, wave } from './testing/close.ts'
import { vjp } from './vjp.ts'

beforeAll(() => init())

type Derivative = (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor

const modes: Record<string, Derivative> = {
  reverse: (f) => grad(f),
  forward: (f) => (x) => jvp(f, x, f64(1)).tangent,
  pullback: (f) => (x) => vjp(f, x).pullback(f64(1)),
}
const pairs = Object.keys(modes).flatMap((outer) => Object.keys(modes).map((inner) => [outer, inner]))

describe('levels', () => {
  it.each(pairs)('keep %s over %s apart: d/dx of x · d/dy (x + y) is 1', (outer, inner) => {
    const f = (x: Tensor) => mul(x, modes[inner]((y) => add(x, y))(f64(5)))
    expect(modes[outer](f)(f64(3)).item()).toBe(1)
  })

  it.each(pairs)(
    'do not confuse the perturbations of %s over %s: d/dx of x · d/dy (x · y²)',
    (outer, inner) => {
      // Inside: d/dy (x y²) = 2xy, at y = x. Outside: d/dx (x · 2x²) = 6x², at 3.
      const f = (x: Tensor) => mul(x, modes[inner]((y) => mul(x, square(y)))(x))
      expect(modes[outer](f)(f64(3)).item()).toBe(54)
    },
  )

  it.each(pairs)('%s over %s gives second derivatives', (outer, inner) => {
    const second = modes[outer](modes[inner]((x) => mul(exp(x), sin(x))))
    expect(second(f64(0.7)).item()).toBeCloseTo(2 * Math.exp(0.7) * Math.cos(0.7), 12)
  })

  it('reach the fourth derivative', () => {
    expect(grad(modes.forward(grad(modes.forward((x) => pow(x, 5)))))(f64(2)).item()).toBeCloseTo(240, 10)
  })
})

/** A small smooth network with all its weights in a tree. */
const loss = ({ w, v }: { w: Tensor; v: Tensor }): Tensor =>
  sum(square(matmul(tanh(matmul(wave([4, 3]), w, { transposeB: true })), v)))
const weights = () => ({ w: wave([5, 3], 2), v: wave([5, 2], 3) })
const direction = () => ({ w: wave([5, 3], 4), v: wave([5, 2], 5) })

describe('orders of differentiation', () => {
  it('jvp of grad equals grad of jvp', () => {
    const forwardOverReverse = jvp(grad(loss), weights(), direction()).tangent
    const reverseOverForward = grad((p: { w: Tensor; v: Tensor }) => jvp(loss, p, direction()).tangent)(
      weights(),
    )
    expectClose(forwardOverReverse.w, reverseOverForward.w)
    expectClose(forwardOverReverse.v, reverseOverForward.v)
  })

  it('hvp agrees with central differences of the gradient', () => {
    const h = 1e-5
    const [p, v] = [weights(), direction()]
    const at = (s: number) => grad(loss)({ w: add(p.w, mul(v.w, s)), v: add(p.v, mul(v.v, s)) })
    const [above, below] = [at(h), at(-h)]
    const product = hvp(loss, p, v)
    expectClose(product.w, mul(add(above.w, mul(below.w, -1)), 0.5 / h), 1e-7)
    expectClose(product.v, mul(add(above.v, mul(below.v, -1)), 0.5 / h), 1e-7)
  })

  it('a penalty on an input gradient can be differentiated in the weights', () => {
    const penalty = (w: Tensor): Tensor => {
      const slope = grad((x: Tensor) => sum(square(affine(x, w, null, reluActivation).output)))
      return sum(square(slope(wave([2, 3]))))
    }
    checkGradients(penalty, wave([4, 3], 2))
  })
})

describe('scopes under a transform', () => {
  it('release nothing that the outer trace needs', () => {
    const f = (x: Tensor) => scope(() => mul(grad((y: Tensor) => scope(() => sum(mul(y, square(x)))))(x), x))
    expect(grad((x: Tensor) => sum(f(x)))(f64([2])).toArray()).toEqual([12])
  })

  it('leave the result of a nested transform usable', () => {
    const second = scope(
      () =>
        jvp(
          grad((x: Tensor) => sum(pow(x, 3))),
          f64([1, 2]),
          f64([1, 1]),
        ).tangent,
    )
    expect(second.toArray()).toEqual([6, 12])
  })
})
