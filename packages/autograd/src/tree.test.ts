import { init, mul, square, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients, grad, jacobian, jvp, type Tree, valueAndGrad, vjp } from './index.ts'
import { f64 } from './testing/close.ts'

beforeAll(() => init())

interface Layer {
  readonly weight: Tensor
  readonly bias?: Tensor
}

interface Parameters {
  readonly layers: readonly Layer[]
  readonly head: Layer
  readonly pair: readonly [Tensor, Tensor]
}

const parameters = (): Parameters => ({
  layers: [{ weight: f64([1, 2]), bias: f64([3, 4]) }],
  head: { weight: f64([5, 6]) },
  pair: [f64([1, 1]), f64([2, 2])],
})

const loss = ({ layers: [first], head, pair }: Parameters): Tensor =>
  sum(mul(mul(square(first.weight), first.bias!), mul(head.weight, pair[0])))

describe('a tree', () => {
  it('may be an interface, nested, with members left out', () => {
    const gradient: Parameters = grad(loss)(parameters())
    expect(gradient.layers[0].weight.toArray()).toEqual([30, 96])
    expect(gradient.pair[1].toArray()).toEqual([0, 0])
    expect(Object.keys(gradient.head)).toEqual(['weight'])
    expect(() => checkGradients(loss, parameters())).not.toThrow()
    expect(jvp(loss, parameters(), gradient).value.shape).toEqual([])
    const { value, pullback } = vjp((p: Parameters): Layer => p.head, parameters())
    expect(pullback(value).head.weight.toArray()).toEqual([5, 6])
  })

  it('may be of a type that says no more than that it is one', () => {
    const first = (tree: Tree): Tensor => sum((tree as readonly Tensor[])[0])
    expect((grad(first)([f64([2, 3])]) as Tensor[])[0].toArray()).toEqual([1, 1])
    const twice = <P extends Tree>(f: (p: P) => Tensor, p: P): P => grad(f)(p)
    expect(twice((x: Tensor) => sum(square(x)), f64([3])).toArray()).toEqual([6])
  })

  it('holds tensors and nothing else, which the compiler knows too', () => {
    const x = f64([1])
    // @ts-expect-error a number is no tensor
    const withNumber = grad((p: { x: Tensor; n: number }) => sum(p.x))
    expect(() => withNumber({ x, n: 1 } as never)).toThrow(
      'grad: expected a float32 or float64 tensor at p.n, got 1',
    )
    // @ts-expect-error nor is a function
    const withFunction = grad((p: { x: Tensor; f: () => void }) => sum(p.x))
    expect(() => withFunction({ x, f() {} } as never)).toThrow('at p.f, got the function f')
    class Model {
      readonly x = x
    }
    expect(() => grad((m: Model) => sum(m.x))(new Model())).toThrow('at p, got an object of class Model')
    // @ts-expect-error nor is null
    expect(() => grad((p: Tensor | null) => sum(p!))(null)).toThrow('at p, got null')
  })
})

describe('what is no function of a tree', () => {
  it('is refused by name: a value in place of the function', () => {
    expect(() => grad(tensor(1) as never)).toThrow('grad: expected a function, got Tensor([] float32)')
    expect(() => vjp(3 as never, tensor(1))).toThrow('vjp: expected a function, got 3')
    expect(() => jvp('f' as never, tensor(1), tensor(1))).toThrow("jvp: expected a function, got 'f'")
  })

  it('is refused by name: no pair where aux was promised', () => {
    const f = valueAndGrad(((x: Tensor) => sum(x)) as never, { aux: true }) as (x: Tensor) => unknown
    expect(() => f(tensor([1]))).toThrow(
      'valueAndGrad: with aux, expected f(p) to be [loss, aux], got Tensor([] float32)',
    )
  })

  it('is refused by name: more than one tensor in a Jacobian', () => {
    const x = tensor([1])
    expect(() => jacobian((t: Tensor) => t)({ x } as never)).toThrow(
      'jacobian: expected x to be a tensor, got an object with keys x',
    )
    expect(() => jacobian((t: Tensor) => [t, t] as never)(x)).toThrow(
      'jacobian: expected f(x) to be a tensor, got an array of 2',
    )
  })
})
