import { checkPreparation, type Preparation, samplesFormats } from '@facet/data'
import * as z from 'zod'
import { fieldsOf, nonNegativeNumber, positiveNumber, text, wholeNumber } from '../fields/fields.ts'
import type { JsonFormat } from './files.ts'
import { trainSettingsSchema } from './settings.ts'

/**
 * Says of a `model.json` what it is, and raised when an older reader could no longer read it. 2: it begins with a checksum, and may
 * have `changes` and `endedAfterSteps`. 3: columns, missing values and windows; `preparation` in the place of `normaliser`, and
 * `model.safetensors` says the same.
 */
export const modelFormat = { format: 'facet.model', version: 3, older: [1, 2], unchecked: [1] } as const

/** The same of a `training.json`. 2: it begins with a checksum, and may have `changes` and `restart`. 3: as 3 of a model. */
export const trainingFormat = { format: 'facet.training', version: 3, older: [1, 2], unchecked: [1] } as const

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

/** What a file says of it is checked where it is read, by the library that wrote it. */
const preparation = z.unknown().transform((value, context): Preparation => {
  try {
    return checkPreparation(value)
  } catch (error) {
    // The field is named before it already.
    const message = (error as Error).message.replace(/^preparation: /, '')
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
})

const finite = z.number('expected a finite number')

/** When an error is an alarm where nobody says otherwise; see `Calibration`. */
const alarm = fieldsOf({
  kind: z.enum(['conformal', 'robust']),
  alpha: positiveNumber,
  smallestP: positiveNumber,
  threshold: nonNegativeNumber,
  /** Held-out rows that calibrate, and those beyond the fence. */
  calibrating: wholeNumber(0),
  fenced: wholeNumber(0),
})

/** A feature: its range in the rows that were used, without missing values; `null` where all are missing. */
const feature = fieldsOf({ low: finite.nullable(), high: finite.nullable(), missing: wholeNumber(0) })

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
  /** Absent where too few were held out, and in models of earlier releases. */
  alarm: alarm.optional(),
})

const image = fieldsOf({ height: wholeNumber(1), width: wholeNumber(1), channels: wholeNumber(1) })

/** The data that a model was trained on. */
const trainedOn = fieldsOf({
  name: z.string(),
  /** The kind of file that it was read as; absent in models of earlier releases. */
  format: z.enum(samplesFormats).optional(),
  /** Numbers of a row. */
  columns: wholeNumber(1),
  /** Numbers of what the model is given: of windows, and of series that were padded, others than of a row. */
  inputs: wholeNumber(1).optional(),
  columnNames: z.array(z.string()).nullable(),
  classes: z.array(z.string()).nullable(),
  image: image.nullable(),
  /** Of a table, column by column. */
  features: z.array(feature).optional(),
  /** Columns that were kept beside the rows, by what they are for. */
  beside: fieldsOf({
    ids: z.array(z.string()),
    time: z.string().nullable(),
    group: z.string().nullable(),
  }).optional(),
  /** What the file was taken for. */
  notes: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
  rowsInFile: wholeNumber(1),
  rows: wholeNumber(1),
  /** Rows, or windows of them; absent for as many as rows. */
  items: wholeNumber(1).optional(),
  trainRows: wholeNumber(1),
  validationRows: wholeNumber(0),
  /** Windows in neither part, and items that could not be used; absent for none. */
  between: wholeNumber(0).optional(),
  unusable: wholeNumber(0).optional(),
  /** Why, with how many there are of each kind, and the first in the file. */
  leftOut: z
    .array(fieldsOf({ reason: z.string(), count: wholeNumber(1), firstRow: wholeNumber(1) }))
    .optional(),
  /** Series that the rows are parts of. */
  series: wholeNumber(1).optional(),
  /** Values that were filled in. */
  filled: wholeNumber(0).optional(),
  sha256: text('a checksum'),
})

const written = {
  format: z.literal(modelFormat.format),
  version: versionsOf(modelFormat),
  /** Version of Facet that wrote it. */
  facet: text('a version'),
  settings: trainSettingsSchema,
  data: trainedOn,
  /** Rates that it went on with; absent for none. */
  changes,
  /** Where somebody ended it, before its epochs were done. */
  endedAfterSteps: wholeNumber(1).optional(),
  result,
  /** Size and checksum of the other files, by name. */
  files: z.record(z.string(), fieldsOf({ bytes: wholeNumber(0), sha256: text('a checksum') })),
}

/** `model.json`: everything about a model but its numbers. */
export const modelSchema = fieldsOf({ ...written, preparation })

/** The same of versions 1 and 2, as it is said now. */
export const olderModelSchema = fieldsOf({ ...written, normaliser }).transform(
  ({ normaliser, ...config }): z.output<typeof modelSchema> => ({
    ...config,
    preparation: {
      columns: config.data.columnNames,
      width: config.data.columns,
      missing: { rule: 'refuse' },
      lengths: { rule: 'refuse' },
      window: null,
      normaliser,
    },
  }),
)

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
