import * as z from 'zod'
import { fieldsOf, nonNegativeNumber, positiveNumber, text, wholeNumber } from '../fields/fields.ts'
import type { JsonFormat } from './files.ts'
import { trainSettingsSchema } from './settings.ts'

/**
 * Says of a `model.json` what it is, and raised when an older reader could no longer read it. 2: it begins with a checksum, and may
 * have `changes` and `endedAfterSteps`.
 */
export const modelFormat = { format: 'facet.model', version: 2, older: [1] } as const

/** The same of a `training.json`. 2: it begins with a checksum, and may have `changes` and `restart`. */
export const trainingFormat = { format: 'facet.training', version: 2, older: [1] } as const

const versionsOf = ({ version, older }: JsonFormat) => z.literal([...older, version])

/**
 * A learning rate that a training went on with: with new moments, after so many steps. With the settings all that its numbers
 * depend on.
 */
const change = fieldsOf({ afterSteps: wholeNumber(1), learningRate: positiveNumber })
const changes = z.array(change).optional()

export type Change = Readonly<z.output<typeof change>>

/** What JSON can say of an objective or a model in a line: `null` stands for NaN. */
const word = z.union([z.string(), z.number(), z.boolean(), z.null()])
const words = z.record(z.string(), z.union([word, z.array(word)]))

const numbers = z.array(z.number())

/** NaN and infinities as well. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number')

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
  objectives: z.array(fieldsOf({ name: z.string(), settings: words })),
  diagnostics: z.record(z.string(), words),
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
  version: versionsOf(modelFormat),
  /** Version of Facet that wrote it. */
  facet: text('a version'),
  settings: trainSettingsSchema,
  data: trainedOn,
  normaliser,
  /** Rates that it went on with; absent for none. */
  changes,
  /** Where somebody ended it, before its epochs were done. */
  endedAfterSteps: wholeNumber(1).optional(),
  result,
  /** Size and checksum of the other files, by name. */
  files: z.record(z.string(), fieldsOf({ bytes: wholeNumber(0), sha256: text('a checksum') })),
})

export type ModelConfig = Readonly<z.output<typeof modelSchema>>

/** `training.json`: a training that is not finished. */
export const trainingSchema = fieldsOf({
  format: z.literal(trainingFormat.format),
  version: versionsOf(trainingFormat),
  facet: text('a version'),
  settings: trainSettingsSchema,
  sha256: text('a checksum'),
  changes,
  /** SHA-256 of the checkpoint that the last change goes on from; any other is of after it. */
  restart: text('a checksum').optional(),
})

/** A line of `training.jsonl`. */
export const epochSchema = fieldsOf({
  epoch: wholeNumber(0),
  train: z.record(z.string(), anyNumber),
  validation: anyNumber.optional(),
})

export type UnfinishedTraining = Readonly<z.output<typeof trainingSchema>>
