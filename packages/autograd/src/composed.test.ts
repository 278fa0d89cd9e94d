import {
  einsum,
  init,
  logSoftmax,
  matmul,
  norm,
  pad,
  type Shape,
  sizeOf,
  softmax,
  square,
  standardDeviation,
  stridedSlice,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { grad } from './grad.ts'
import { hvp } from './hvp.ts'
import { jvp } from './jvp.ts'
import { vjp } from './vjp.ts'

beforeAll(() => init())

const at = (shape: Shape, seed: number): Tensor =>
  tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.cos(seed + 1.7 * i)),
    { shape },
  )

type Composed = (p: readonly Tensor[]) => readonly Tensor[]

const cases: [name: string, f: Composed, ...shapes: Shape[]][] = [
  ['softmax', ([x]) => [softmax(x, 1)], [2, 3]],
  ['softmax over all axes', ([x]) => [softmax(x, [0, 1])], [2, 2]],
  ['logSoftmax', ([x]) => [logSoftmax(x)], [2, 3]],
  ['norm', ([x]) => [norm(x, 1)], [2, 3]],
  ['standardDeviation', ([x]) => [standardDeviation(x, 0)], [3, 2]],
  ['a matrix times a vector', ([a, v]) => [matmul(a, v)], [2, 3], [3]],
  ['a vector times a matrix', ([v, a]) => [matmul(v, a, { transposeB: true })], [3], [2, 3]],
  ['a vector times a stack of matrices', ([v, a]) => [matmul(v, a)], [2], [2, 2, 3]],
  ['two vectors', ([v, w]) => [matmul(v, w)], [3], [3]],
  ['einsum with a diagonal', ([a, b]) => [einsum('ii,ij->ij', a, b)], [3, 3], [3, 2]],
  ['einsum with ...', ([a, b]) => [einsum('...ij,jk->...ik', a, b)], [2, 1, 2, 2], [2, 3]],
  ['einsum that stretches', ([a, b]) => [einsum('ij,ij->i', a, b)], [1, 3], [2, 3]],
  [
    'pad by reflection',
    ([x]) => [
      pad(
        square(x),
        [
          [2, 0],
          [1, 2],
        ],
        { mode: 'reflect' },
      ),
    ],
    [2, 3],
  ],
  ['pad by the edge', ([x]) => [pad(square(x), [[1, 2]], { mode: 'edge' })], [3]],
  ['pad by the other end', ([x]) => [pad(square(x), [[4, 4]], { mode: 'wrap' })], [3]],
  ['pad by the mirror image', ([x]) => [pad(square(x), [[2, 5]], { mode: 'symmetric' })], [3]],
  ['stridedSlice', ([x]) => [stridedSlice(square(x), [{ step: -2 }, 1, { start: 1 }])], [3, 2, 2]],
]

describe('functions made of ops agree with central differences', () => {
  it.each(cases)('%s, forward and reverse, once and again', (_, f, ...shapes) => {
    const p = shapes.map((shape, i) => at(shape, i))
    checkGradients(f, p)
    const cotangents = f(p).map((y) => at(y.shape, 5))
    checkGradients((q: readonly Tensor[]) => vjp(f, q).pullback(cotangents), p)
    checkGradients(
      (q: readonly Tensor[]) =>
        jvp(
          f,
          q,
          q.map((t) => at(t.shape, 7)),
        ).tangent,
      p,
    )
  })
})

describe('where all numbers are equal', () => {
  const zero = (): Tensor => tensor([0, 0, 0], { dtype: 'float64' })
  const fives = (): Tensor => tensor([5, 5, 5], { dtype: 'float64' })
  const direction = (): Tensor => tensor([1, -2, 3], { dtype: 'float64' })

  it.each<[string, (x: Tensor) => Tensor, () => Tensor]>([
    ['norm', (x) => norm(x), zero],
    ['standardDeviation', (x) => standardDeviation(x), fives],
  ])('the slope of %s is 0, in both modes and of the second order', (_, f, point) => {
    expect(grad(f)(point()).toArray()).toEqual([0, 0, 0])
    expect(Math.abs(jvp(f, point(), direction()).tangent.item())).toBe(0)
    expect(hvp(f, point(), direction()).toArray()).toEqual([0, 0, 0])
  })
})
