import {
  affine,
  init,
  mul,
  reluActivation,
  scope,
  sum,
  type Tensor,
  updateInPlace,
  zerosLike,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { grad } from './grad.ts'
import { expectClose, f64, wave } from './testing/close.ts'
import { type Loss, total } from './testing/contributions-of.ts'
import { valueAndContributions } from './value-and-contributions.ts'

beforeAll(() => init())

describe('valueAndContributions', () => {
  it('has no terms for a parameter that the loss does not depend on', () => {
    const { contributions } = valueAndContributions(([a]) => sum(a))([wave([2]), wave([3])])
    expect(contributions.map((list) => list.length)).toEqual([1, 0])
  })

  it('brings readable extra results out', () => {
    const { value, aux } = valueAndContributions(([a]) => [sum(a), { twice: mul(a, 2) }] as const, {
      aux: true,
    })([f64([1, 2])])
    expect(value.item()).toBe(3)
    expect(aux.twice.toArray()).toEqual([2, 4])
  })

  it('moves a parameter as the multiplied-out gradient does', () => {
    const loss: Loss = ([w]) => total(affine(wave([2, 3]), w, null, reluActivation).output)
    const [factored, dense] = [wave([4, 3], 2), wave([4, 3], 2)]
    const params = { learningRate: 0.1, momentum: 0, weightDecay: 0 }
    scope(() => {
      const { contributions } = valueAndContributions(loss)([factored])
      updateInPlace('sgd', { parameter: factored, velocity: zerosLike(factored) }, contributions[0], params)
      updateInPlace('sgd', { parameter: dense, velocity: zerosLike(dense) }, grad(loss)([dense]), params)
    })
    expectClose(factored, dense)
    expect(factored.dataSync()).not.toEqual(wave([4, 3], 2).dataSync())
  })

  it('refuses a loss that is no scalar', () => {
    expect(() => valueAndContributions(([a]) => a)([wave([2])])).toThrow(
      'valueAndContributions: expected f(p) to be a floating scalar, got float64 [2]',
    )
  })

  it('refuses an option that it does not know', () => {
    expect(() =>
      valueAndContributions(((p: Tensor[]) => sum(p[0])) as never, { auxx: true } as never),
    ).toThrow("valueAndContributions: unknown option 'auxx'; did you mean 'aux'? Known: aux")
  })
})
