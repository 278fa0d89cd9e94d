import {
  add,
  cast,
  greater,
  init,
  key,
  mul,
  square,
  stopGradient,
  sum,
  type Tensor,
  tensor,
  where,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad, valueAndGrad } from './grad.ts'
import type { Tree } from './tree.ts'

beforeAll(() => init())

describe('grad', () => {
  it('of a sum of squares is twice the point', () => {
    const slope = grad((x: Tensor) => sum(square(x)))
    expect(slope(tensor([1, 2])).toArray()).toEqual([2, 4])
  })

  it('keeps the dtype of the argument', () => {
    expect(grad((x: Tensor) => sum(square(x)))(tensor([1], { dtype: 'float64' })).dtype).toBe('float64')
    expect(grad((x: Tensor) => sum(cast(x, 'float64')))(tensor([1])).dtype).toBe('float32')
  })

  it('differentiates the first argument and hands the rest through', () => {
    const slope = grad((x: Tensor, factor: number, shift: Tensor) => sum(add(mul(x, factor), shift)))
    expect(slope(tensor([1, 2]), 3, tensor([5, 5])).toArray()).toEqual([3, 3])
  })

  it('takes numbers drawn inside for constants, those of the same draw outside', () => {
    const noisy = (x: Tensor) => sum(mul(x, key('noise').normal([3], 'float64')))
    const x = tensor([1, 2, 3], { dtype: 'float64' })
    expect(grad(noisy)(x).dataSync()).toEqual(key('noise').normalArray(3))
    const twice = (y: Tensor) => sum(mul(grad(noisy)(square(y)), square(y)))
    const expected = key('noise')
      .normalArray(3)
      .map((n, i) => 2 * n * (i + 1))
    expect(grad(twice)(x).dataSync()).toEqual(expected)
  })

  it('comes back in the shape of a tree', () => {
    const slope = grad(({ a, list }: { a: Tensor; list: Tensor[] }) => sum(mul(a, mul(list[0], list[1]))))
    const { a, list } = slope({ a: tensor([2]), list: [tensor([3]), tensor([5])] })
    expect([a, ...list].map((t) => t.item())).toEqual([15, 10, 6])
  })

  it('is zero where the result does not depend on the argument', () => {
    expect(grad(([x]: Tensor[]) => sum(x))([tensor([1]), tensor([[2, 3]])])[1].toArray()).toEqual([[0, 0]])
    expect(grad((_x: Tensor) => tensor(3))(tensor([1, 2])).toArray()).toEqual([0, 0])
  })

  it('adds up what reaches a value on several ways', () => {
    expect(grad((x: Tensor) => add(mul(x, x), mul(x, 3)))(tensor(2)).item()).toBe(7)
    expect(grad((x: Tensor) => x)(tensor(2)).item()).toBe(1)
  })

  it('does not pass stopGradient or a comparison', () => {
    expect(grad((x: Tensor) => mul(x, stopGradient(x)))(tensor(5)).item()).toBe(5)
    expect(grad((x: Tensor) => sum(where(greater(x, 0), x, 0)))(tensor([-1, 2])).toArray()).toEqual([0, 1])
  })

  it('of an empty sum is empty', () => {
    expect(grad((x: Tensor) => sum(square(x)))(zeros([0, 3])).shape).toEqual([0, 3])
  })

  it('refuses a result that is not a floating scalar', () => {
    expect(() => grad((x: Tensor) => square(x))(tensor([1, 2]))).toThrow(
      'grad: expected f(p) to be a floating scalar, got float32 [2]',
    )
    expect(() => grad((x: Tensor) => sum(cast(x, 'int32')))(tensor([1]))).toThrow('got int32 []')
    const promise = (async () => tensor(1)) as unknown as (x: Tensor) => Tensor
    expect(() => grad(promise)(tensor([1]))).toThrow('got an object of class Promise')
  })

  it('names the place in the argument that cannot be differentiated', () => {
    const f = (_p: Tree): Tensor => tensor(0)
    expect(() => grad(f)({ layers: [tensor([1]), tensor(Int32Array.of(1, 2))] })).toThrow(
      'grad: expected a float32 or float64 tensor at p.layers[1], got int32 [2]',
    )
    expect(() => grad(f)({ a: 3 } as unknown as Tree)).toThrow('at p.a, got 3')
    expect(() => grad(f)([new Date()] as unknown as Tree)).toThrow('at p[0], got an object of class Date')
  })

  it('lets no value be read while it is traced', () => {
    expect(() => grad((x: Tensor) => tensor(x.item()))(tensor(1))).toThrow('is being differentiated')
  })

  it('refuses a traced value that was smuggled out', () => {
    let smuggled = tensor(0)
    grad((x: Tensor) => {
      smuggled = mul(x, 2)
      return smuggled
    })(tensor(1))
    expect(() => add(smuggled, 1)).toThrow('add: got a tensor of a transform that has finished')
  })
})

describe('valueAndGrad', () => {
  it('gives the value beside the gradient', () => {
    const { value, gradient } = valueAndGrad((x: Tensor) => sum(square(x)))(tensor([1, 2]))
    expect(value.item()).toBe(5)
    expect(gradient.toArray()).toEqual([2, 4])
  })

  it('brings readable extra results out', () => {
    const run = valueAndGrad(
      (x: Tensor) => {
        const squares = square(x)
        return [sum(squares), { squares, note: 'kept', nested: [add(x, 1)] }] as const
      },
      { aux: true },
    )
    const { value, gradient, aux } = run(tensor([1, 2]))
    expect(value.item()).toBe(5)
    expect(gradient.toArray()).toEqual([2, 4])
    expect(aux.squares.toArray()).toEqual([1, 4])
    expect(aux.nested[0].toArray()).toEqual([2, 3])
    expect(aux.note).toBe('kept')
  })

  it('refuses an option that it does not know', () => {
    expect(() => valueAndGrad(((x: Tensor) => sum(x)) as never, { auxx: true } as never)).toThrow(
      "valueAndGrad: unknown option 'auxx'; did you mean 'aux'? Known: aux",
    )
    expect(() => valueAndGrad(((x: Tensor) => sum(x)) as never, { aux: 1 } as never)).toThrow(
      'valueAndGrad: aux: expected true or false, got 1',
    )
  })

  it('releases what is not returned', () => {
    let mask = tensor(0)
    valueAndGrad((x: Tensor) => {
      mask = greater(x, 0)
      return sum(where(mask, x, 0))
    })(tensor([1, 2]))
    expect(() => mask.dataSync()).toThrow('used after its release')
  })

  it('gives gradients that may be disposed one by one', () => {
    const { gradient } = valueAndGrad(([a, b]: Tensor[]) => sum(add(a, b)))([tensor([1]), tensor([2])])
    gradient[0].dispose()
    expect(gradient[1].item()).toBe(1)
  })
})
