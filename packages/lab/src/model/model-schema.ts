import * as z from 'zod'
import { fieldsOf, nonNegativeNumber, text, wholeNumber } from '../fields/fields.ts'
import { trainSettingsSchema } from './settings.ts'

/** Says of a `model.json` what it is, and raised when an older reader could no longer read it. */
export const modelFormat = { format: 'facet.model', version: 1 } as const

const numbers = z.array(z.number())

const normaliser = z.discriminatedUnion('kind', [
  fieldsOf({ kind: z.literal('none') }),
  fieldsOf({ kind: z.literal('series') }),
  fieldsOf({ kind: z.literal('columns'), means: numbers, deviations: numbers }),
  fieldsOf({ kind: z.literal('range'), low: z.number(), high: z.number() }),
])

const partErrors = { train: nonNegativeNumber, validation: nonNegativeNumber.nullable() }

/** What became of the training. Errors are mean squared errors in the model's units. */
const result = fieldsOf({
  epochs: wholeNumber(1),
  /** From 1; `null` where nothing was held out. The weights are those of this epoch, or else of the last. */
  bestEpoch: wholeNumber(1).nullable(),
  errors: fieldsOf(partErrors),
  meanPredictor: fieldsOf(partErrors),
  pca: fieldsOf({ components: wholeNumber(0), rows: wholeNumber(1), ...partErrors }),
  /** Regions that the training rows lie in. */
  regions: fieldsOf({ encoder: wholeNumber(1), decoder: wholeNumber(1), joint: wholeNumber(1) }),
  /** All settings of the objectives, their own defaults included. */
  objectives: z.array(fieldsOf({ name: z.string(), settings: z.record(z.string(), z.unknown()) })),
  diagnostics: z.record(z.string(), z.record(z.string(), z.unknown())),
})

const image = fieldsOf({ height: wholeNumber(1), width: wholeNumber(1), channels: wholeNumber(1) })

/** The data that a model was trained on. */
const trainedOn = fieldsOf({
  name: z.string(),
  columns: wholeNumber(1),
  columnNames: z.array(z.string()).nullable(),
  classes: z.array(z.string()).nullable(),
  image: image.nullable(),
  rowsInFile: wholeNumber(1),
  rows: wholeNumber(1),
  trainRows: wholeNumber(1),
  validationRows: wholeNumber(0),
  sha256: text('a checksum'),
})

/** `model.json`: everything about a model but its numbers. */
export const modelSchema = fieldsOf({
  format: z.literal(modelFormat.format),
  version: z.literal(modelFormat.version),
  /** Version of Facet that wrote it. */
  facet: text('a version'),
  settings: trainSettingsSchema,
  data: trainedOn,
  normaliser,
  result,
  /** Size and checksum of the other files, by name. */
  files: z.record(z.string(), fieldsOf({ bytes: wholeNumber(0), sha256: text('a checksum') })),
})

export type ModelConfig = Readonly<z.output<typeof modelSchema>>

/** `training.json`: a training that is not finished. */
export const trainingSchema = fieldsOf({
  format: z.literal('facet.training'),
  version: z.literal(1),
  facet: text('a version'),
  settings: trainSettingsSchema,
  sha256: text('a checksum'),
})

export type UnfinishedTraining = Readonly<z.output<typeof trainingSchema>>
