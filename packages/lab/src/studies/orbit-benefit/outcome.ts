import * as z from 'zod'
import { wholeNumber } from '../../fields/fields.ts'
import {
  aNumber,
  areImages,
  imageShape,
  samples,
  shownMatrix,
  shownRowNumbers,
  someNumbers,
} from '../../study/data.ts'
import { candidateValue } from '../../study/grid.ts'
import { protocol } from './settings.ts'
import { learnedOrder, learnedStencils } from './stencils.ts'

const probes = z.strictObject({
  /** Share of test samples whose class a linear classifier of the codes finds. */
  linearAccuracy: aNumber,
  /** Share of test samples whose class is that of the training sample of the nearest code. */
  nearestAccuracy: aNumber,
  /** Reconstruction error of the test part moved by small warps, one for each of the protocol's scales. */
  warpedErrors: someNumbers.length(
    protocol.warpScales.length,
    `expected ${protocol.warpScales.length} errors`,
  ),
})

/** What a trained autoencoder can do beside reconstructing. */
export type Probes = z.output<typeof probes>

export const benefitOutcome = z
  .strictObject({
    trainError: aNumber,
    validationError: aNumber,
    testError: aNumber,
    /** Counted from 0, of so many. */
    bestEpoch: wholeNumber(0),
    epochs: wholeNumber(0),
    /** Steps that were trained: those asked for, in whole epochs. */
    steps: wholeNumber(0),
    /** Probes of the models that have them. Lines of every release have this name for them. */
    abilities: probes.nullable(),
    /** Of six test samples, run 0 of the models that are shown. */
    reconstructions: samples.nullable(),
  })
  .refine(({ bestEpoch, epochs }) => bestEpoch < epochs, {
    path: ['bestEpoch'],
    message: 'expected one of the epochs, counted from 0',
  })

/** What one training gives, with the weights of its best validation epoch. Errors are mean squared errors over samples and dimensions. */
export type BenefitOutcome = z.output<typeof benefitOutcome>

/** Generators of a bank: ours have 16 to 66. */
const mostBank = 256

const showcase = z
  .strictObject({
    /** Test samples [6][d], and their rows in the test part. */
    originals: samples,
    originalRows: shownRowNumbers,
    /** Samples of the training part, and each moved by random group elements. */
    movedFrom: samples,
    moved: z.array(samples),
    /** Covariance of ε [B][B], in units of the prior scales. */
    covariance: shownMatrix(mostBank, mostBank),
    bank: z.string(),
    image: imageShape.nullable(),
  })
  .refine(
    ({ originals, originalRows, movedFrom, moved, image }) =>
      originals.length === originalRows.length &&
      movedFrom.length === moved.length &&
      moved.length > 0 &&
      areImages([...originals, ...movedFrom, ...moved.flat()], image),
    'expected samples of one shape, each with its row or its orbit',
  )

/** What figures of a set are drawn from; samples are rounded to what a picture shows. */
export type Showcase = z.output<typeof showcase>

export const benefitBaselines = z.strictObject({
  meanPredictor: aNumber,
  /** Of as many components as the bottleneck has units. */
  pca: aNumber,
  /** The same, fitted to the training part and samples on its orbits, for every scale that the orbit model has. */
  pcaOnOrbit: z.array(z.strictObject({ value: candidateValue, error: aNumber })),
  /** Share of the differences between neighbours that the generators explain. */
  explainedFraction: aNumber,
  /** Of run 0 alone. */
  showcase: showcase.nullable(),
  /** Of run 0 alone, where models with learned generators are trained. Lines of earlier releases have none. */
  learned: z.array(learnedStencils).nullable().default(null),
  /** Where a model learns the order of the coordinates. */
  order: learnedOrder.nullable().default(null),
})

/** Test errors of predictors that learn nothing deep, fitted to what the models of the run are trained on. */
export type BenefitBaselines = z.output<typeof benefitBaselines>
