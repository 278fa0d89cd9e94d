import { contractivePenalty, higherOrderPenalty, type NormKind } from '@facet/regularizers'
import { add, expandDims, reshape, type Tensor } from '@facet/tensor'
import type { Rebuilt } from './rebuild.ts'

type NoisePenalty = (net: Rebuilt) => Tensor

/** `mean ‖A^E(x)‖`, squared or not. */
const first =
  (norm: NormKind): NoisePenalty =>
  ({ model, x }) =>
    contractivePenalty(model.encoder.jacobian(x), norm)

/** `mean ‖A^E(x) − A^E(x + noise)‖` over the file's own K corrupted samples, squared or not. */
const second =
  (norm: NormKind): NoisePenalty =>
  ({ model, x, noise }) => {
    const [samples, copies, d] = noise.shape
    const corrupted = reshape(add(expandDims(x, 1), noise), [samples * copies, d])
    const jacobians = reshape(model.encoder.jacobian(corrupted), [samples, copies, model.bottleneck, d])
    return higherOrderPenalty(model.encoder.jacobian(x), jacobians, norm)
  }

/** The two parts of the higher-order contractive penalty, by their golden names. */
export const noisePenalties: Readonly<Partial<Record<string, NoisePenalty>>> = {
  HOC_first_sq: first('squared'),
  HOC_first_norm: first('plain'),
  HOC_second_sq: second('squared'),
  HOC_second_norm: second('plain'),
}
