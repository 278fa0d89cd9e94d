import { cast, Tensor, tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/** Square matrices [count, d, d], as a tensor or as nested numbers. */
export type Matrices = Tensor | readonly (readonly (readonly number[])[])[]

/**
 * The matrices in a model's dtype.
 * @throws RangeError unless they are [count, d, d].
 */
export function matricesOf(
  operation: string,
  matrices: Matrices,
  dimension: number,
  dtype: 'float32' | 'float64',
): Tensor {
  if (!(matrices instanceof Tensor) && !Array.isArray(matrices)) {
    throw new TypeError(`${operation}: expected matrices [count, d, d], got ${describe(matrices)}`)
  }
  const values = matrices instanceof Tensor ? cast(matrices, dtype) : tensor(matrices, { dtype })
  const { shape } = values
  if (shape.length === 3 && shape[0] >= 1 && shape[1] === dimension && shape[2] === dimension) return values
  throw new RangeError(
    `${operation}: expected matrices [count, ${dimension}, ${dimension}] for data of dimension ${dimension}, ` +
      `got [${shape.join(', ')}]`,
  )
}
