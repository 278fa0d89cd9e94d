import {
  add,
  affine,
  init,
  matmul,
  mul,
  reluActivation,
  reshape,
  type Shape,
  square,
  sum,
  Tensor,
  tanh,
  transpose,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { expectClose, wave } from '../testing/close.ts'
import { contributionsOf, isFactored, total } from '../testing/contributions-of.ts'

beforeAll(() => init())

const layers: [string, Shape, (w: Tensor) => Tensor][] = [
  ['matmul(x, w)', [3, 4], (w) => matmul(wave([2, 3]), w)],
  ['matmul(x, wᵀ)', [4, 3], (w) => matmul(wave([2, 3]), w, { transposeB: true })],
  ['matmul of a batch of matrices', [3, 4], (w) => matmul(wave([5, 2, 3]), w)],
  ['matmul of an empty batch', [3, 4], (w) => matmul(wave([0, 3]), w)],
  ['affine', [4, 3], (w) => affine(wave([2, 3]), w, wave([4]), reluActivation).output],
  ['affine on one vector', [4, 3], (w) => affine(wave([3]), w, null, reluActivation).output],
  ['affine on a batch of batches', [4, 3], (w) => affine(wave([5, 2, 3]), w, null, reluActivation).output],
  [
    'reshapes before it',
    [2, 2, 3],
    (w) => matmul(wave([2, 3]), reshape(reshape(w, [12]), [4, 3]), { transposeB: true }),
  ],
]

describe('factored weight gradients', () => {
  it.each(layers)('leaves the weight gradient of %s as its factors', (_name, shape, f) => {
    const contributions = contributionsOf((w) => total(f(w)), wave(shape, 2))
    expect(contributions).toHaveLength(1)
    const [c] = contributions
    expect(c instanceof Tensor ? 'a product' : c.shape).toEqual(shape)
  })

  it.each([
    ['a aᵀ', { transposeB: true }, [4, 3], true],
    ['aᵀ a', { transposeA: true }, [4, 3], false],
    ['a aᵀ of a batch', { transposeB: true }, [2, 4, 3], false],
    ['aᵀ a of a batch', { transposeA: true }, [2, 4, 3], false],
  ] as const)(
    'has one term for both sides of %s, the gradients of which are one product',
    (_, options, shape, factored) => {
      const pattern = (y: Tensor) => sum(mul(y, wave([...y.shape], 3)))
      const contributions = contributionsOf((w) => pattern(matmul(w, w, options)), wave(shape, 2))
      expect(contributions.map(isFactored)).toEqual([factored])
      checkGradients((w: Tensor) => pattern(matmul(w, w, options)), wave(shape, 2))
      // Again, and where the two sides are not one variable though they hold the same numbers.
      checkGradients(
        grad((w: Tensor) => pattern(square(matmul(w, w, options)))),
        wave(shape, 2),
      )
      const w = wave(shape, 2)
      const [left, right] = grad(([a, b]: readonly Tensor[]) => pattern(matmul(a, b, options)))([w, w])
      const both = grad((a: Tensor) => pattern(matmul(a, a, options)))(w)
      expectClose(add(left, right), both)
      const half = grad((a: Tensor) => pattern(matmul(a, w, options)))(w)
      expectClose(half, left)
    },
  )

  it('keeps the two terms of a a, and of aᵀ aᵀ', () => {
    for (const both of [false, true]) {
      const options = { transposeA: both, transposeB: both }
      const terms = contributionsOf((w) => total(matmul(w, w, options)), wave([3, 3], 2))
      expect(terms).toHaveLength(2)
    }
  })

  it('keeps one term for each use of a parameter', () => {
    const contributions = contributionsOf(
      (w) => {
        const hidden = tanh(matmul(wave([2, 3]), w, { transposeB: true }))
        return add(total(matmul(hidden, w)), sum(w))
      },
      wave([4, 3], 2),
    )
    expect(contributions.map(isFactored).toSorted()).toEqual([false, true, true])
  })

  it('multiplies out what is no parameter, a transposed left operand and batched right operands', () => {
    const computed = contributionsOf((w) => total(matmul(wave([2, 3]), mul(w, 2))), wave([3, 4]))
    const transposed = contributionsOf(
      (w) => total(matmul(wave([3, 2]), w, { transposeA: true })),
      wave([3, 4]),
    )
    const turned = contributionsOf((w) => total(matmul(wave([2, 3]), transpose(w))), wave([4, 3]))
    const batched = contributionsOf((w) => total(matmul(wave([5, 2, 3]), w)), wave([5, 3, 4]))
    expect([computed, transposed, turned, batched].flat().map(isFactored)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
