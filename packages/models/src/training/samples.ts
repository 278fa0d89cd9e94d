import { Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/**
 * Samples x `[n, d]` with targets y, a row for each: what a network is to make of them, or what an autoencoder's samples are to become, `[n, d]`:
 * (noisy, clean) pairs.
 */
export interface Samples {
  readonly x: Tensor
  readonly y?: Tensor | undefined
}

/** Samples as they may be given: those of an autoencoder alone, a tensor `[n, d]`, are their own targets. */
export type GivenSamples = Tensor | Samples

/** The training set, alone or with a validation set. */
export type TrainingData =
  | GivenSamples
  | { readonly train: GivenSamples; readonly validation?: GivenSamples | undefined }

/** Both sets as samples. */
export interface SampleSets {
  readonly train: Samples
  readonly validation: Samples | undefined
}

/**
 * @param option the validation set among the options
 * @throws TypeError for data of another form, and for two validation sets.
 */
export function sampleSets(data: TrainingData, option: unknown): SampleSets {
  const { train, validation = option } = partsOf(data)
  if (option !== undefined && validation !== option) {
    throw new TypeError('fit: expected one validation set, got one with the data and another in the options')
  }
  return {
    train: samplesOf(train),
    validation: validation === undefined ? undefined : samplesOf(validation),
  }
}

const isWith = (name: string, data: unknown): data is object =>
  typeof data === 'object' && data !== null && name in data

function partsOf(data: TrainingData): { readonly train: unknown; readonly validation?: unknown } {
  if (data instanceof Tensor) return { train: data }
  if (isWith('train', data)) return data as { train: unknown }
  if (isWith('x', data) && !isWith('validation', data)) return { train: data }
  throw new TypeError(
    `fit: expected a tensor [n, d], { x, y } or { train, validation }, got ${describe(data)}`,
  )
}

/** What is no tensor is left to the check of samples, which says what was expected. */
export const samplesOf = (given: unknown): Samples =>
  given instanceof Tensor || !isWith('x', given) ? { x: given as Tensor } : (given as Samples)
