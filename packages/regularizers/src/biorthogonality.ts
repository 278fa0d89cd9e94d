import { amountAt, amountSetting, type Objective, withoutGradient } from '@facet/models'
import { eye, matmul, mean, mul, square, sub, sum, type Tensor } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { weightRow } from './options.ts'

const biorthogonalityOptions = optionTable('biorthogonality', {
  /** λ, a number or a schedule; default 0.01. */
  weight: weightRow,
})

/** The settings of {@link biorthogonality}. */
export type BiorthogonalityOptions = OptionsOf<typeof biorthogonalityOptions>

/**
 * `mean_n ‖A^E A^D − I‖²_F` of local maps (Prop. 1).
 * @param jacobian A^E [N, h, d]
 * @param tangents A^D transposed [N, h, d], as `decoder.tangents` gives it
 * @returns a scalar
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { biorthogonalityPenalty } from '@facet/regularizers'
 * await init()
 * biorthogonalityPenalty(tensor([[[1, 0]]]), tensor([[[3, 5]]])).item() // (3 − 1)² = 4
 */
export function biorthogonalityPenalty(jacobian: Tensor, tangents: Tensor): Tensor {
  const product = matmul(jacobian, tangents, { transposeB: true })
  const gap = sub(product, eye(product.shape[2], product.dtype))
  return mean(sum(square(gap), [1, 2]))
}

/**
 * The bi-orthogonality regularizer that Prop. 1 suggests: `mean_n ‖A^E A^D − I‖²_F`, encoder and decoder on the
 * regions of each sample and of its code. Add it to `reconstruction()`. Reports `biorthogonality`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a weight below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { biorthogonality } from '@facet/regularizers'
 * const objective = [reconstruction(), biorthogonality({ weight: 1 })] // for fit(model, data, { objective, … })
 */
export function biorthogonality(options: BiorthogonalityOptions = {}): Objective {
  const { weight } = biorthogonalityOptions.resolve(options)
  return {
    name: 'biorthogonality',
    settings: { weight: amountSetting(weight) },
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const { encoder, decoder } = model
        const code = withoutGradient(model.parameters, () => model.regionCode(x))
        const value = biorthogonalityPenalty(encoder.jacobian(code.encoder), decoder.tangents(code.decoder))
        return { loss: mul(value, amountAt(weight, at)), values: { biorthogonality: value } }
      },
      diagnostics: () => ({}),
    }),
  }
}
