import { expandDims, mean, sub, type Tensor } from '@facet/tensor'
import { expectOneOf } from '@facet/tensor/checks'
import { type NormKind, normKinds, normTable } from './norms.ts'

/**
 * `mean_n ‖A_n‖²_F` of local maps (contractive autoencoder, docs/mathematics.md 4.2), or without the square.
 *
 * @param jacobian A^E [N, h, d]
 * @returns a scalar; a plain norm of 0 has gradient 0.
 * @throws RangeError for an unknown norm or another rank.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { contractivePenalty } from '@facet/regularizers'
 * await init()
 * contractivePenalty(tensor([[[3, 4]]])).item() // 25
 */
export function contractivePenalty(jacobian: Tensor, norm: NormKind = 'squared'): Tensor {
  expectOneOf('contractivePenalty', 'norm', norm, normKinds)
  if (jacobian.rank !== 3) {
    throw new RangeError(
      `contractivePenalty: expected a jacobian [N, h, d], got [${jacobian.shape.join(', ')}]`,
    )
  }
  return mean(normTable[norm](jacobian, [1, 2]))
}

/**
 * `mean_n mean_j ‖A_n − A_nj‖²_F` between the local maps of samples and of their K corrupted copies (higher-order
 * contractive autoencoder, docs/mathematics.md 4.2), or without the square.
 *
 * @param jacobian A^E(x) [N, h, d]
 * @param corrupted A^E(x + σ n) [N, K, h, d]
 * @returns a scalar; a copy in the same region adds 0 and has gradient 0.
 * @throws RangeError for an unknown norm or shapes that do not fit.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { higherOrderPenalty } from '@facet/regularizers'
 * await init()
 * higherOrderPenalty(tensor([[[3, 4]]]), tensor([[[[0, 0]], [[3, 4]]]])).item() // 12.5
 */
export function higherOrderPenalty(jacobian: Tensor, corrupted: Tensor, norm: NormKind = 'squared'): Tensor {
  expectOneOf('higherOrderPenalty', 'norm', norm, normKinds)
  const [count, rows, columns] = jacobian.shape
  const expected = [count, corrupted.shape[1], rows, columns]
  if (jacobian.rank !== 3 || corrupted.rank !== 4 || corrupted.shape.join() !== expected.join()) {
    throw new RangeError(
      `higherOrderPenalty: expected [N, h, d] and [N, K, h, d], ` +
        `got [${jacobian.shape.join(', ')}] and [${corrupted.shape.join(', ')}]`,
    )
  }
  return mean(normTable[norm](sub(expandDims(jacobian, 1), corrupted), [2, 3]))
}
