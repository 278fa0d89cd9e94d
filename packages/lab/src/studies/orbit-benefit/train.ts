import { type Autoencoder, adam, cosineDecay, type FitOptions, fit, type History } from '@facet/models'
import type { Parts } from './data.ts'
import { benefitNet, epochsOf } from './net.ts'
import type { OrbitBenefitSettings } from './settings.ts'

type Training = Pick<
  OrbitBenefitSettings,
  'net' | 'hidden' | 'bottleneck' | 'steps' | 'batchSize' | 'learningRate'
>

/**
 * A network trained by the protocol of the study (docs/mathematics.md 7.3), with the weights of its best validation epoch.
 *
 * @param seed of first weights, order of batches and what the objective draws
 */
export async function trainedNet(
  settings: Training,
  { train, validation }: Pick<Parts, 'train' | 'validation'>,
  seed: string,
  options: Pick<FitOptions, 'objective' | 'onStep'>,
): Promise<{ readonly net: Autoencoder; readonly history: History }> {
  const net = benefitNet(settings, train, seed)
  const { batch, epochs } = epochsOf(settings, train.shape[0])
  const optimizer = adam({ learningRate: settings.learningRate, schedule: cosineDecay() })
  const history = await fit(
    net,
    { train, validation },
    { ...options, epochs, batchSize: batch, optimizer, seed },
  )
  return { net, history }
}
