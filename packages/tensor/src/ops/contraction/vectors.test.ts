import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'

beforeAll(() => ops.init())

const A = () =>
  ops.tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])

describe('matmul with vectors', () => {
  it('multiplies a matrix by a column', () => {
    expect(ops.matmul(A(), ops.tensor([1, 0, -1])).toArray()).toEqual([-2, -2])
    expect(ops.matmul(A(), ops.tensor([1, -1]), { transposeA: true }).toArray()).toEqual([-3, -3, -3])
  })

  it('multiplies a row by a matrix', () => {
    expect(ops.matmul(ops.tensor([1, -1]), A()).toArray()).toEqual([-3, -3, -3])
    expect(ops.matmul(ops.tensor([1, 0, -1]), A(), { transposeB: true }).toArray()).toEqual([-2, -2])
  })

  it('multiplies two vectors to a scalar', () => {
    const product = ops.matmul(ops.tensor([1, 2]), ops.tensor([3, 4]))
    expect(product.shape).toEqual([])
    expect(product.item()).toBe(11)
  })

  it('keeps the leading axes of a stack', () => {
    expect(ops.matmul(ops.ones([5, 4, 2, 3]), ops.ones([3])).shape).toEqual([5, 4, 2])
    expect(ops.matmul(ops.ones([2]), ops.ones([5, 4, 2, 3])).shape).toEqual([5, 4, 3])
  })

  it('of length 0 gives zeros', () => {
    expect(ops.matmul(ops.zeros([2, 0]), ops.zeros([0])).toArray()).toEqual([0, 0])
  })

  it('names the shapes that were given', () => {
    expect(() => ops.matmul(A(), ops.tensor([1, 2]))).toThrow('matmul: inner dimensions differ: [2, 3] · [2]')
    expect(() => ops.matmul(ops.tensor([1, 2, 3]), A())).toThrow(
      'matmul: inner dimensions differ: [3] · [2, 3]',
    )
    expect(() => ops.matmul(ops.tensor([1, 2]), A(), { transposeA: true })).toThrow(
      'matmul: a vector has no two axes to change places: [2] · [2, 3]',
    )
    expect(() => ops.matmul(ops.tensor(1), ops.tensor([1]))).toThrow(
      'matmul: expected matrices of rank ≥ 2, got []',
    )
  })
})
