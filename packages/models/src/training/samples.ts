import { Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Autoencoder } from '../autoencoder.ts'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'

/** Samples x `[n, d]`, and with `y` what a network is to make of them: a row for each. */
export interface Samples {
  readonly x: Tensor
  readonly y?: Tensor | undefined
}

/** What samples of a model may be given as: an autoencoder's are their own targets. */
export type SamplesOf<M extends Model> = M extends Network ? Tensor | Samples : Tensor

/** The training set, alone or with a validation set: tensors `[n, d]`, for a network also `{ x, y }`. */
export type TrainingData<M extends Model = Autoencoder> =
  | SamplesOf<M>
  | { readonly train: SamplesOf<M>; readonly validation?: SamplesOf<M> | undefined }

/** Both sets as samples. */
export interface SampleSets {
  readonly train: Samples
  readonly validation: Samples | undefined
}

/**
 * @param option the validation set among the options
 * @throws TypeError for data of another form than the model takes, and for two validation sets.
 */
export function sampleSets(model: Model, data: TrainingData<Model>, option: unknown): SampleSets {
  const { train, validation = option } = partsOf(model, data)
  if (option !== undefined && validation !== option) {
    throw new TypeError('fit: expected one validation set, got one with the data and another in the options')
  }
  return {
    train: samplesOf(model, 'training data', train),
    validation: validation === undefined ? undefined : samplesOf(model, 'validation data', validation),
  }
}

const isWith = (name: string, data: unknown): data is object =>
  typeof data === 'object' && data !== null && name in data

function partsOf(
  model: Model,
  data: TrainingData<Model>,
): { readonly train: unknown; readonly validation?: unknown } {
  if (data instanceof Tensor) return { train: data }
  if (isWith('train', data)) return data as { train: unknown }
  if (isWith('x', data) && !isWith('validation', data)) return { train: data }
  const forms = model instanceof Network ? 'a tensor [n, d], { x, y }' : 'a tensor [n, d]'
  throw new TypeError(`fit: expected ${forms} or { train, validation }, got ${describe(data)}`)
}

/** What is no tensor is left to the check of samples, which says what was expected. */
function samplesOf(model: Model, what: string, given: unknown): Samples {
  if (given instanceof Tensor || !isWith('x', given)) return { x: given as Tensor }
  if (model instanceof Network) return given as Samples
  throw new TypeError(
    `fit: an autoencoder's samples are its targets: expected ${what} as a tensor [n, ${model.input}], got ${describe(given)}`,
  )
}
