import {
  cast,
  init,
  matmul,
  mul,
  outer,
  reshape,
  rows,
  type Shape,
  square,
  sum,
  type Tensor,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad } from './grad.ts'
import { hvp } from './hvp.ts'
import { jacobian } from './jacobian.ts'
import { expectClose, f64, wave } from './testing/close.ts'

beforeAll(() => init())

describe('jacobian', () => {
  it('of squares is diagonal', () => {
    expect(jacobian((x) => square(x))(f64([1, 2])).toArray()).toEqual([
      [2, 0],
      [0, 4],
    ])
  })

  it.each([
    ['narrow', 2, 5],
    ['wide', 5, 2],
  ])('of a %s linear map is its matrix', (_name, out, width) => {
    const a = wave([out, width])
    const column = (x: Tensor) => reshape(matmul(a, reshape(x, [width, 1])), [out])
    expectClose(jacobian(column)(wave([width])), a)
  })

  const shapes: [string, Shape, Shape, (x: Tensor) => Tensor][] = [
    ['a scalar of a matrix', [], [2, 3], (x) => sum(square(x))],
    ['a matrix of a scalar', [2, 3], [], (x) => mul(wave([2, 3]), x)],
    ['a matrix of a vector', [3, 3], [3], (x) => outer(x, x)],
    ['nothing of a vector', [0], [2], (x) => rows(x, 0, 0)],
    ['a vector of nothing', [2], [0, 3], (x) => mul(sum(x), f64([1, 2]))],
  ]
  it.each(shapes)('of %s has shape [...output, ...input]', (_name, output, input, f) => {
    expect(jacobian(f)(wave(input)).shape).toEqual([...output, ...input])
  })

  it('has the dtype of the input', () => {
    expect(jacobian((x) => mul(cast(x, 'float64'), f64([1, 2])))(zeros([1])).dtype).toBe('float32')
  })

  it('of a gradient is the Hessian, whose columns hvp gives', () => {
    const f = (x: Tensor) => sum(mul(square(x), sum(x)))
    const hessian = jacobian(grad(f))(wave([3]))
    expectClose(reshape(matmul(hessian, reshape(wave([3], 4), [3, 1])), [3]), hvp(f, wave([3]), wave([3], 4)))
    expectClose(jacobian(jacobian(f))(wave([3])), hessian)
  })
})
