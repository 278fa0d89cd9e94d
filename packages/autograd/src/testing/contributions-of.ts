import { type Contribution, square, sum, Tensor } from '@facet/tensor'
import { expect } from 'vitest'
import { sumOfContributions } from '../contribution.ts'
import { grad } from '../grad.ts'
import { valueAndContributions } from '../value-and-contributions.ts'
import { expectClose } from './close.ts'

export type Loss = (p: readonly Tensor[]) => Tensor

export const isFactored = (c: Contribution): boolean => !(c instanceof Tensor)

/** The sum of squares. */
export const total = (y: Tensor): Tensor => sum(square(y))

/** What arrives at the only parameter; summed up it must be the gradient. */
export function contributionsOf(f: (w: Tensor) => Tensor, w: Tensor): readonly Contribution[] {
  const loss: Loss = ([v]) => f(v)
  const { value, contributions } = valueAndContributions(loss)([w])
  expect(value.item()).toBeCloseTo(f(w).item(), 12)
  expectClose(sumOfContributions(contributions[0]), grad(loss)([w])[0])
  return contributions[0]
}
