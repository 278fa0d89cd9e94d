import { type Autoencoder, type AutoencoderCode, networksOf } from '@facet/models'
import {
  cast,
  eigh,
  expandDims,
  flip,
  logicalAnd,
  matmul,
  maximum,
  mul,
  scope,
  sqrt,
  squeeze,
  type Tensor,
  where,
} from '@facet/tensor'
import { areFinite, scaled } from '../numbers/scaled.ts'

/**
 * The h largest singular values of the Jacobian `A^D_ω A^E_ω` (Eq. 7) of every region, largest first; the others are 0,
 * since its rank is at most the bottleneck h. The first is how much the model stretches a small change at most. In
 * float64, from the h × h Gram matrices of encoder and decoder, so that the d × d matrix is never built.
 *
 * @param code the regions of N samples
 * @returns float64 [N, h]; NaN where a Jacobian of encoder or decoder is not finite.
 * @throws Error for codes of another model.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * import { jacobianSingularValues } from '@facet/geometry'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * jacobianSingularValues(model, model.regionCode(key(0).normal([5, 8]))).shape // [5, 2]
 */
export function jacobianSingularValues(model: Autoencoder, code: AutoencoderCode): Tensor {
  const networks = networksOf(model)
  return scope(() => {
    const of = (jacobian: Tensor) => scaled(cast(jacobian, 'float64'), [1, 2])
    const { value: encoder, scale } = of(networks[0].jacobian(code.encoder)) // [N, h, d]
    const { value: decoder, scale: further } = of(networks[1].tangents(code.decoder)) // [N, h, d], transposed
    const finite = expandDims(logicalAnd(areFinite(encoder), areFinite(decoder)), 1)
    const { values: lengths, vectors } = eigh(matmul(encoder, encoder, { transposeB: true }))
    // A^E A^Eᵀ = R Rᵀ, so that A^D A^E has the singular values of A^D R.
    const root = mul(vectors, expandDims(sqrt(maximum(lengths, 0)), 1))
    const gram = matmul(decoder, decoder, { transposeB: true })
    const squares = eigh(matmul(matmul(root, gram, { transposeA: true }), root)).values
    const values = mul(mul(sqrt(maximum(squares, 0)), squeeze(scale, 1)), squeeze(further, 1))
    return where(finite, flip(values, 1), Number.NaN)
  })
}
