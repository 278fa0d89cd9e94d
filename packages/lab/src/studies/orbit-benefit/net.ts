import { type Autoencoder, autoencoder } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import type { NetName, OrbitBenefitSettings } from './settings.ts'

/** The network of a run, d-w-w-h-w-w-d with a linear bottleneck: its first weights depend on the seed and the training part alone. */
export function benefitNet(
  { hidden: width, bottleneck, net }: Pick<OrbitBenefitSettings, 'hidden' | 'bottleneck'> & { net: NetName },
  train: Tensor,
  seed: string,
): Autoencoder {
  const hidden = [width, width]
  const common = {
    input: train.shape[1],
    bottleneck,
    encoderHidden: hidden,
    decoderHidden: hidden,
    bottleneckActivation: 'identity',
    seed,
  } as const
  return net === 'skip' ? autoencoder({ ...common, skip: 'pca', data: train }) : autoencoder(common)
}

/** Samples a step, and passes over the training part that come nearest to the steps asked for. */
export function epochsOf(
  { steps, batchSize }: Pick<OrbitBenefitSettings, 'steps' | 'batchSize'>,
  train: number,
) {
  const batch = Math.min(batchSize, train)
  const perEpoch = Math.ceil(train / batch)
  return { batch, perEpoch, epochs: Math.max(1, Math.round(steps / perEpoch)) }
}
