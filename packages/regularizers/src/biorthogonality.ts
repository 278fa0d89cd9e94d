import {
  amountAt,
  amountSetting,
  type JacobianFactors,
  type Objective,
  type TangentFactors,
  withoutGradient,
} from '@facet/models'
import { add, eye, matmul, mean, mul, square, sub, sum, type Tensor } from '@facet/tensor'
import { type OptionsOf, optionTable } from '@facet/tensor/checks'
import { weightRow } from './options.ts'
import { jacobiansOf, tangentsOf, timesShared } from './shared-factors.ts'

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
  return gapPenalty(matmul(jacobian, tangents, { transposeB: true }))
}

/** `mean_n ‖P_n − I‖²_F` of products P [N, h, h]. */
function gapPenalty(product: Tensor): Tensor {
  const gap = sub(product, eye(product.shape[2], product.dtype))
  return mean(sum(square(gap), [1, 2]))
}

/** A^E A^D [N, h, h] of maps in factors: through the product of the weights they share where that takes fewer multiply-adds. */
export function productOfMaps(encoder: JacobianFactors, decoder: TangentFactors): Tensor {
  const { rows, readin, skip } = encoder
  const { readout } = decoder
  if (readin === null || readout === null || !sharedIsCheaper(rows.shape, readin.shape, readout.shape)) {
    return matmul(jacobiansOf(encoder), tangentsOf(decoder), { transposeB: true })
  }
  const pulled = timesShared(rows, matmul(readin, readout))
  const image = skip === null ? pulled : add(pulled, matmul(skip, readout))
  return matmul(image, decoder.rows, { transposeB: true })
}

/**
 * Whether the `w v d + R w v + R h v + h v d` multiply-adds (the last for a skip) through the product of both weights are fewer than
 * the `R w d + R v d + R h d` of maps multiplied out, R = N h.
 */
function sharedIsCheaper(
  [count, h, w]: readonly number[],
  [, d]: readonly number[],
  [, v]: readonly number[],
): boolean {
  const R = count * h
  return w * v * d + R * w * v + R * h * v + h * v * d < R * d * (w + v + h)
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
    trains: 'autoencoder',
    settings: { weight: amountSetting(weight) },
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const { encoder, decoder } = model
        const code = withoutGradient(model.parameters, () => model.regionCode(x))
        const [inward, outward] = [
          encoder.jacobianFactors(code.encoder),
          decoder.tangentFactors(code.decoder),
        ]
        const value = gapPenalty(productOfMaps(inward, outward))
        return { loss: mul(value, amountAt(weight, at)), values: { biorthogonality: value } }
      },
      diagnostics: () => ({}),
    }),
  }
}
