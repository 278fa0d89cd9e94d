import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { tensor } from '@facet/tensor'
import {
  aFloatDType,
  type OptionsOf,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { type ParsedSamples, samplesRows } from '../samples/samples.ts'

/** Options of loaders of sets of images, which name themselves. */
export const imageOptions = optionTable('loadImages', {
  /** A random part of the training and of the test images. Default all. */
  sample: samplesRows.sample,
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
  maxBytes: samplesRows.maxBytes,
})

/** What {@link loadMnist} and {@link loadCifar10} may be told. */
export type LoadImagesOptions = OptionsOf<typeof imageOptions>

export type ImageSettings = ResolvedOptionsOf<typeof imageOptions>

/** The first of the files, plain or `.gz`, that is in the folder; `null` if none is. */
export async function findFile(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names.flatMap((plain) => [plain, `${plain}.gz`])) {
    const path = join(folder, name)
    const there = await stat(path).then(
      () => true,
      () => false,
    )
    if (there) return path
  }
  return null
}

/** Two parts as a data set. @throws if their images differ in size */
export function imageSet(
  operation: string,
  name: string,
  train: ParsedSamples,
  test: ParsedSamples,
): Dataset {
  const sizeOf = ({ image, length }: ParsedSamples): string =>
    image === null ? `${length} numbers` : `${image.height} × ${image.width} × ${image.channels}`
  if (sizeOf(train) !== sizeOf(test)) {
    throw new Error(
      `${operation}: expected images of one size, got ${sizeOf(train)} for training and ${sizeOf(test)} for testing`,
    )
  }
  const samplesOf = ({ values, count, length }: ParsedSamples) => tensor(values, { shape: [count, length] })
  return {
    name,
    train: samplesOf(train),
    test: samplesOf(test),
    trainLabels: train.labels as Int32Array,
    testLabels: test.labels as Int32Array,
    ...(train.image && { image: train.image }),
  }
}
