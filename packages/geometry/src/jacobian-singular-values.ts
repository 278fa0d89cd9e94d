import type { Autoencoder, AutoencoderCode } from '@facet/models'
import { cast, eigh, expandDims, flip, matmul, maximum, mul, scope, sqrt, type Tensor } from '@facet/tensor'

/**
 * The h largest singular values of the Jacobian `A^D_ω A^E_ω` (Eq. 7) of every region, largest first; the others are 0,
 * since its rank is at most the bottleneck h. The first is how much the model stretches a small change at most. In
 * float64, from the h × h Gram matrices of encoder and decoder, so that the d × d matrix is never built.
 *
 * @param code the regions of N samples
 * @returns float64 [N, h]
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
  return scope(() => {
    const encoder = cast(model.encoder.jacobian(code.encoder), 'float64') // [N, h, d]
    const decoder = cast(model.decoder.tangents(code.decoder), 'float64') // [N, h, d], transposed
    const { values, vectors } = eigh(matmul(encoder, encoder, { transposeB: true }))
    // A^E A^Eᵀ = R Rᵀ, so that A^D A^E has the singular values of A^D R.
    const root = mul(vectors, expandDims(sqrt(maximum(values, 0)), 1))
    const gram = matmul(decoder, decoder, { transposeB: true })
    const squares = eigh(matmul(matmul(root, gram, { transposeA: true }), root)).values
    return flip(sqrt(maximum(squares, 0)), 1)
  })
}
