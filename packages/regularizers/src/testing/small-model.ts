import {
  type Autoencoder,
  type AutoencoderOptions,
  autoencoder,
  type Objective,
  type ObjectiveRun,
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

/** An objective at work on a model. */
export const startedOn = <R extends ObjectiveRun>(
  objective: Objective<R>,
  model: Autoencoder,
  x = smallData(),
): R => objective.start(model, x, key('prepare'))

/** What a started objective says of a batch. */
export const termOfRun = (run: ObjectiveRun, x = smallData(), seed = 0): ObjectiveTerm =>
  run.loss(
    { x, indices: Int32Array.from({ length: x.shape[0] }, (_, n) => n) },
    { key: key(seed), step: 0, epoch: 0 },
  )

/** What an objective says of a batch of a model that it has just started on. */
export const termOf = (objective: Objective, model: Autoencoder, x = smallData(), seed = 0): ObjectiveTerm =>
  termOfRun(startedOn(objective, model, x), x, seed)

/** The numbers of a term's values. */
export function numbersOf({ values }: ObjectiveTerm): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.item()]))
}
