import { cast, type Tensor, tensor } from '@facet/tensor'

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
  const values = 'shape' in matrices ? cast(matrices, dtype) : tensor(matrices, { dtype })
  const { shape } = values
  if (shape.length === 3 && shape[0] >= 1 && shape[1] === dimension && shape[2] === dimension) return values
  throw new RangeError(
    `${operation}: expected matrices [count, ${dimension}, ${dimension}] for data of dimension ${dimension}, ` +
      `got [${shape.join(', ')}]`,
  )
}
