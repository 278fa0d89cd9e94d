import { normaliserKinds } from '@facet/data'
import { activationNames } from '@facet/tensor'
import * as z from 'zod'
import { fieldsOf, nonNegativeNumber, oneOf, positiveNumber, text, wholeNumber } from '../fields/fields.ts'
import { isGeneratorsName, objectiveNames } from './objectives.ts'

export const widths = z.array(wholeNumber(1), 'expected a list of widths')

/** Of the rows: at least 0, below 1. */
export const share = z
  .number('expected a number of at least 0 and below 1')
  .min(0, 'expected a number of at least 0 and below 1')
  .lt(1, 'expected a number of at least 0 and below 1')

/** A family of generators. */
export const generatorsName = z
  .string()
  .refine(isGeneratorsName, 'expected full, skewSymmetric or lowRank:r such as lowRank:4')

const objectiveSetting = fieldsOf({
  name: oneOf(objectiveNames),
  weight: nonNegativeNumber.optional(),
  sigma: nonNegativeNumber.optional(),
  kept: wholeNumber(1).optional(),
  generators: generatorsName.optional(),
})

/** How a file of samples is read; `null` is the format's own default. */
const dataSettings = fieldsOf({
  path: text('a path'),
  format: text('a format').nullable(),
  labels: z.union([z.string(), z.int()]).nullable(),
  array: text('the name of an array').nullable(),
  sample: wholeNumber(1).nullable(),
})

/** Everything that a model's numbers depend on, beside the content of the data file. */
export const trainSettingsSchema = fieldsOf({
  data: dataSettings,
  normalise: oneOf(normaliserKinds),
  validation: share,
  bottleneck: wholeNumber(1),
  hidden: widths,
  decoderHidden: widths,
  bottleneckActivation: oneOf(activationNames),
  objectives: z.array(objectiveSetting).min(1),
  epochs: wholeNumber(1),
  /** Epochs without a lower validation error after which training ends; `null` to go on. */
  patience: wholeNumber(1).nullable().default(null),
  batchSize: wholeNumber(1),
  learningRate: positiveNumber,
  seed: wholeNumber(0),
})

export type TrainSettings = Readonly<z.output<typeof trainSettingsSchema>>
export type DataSettings = Readonly<z.output<typeof dataSettings>>
