import { type Autoencoder, autoencoder } from '@facet/models'
import { scope } from '@facet/tensor'
import type { Recipe } from '../state/recipe.ts'
import type { DataFacts } from '../work/messages.ts'
import { asTensor } from './make-data.ts'

/** The autoencoder of a recipe before its first step. @throws Error for a bottleneck wider than the data */
export function makeModel({ model, seed }: Recipe, { train, width }: DataFacts): Autoencoder {
  const { encoder, decoder, bottleneck, activation, bottleneckActivation, skip, bias } = model
  return scope(() =>
    autoencoder({
      input: width,
      encoderHidden: encoder,
      bottleneck,
      decoderHidden: decoder,
      activation,
      bottleneckActivation: skip ? 'identity' : bottleneckActivation,
      bias,
      seed,
      ...(skip && { skip: 'pca', data: asTensor(train, width) }),
    }),
  )
}
