import { add, type Contribution, matmul, reshape, type Shape, Tensor, zerosLike } from '@facet/tensor'
import { sameShape } from '@facet/tensor/dispatch'
import { distinctFrom } from './distinct-tensors.ts'

/** `x` in this shape: itself where it has it, of which `reshape` would make a view. */
export const inShape = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : reshape(x, shape)

/** A factored product multiplied out; a tensor is itself. */
const evaluate = (c: Contribution): Tensor =>
  c instanceof Tensor ? c : inShape(matmul(c.left, c.right, { transposeA: true }), c.shape)

/**
 * The gradient that contributions add up to, at least one of them; factored products are multiplied out.
 *
 * @returns a tensor of the parameter's shape
 * @example
 * const x = tensor([[1, 2]])
 * const { contributions } = valueAndContributions(([w]) => sum(matmul(x, w)))([ones([2, 3])])
 * sumOfContributions(contributions[0]).toArray()   // [[1, 1, 1], [2, 2, 2]]
 */
export function sumOfContributions(contributions: readonly Contribution[]): Tensor {
  let total = evaluate(contributions[0])
  for (let i = 1; i < contributions.length; i++) total = add(total, evaluate(contributions[i]))
  return total
}

/** The same numbers in another shape; factors stay factors. */
export const reshapeContribution = (c: Contribution, shape: Shape): Contribution =>
  c instanceof Tensor ? inShape(c, shape) : { left: c.left, right: c.right, shape }

/**
 * The gradient in each input: the sum of its contributions, zeros where it has none. All are different tensors, and none is one of `taken`,
 * so that each may be disposed on its own.
 */
export function gradients(
  inputs: readonly Tensor[],
  contributions: readonly (readonly Contribution[])[],
  taken: readonly Tensor[],
): Tensor[] {
  const distinct = distinctFrom(taken)
  return inputs.map((input, i) =>
    distinct(contributions[i].length === 0 ? zerosLike(input) : sumOfContributions(contributions[i])),
  )
}
