import {
  type Amount,
  type Autoencoder,
  amountAt,
  amountSetting,
  type LossStep,
  type Objective,
  type ObjectiveRun,
} from '@facet/models'
import { mean, mul, square, stopGradient, sub, type Tensor } from '@facet/tensor'

/** How samples are changed, for one model and its training data. */
export interface Transformer {
  /** Changed samples [N, d] for those of a batch x [N, d]. */
  transform(x: Tensor, at: LossStep): Tensor
  diagnostics?(): Record<string, number | number[]>
}

/** What sets one objective that reconstructs changed samples from another. */
export interface Transformation<T extends Transformer> {
  readonly name: string
  /** λ. */
  readonly weight: Amount
  /** Everything else that tells it from others of its name. */
  readonly settings: NonNullable<Objective['settings']>
  /** The name that the mean squared error is reported under. */
  readonly reported: string
  start(model: Autoencoder, data: Tensor): T
}

/** An objective at work, and what it changes samples by. */
export interface TransformedReconstructionRun<T extends Transformer> extends ObjectiveRun {
  readonly transformer: T
}

/**
 * `λ · MSE(x', D(E(x')))` with x' the changed samples of the batch, made anew every step. They are data: what makes them is held,
 * so that the backward pass ends at the encoder's first layer.
 */
export function transformedReconstruction<T extends Transformer>({
  name,
  weight,
  settings,
  reported,
  start,
}: Transformation<T>): Objective<TransformedReconstructionRun<T>> {
  return {
    name,
    trains: 'autoencoder',
    settings: { weight: amountSetting(weight), ...settings },
    start(model, data) {
      const transformer = start(model, data)
      return {
        transformer,
        parameters: [],
        loss({ x }, at) {
          const changed = transformer.transform(stopGradient(x), at)
          const mse = mean(square(sub(model.reconstruct(changed), changed)))
          return { loss: mul(mse, amountAt(weight, at)), values: { [reported]: mse } }
        },
        diagnostics: () => transformer.diagnostics?.() ?? {},
      }
    },
  }
}
