import type { ImageShape } from '@facet/data'
import type { EpochRecord } from '@facet/models'
import * as z from 'zod'
import { wholeNumber } from '../../fields/fields.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import {
  aNumber,
  areImages,
  imageShape,
  samples,
  setSizes,
  shownMatrix,
  shownRowNumbers,
  someNumbers,
} from '../../study/data.ts'
import type { GridOutcome } from '../../study/grid.ts'

/** ε of single pairs, for the heat-maps of Fig. 5. */
export interface ShownEpsilon {
  /** A row of h for each pair, at most 16: fewer where fewer have a neighbouring region. */
  readonly values: readonly (readonly number[])[]
  /** `‖G_k‖_F` of each generator. */
  readonly norms: readonly number[]
}

/** What a trained model shows of itself beside its errors, rounded to what a figure needs. */
export interface Showcase {
  /** Of the test samples that are shown, [6][d]. */
  readonly reconstructions: readonly (readonly number[])[]
  /** `null` for models without generators. */
  readonly epsilon: ShownEpsilon | null
}

/** What one training gives. */
export interface PaperOutcome extends GridOutcome {
  readonly epochs: readonly (EpochRecord & { readonly test: number })[]
  /** By objective; under `model` its live units, under `codes` where they lie (see {@link codeSpread}). */
  readonly diagnostics: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>
  readonly sizes: SetSizes
  /** Of run 0 alone: what figures of single samples and pairs are drawn from. */
  readonly showcase: Showcase | null
}

const epoch = z.strictObject({
  epoch: wholeNumber(0),
  train: z.record(z.string(), aNumber),
  validation: aNumber.optional(),
  test: aNumber,
})

/** As many as Fig. 5 shows. */
const mostPairs = 16
/** As many as the bottleneck has units: 10 by default. */
const mostGenerators = 10_000

export const epsilonOutcome = z
  .strictObject({ values: shownMatrix(mostPairs, mostGenerators), norms: someNumbers })
  .refine(
    ({ values, norms }) => values.every(({ length }) => length === norms.length),
    'expected a norm for every column of values',
  )

export const paperOutcome = z.strictObject({
  epochs: z
    .array(epoch)
    .refine((all) => all.every((one, i) => one.epoch === i), 'expected epochs counted from 0'),
  bestEpoch: wholeNumber(0),
  validationError: aNumber,
  testError: aNumber,
  diagnostics: z.record(z.string(), z.record(z.string(), z.union([aNumber, someNumbers]))),
  sizes: setSizes,
  showcase: z
    .strictObject({
      reconstructions: samples,
      epsilon: epsilonOutcome.nullable(),
    })
    .nullable(),
})

/** What is wrong with what is said of a training of so many epochs. */
export function paperMisfit(
  { epochs: trained }: { readonly epochs: number },
  { epochs, bestEpoch }: PaperOutcome,
): string | null {
  if (epochs.length !== trained) return `epochs: expected ${trained}, got ${epochs.length}`
  return bestEpoch < trained ? null : `bestEpoch: expected one of ${trained} from 0, got ${bestEpoch}`
}

/** Test errors of predictors that learn nothing deep, and the test samples that figures show. */
export interface PaperBaselines {
  /** Of the mean of the whole training part. */
  readonly meanPredictor: number
  /** Of linear PCA of the whole training part; of each k components, or as many as the training part has. */
  readonly pca1: number
  readonly pca3: number
  readonly pca10: number
  /** The test samples whose reconstructions are shown, [6][d], and their rows in the test part. */
  readonly originals: readonly (readonly number[])[]
  readonly originalRows: readonly number[]
  /** Where a sample is an image. */
  readonly image: ImageShape | null
}

export const paperBaselines = z
  .strictObject({
    meanPredictor: aNumber,
    pca1: aNumber,
    pca3: aNumber,
    pca10: aNumber,
    originals: samples,
    originalRows: shownRowNumbers,
    image: imageShape.nullable(),
  })
  .refine(({ originals, image }) => areImages(originals, image), {
    path: ['originals'],
    message: 'expected as many values as the image has',
  })
