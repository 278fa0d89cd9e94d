import type { Tensor } from '@facet/tensor'
import { Autoencoder, expectPlain } from './autoencoder.ts'
import { Network } from './network.ts'

/** What `fit` trains. */
export type Model = Autoencoder | Network

/** The networks of a model, in the order in which a sample goes through them. */
export const partsOf = (model: Model): readonly Network[] =>
  model instanceof Network ? [model] : [model.encoder, model.decoder]

/**
 * {@link partsOf} a model that does with them what an autoencoder does.
 * @throws TypeError for a class of one's own that computes something its own way.
 */
export function networksOf(model: Model): readonly Network[] {
  if (model instanceof Autoencoder) expectPlain('networksOf', model)
  return partsOf(model)
}

/** Dimensions of a sample. */
export const inputsOf = (model: Model): number => partsOf(model)[0].inputs

/** Dimensions of an output. */
export const outputsOf = (model: Model): number =>
  model instanceof Network ? model.outputs : model.decoder.outputs

/** What a model makes of samples [N, d]: a network's outputs, an autoencoder's reconstructions. */
export const outputOf = (model: Model, x: Tensor): Tensor =>
  model instanceof Network ? model.apply(x) : model.reconstruct(x)

/** @throws Error that names the model, where it was disposed: a replayed step would not ask it for anything. */
export function expectWeights(model: Model): void {
  if (model instanceof Network) void model.layers
  else void (model.encoder.layers && model.decoder.layers)
}

/** Whether a value is a model. */
export const isModel = (value: unknown): value is Model =>
  value instanceof Autoencoder || value instanceof Network
