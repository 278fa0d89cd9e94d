import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { tensor } from '@facet/tensor'
import { expectOneOf, expectOptions } from '@facet/tensor/checks'
import { type Dataset, type FloatDType, floatDTypes } from '../dataset.ts'
import { expectSample, type RowSample } from '../samples/row-choice.ts'
import type { ParsedSamples } from '../samples/samples.ts'

/** What {@link loadMnist} and {@link loadCifar10} may be told. */
export interface LoadImagesOptions {
  /** A random part of the training and of the test images. Default all. */
  readonly sample?: RowSample
  /** Default float32. */
  readonly dtype?: FloatDType
}

/** The options with their defaults. @throws for an unknown one */
export function imageOptions(
  operation: string,
  options: LoadImagesOptions,
): { readonly sample?: RowSample; readonly dtype: FloatDType } {
  expectOptions(operation, options, ['sample', 'dtype'])
  const { sample, dtype = 'float32' } = options
  expectSample(operation, sample)
  expectOneOf(operation, 'dtype', dtype, floatDTypes)
  return { sample, dtype }
}

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
