import {
  type Autoencoder,
  type AutoencoderOptions,
  autoencoder,
  type Objective,
  type ObjectiveTerm,
} from '@facet/models'
import { key, type Tensor } from '@facet/tensor'

/** 3-5-2-6-3 in float64 with a linear bottleneck, unless told otherwise. */
export function smallModel(changes: Partial<AutoencoderOptions> = {}): Autoencoder {
  return autoencoder({
    input: 3,
    bottleneck: 2,
    encoderHidden: [5],
    decoderHidden: [6],
    bottleneckActivation: 'identity',
    dtype: 'float64',
    ...changes,
  })
}

/** Normal samples for it. */
export function smallData(count = 8): Tensor {
  return key('data').normal([count, 3], 'float64')
}

/** What an objective says of a batch, after it was prepared. */
export function termOf(objective: Objective, model: Autoencoder, x = smallData(), seed = 0): ObjectiveTerm {
  objective.prepare(model, x, key('prepare'))
  return objective.loss({ x, indices: Int32Array.from({ length: x.shape[0] }, (_, n) => n) }, key(seed))
}

/** The numbers of a term's values. */
export function numbersOf({ values }: ObjectiveTerm): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.item()]))
}
