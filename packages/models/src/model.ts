import { Autoencoder } from './autoencoder.ts'
import { Network } from './network.ts'

/** What `fit` trains. */
export type Model = Autoencoder | Network

/** The networks of a model, in the order in which a sample goes through them. */
export const networksOf = (model: Model): readonly Network[] =>
  model instanceof Network ? [model] : [model.encoder, model.decoder]

/** Dimensions of a sample. */
export const inputsOf = (model: Model): number => networksOf(model)[0].inputs

/** Whether a value is a model. */
export const isModel = (value: unknown): value is Model =>
  value instanceof Autoencoder || value instanceof Network
