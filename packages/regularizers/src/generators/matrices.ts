import { cast, crc32, scope, Tensor, tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/** Square matrices [count, d, d], as a tensor or as nested numbers. */
export type Matrices = Tensor | readonly (readonly (readonly number[])[])[]

/**
 * The matrices in a model's dtype.
 * @param dimension d, where something else than the matrices says it
 * @throws RangeError unless they are [count, d, d].
 */
export function matricesOf(
  operation: string,
  matrices: Matrices,
  dimension: number | undefined,
  dtype: 'float32' | 'float64',
): Tensor {
  if (!(matrices instanceof Tensor) && !Array.isArray(matrices)) {
    throw new TypeError(`${operation}: expected matrices [count, d, d], got ${describe(matrices)}`)
  }
  const values = matrices instanceof Tensor ? cast(matrices, dtype) : tensor(matrices, { dtype })
  const { shape } = values
  const d = dimension ?? shape[1]
  if (shape.length === 3 && shape[0] >= 1 && shape[1] === d && shape[2] === d) return values
  const expected =
    dimension === undefined ? '[count, d, d]' : `[count, ${d}, ${d}] for data of dimension ${d}`
  throw new RangeError(`${operation}: expected matrices ${expected}, got [${shape.join(', ')}]`)
}

/** A text that matrices of other numbers do not have, for the settings by which runs are compared. */
export function checksumOf(operation: string, matrices: Matrices): string {
  const values = scope(() => matricesOf(operation, matrices, undefined, 'float64').dataSync())
  return crc32(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).toString(16)
}
