import type * as models from '@facet/models'
import type { Recipe } from '../state/recipe.ts'
import { type Call, callsOf, Named } from './calls.ts'

const call = callsOf<typeof models>('@facet/models')

/** What makes the autoencoder of a recipe before its first step, of samples of `width` numbers. */
export function modelCall({ model, seed }: Recipe, width: number): Call {
  const { encoder, decoder, bottleneck, activation, bottleneckActivation, skip, bias } = model
  return call('autoencoder', {
    input: width,
    encoderHidden: encoder,
    bottleneck,
    decoderHidden: decoder,
    activation,
    bottleneckActivation: skip ? 'identity' : bottleneckActivation,
    bias,
    seed,
    ...(skip && { skip: 'pca' as const, data: new Named('train') }),
  })
}

/** What makes the optimizer. */
export const optimizerCall = ({ training }: Recipe): Call => call('adam', { learningRate: training.rate })
