import { normaliserKinds } from '@facet/data'
import { autoencoderDefaults } from '@facet/models'
import { activationNames } from '@facet/tensor'
import * as z from 'zod'
import { type Field, field, shapeOf } from '../fields/field.ts'
import {
  fieldsOf,
  layerWidth,
  listOf,
  nonNegativeNumber,
  oneOf,
  positiveNumber,
  text,
  trueOrFalse,
  wholeNumber,
} from '../fields/fields.ts'
import { asList, asNumber } from '../fields/read-text.ts'
import { generatorsNames, isGeneratorsName } from '../generator-families.ts'
import {
  formerObjectiveNames,
  type ObjectiveName,
  type ObjectiveOption,
  objectiveNames,
  objectives,
} from '../objectives.ts'
import { bankNames } from '../sets/generator-banks.ts'
import { byObjective } from './by-objective.ts'
import { preparationFields, readingFields } from './reading-fields.ts'

const count = wholeNumber(1)
const widths = z.array(layerWidth, 'expected a list of widths')

/** `64,32`; `none` is no hidden layer. */
const readWidths = (list: string): unknown => (list === 'none' ? [] : asList(asNumber)(list))

/** Of the rows: at least 0, below 1. */
const share = z
  .number('expected a number of at least 0 and below 1')
  .min(0, 'expected a number of at least 0 and below 1')
  .lt(1, 'expected a number of at least 0 and below 1')

/** A family of generators. */
const generatorsName = z.string().refine(isGeneratorsName, `expected ${generatorsNames} such as lowRank:4`)

const networkFields = {
  normalise: field(oneOf(normaliserKinds), {
    argument: '<kind>',
    help: normaliserKinds.join(', '),
    shown: 'series for labelled series, range for images, else columns',
  }),
  validation: field(share, {
    default: 0.2,
    argument: '<share>',
    help: 'share of rows held out; 0 for none',
  }),
  bottleneck: field(layerWidth, { help: 'bottleneck units', shown: '10, or half the columns' }),
  hidden: field(widths, {
    default: [...autoencoderDefaults.encoderHidden],
    help: "the encoder's hidden widths, or none",
    read: readWidths,
  }),
  decoderHidden: field(widths, {
    help: "the decoder's",
    shown: "the encoder's mirrored, the first twice",
    read: readWidths,
  }),
  // Linear units cannot die. Validation errors with 6000 steps, against the paper's ReLU: ECG5000 0.027 against 0.032,
  // Trace 0.028 against 0.033, SyntheticControl 0.325 against 0.342; CBF's 24 rows 0.384 against 0.380.
  bottleneckActivation: field(oneOf(activationNames), {
    default: autoencoderDefaults.bottleneckActivation,
    help: activationNames.join(', '),
  }),
}

/** `of denoising, higherOrderContractive`: the objectives that take an option. */
const takersOf = (option: ObjectiveOption): string =>
  objectiveNames.filter((name) => objectives[name].options.includes(option)).join(', ')

const objectiveField = field(listOf(oneOf(objectiveNames, formerObjectiveNames), 'objectives'), {
  default: ['reconstruction'] satisfies ObjectiveName[] as ObjectiveName[],
  help: `one or several of ${objectiveNames.join(', ')}`,
})

/** Options of objectives, as flags say them. */
export const optionFields = {
  weight: field(nonNegativeNumber, {
    help: 'λ, or objective=λ; repeatable',
    shown: '0.01; where samples are moved, 3',
    into: byObjective('weight'),
  }),
  sigma: field(nonNegativeNumber, {
    help: 'σ of noise, or objective=σ; repeatable',
    shown: '0.1',
    into: byObjective('sigma'),
  }),
  kept: field(count, { help: 'k of kSparse', shown: 'half the bottleneck' }),
  generators: field(generatorsName, {
    argument: '<family>',
    help: `${generatorsNames}; learned and given: mixtures of local operators, as of bank`,
    shown: 'full',
  }),
  scale: field(nonNegativeNumber, {
    help: `how far samples are moved, of ${takersOf('scale')}; or objective=scale; repeatable`,
    shown: "each objective's own",
    into: byObjective('scale'),
  }),
  extent: field(nonNegativeNumber, { help: 'how far towards another sample, of mixup', shown: '1' }),
  bank: field(oneOf(bankNames), {
    help: `the generators, of ${takersOf('bank')}: ${bankNames.join(', ')}`,
    shown: 'given',
  }),
  amplitude: field(trueOrFalse, {
    help: `whether samples swell along the generators as well as move, of ${takersOf('amplitude')}`,
    shown: 'true',
  }),
} satisfies Readonly<Record<ObjectiveOption, Field>>

/** What is minimised, as flags say it. */
export const objectiveFields = { objective: objectiveField, ...optionFields }

const trainingFields = {
  epochs: field(count, { help: 'passes over the rows', shown: 'about 5000 steps, 10 to 1000 epochs' }),
  patience: field(count.nullable(), {
    default: null,
    help: 'end after so many epochs without a lower validation error',
    shown: 'none',
  }),
  batchSize: field(count, { help: 'rows a step', shown: '16, of large files up to 128' }),
  learningRate: field(positiveNumber, { default: 1e-3, help: 'of Adam' }),
  seed: field(wholeNumber(0), { default: autoencoderDefaults.seed, help: 'of everything random' }),
}

/** Every setting of a training, as `model.json` has it. */
export const trainFields = { ...preparationFields, ...networkFields, ...trainingFields }

/** The fields that are flags of `facet train`, in the order of its help; what is not given is chosen from the data. */
export const trainFlags = {
  ...readingFields,
  ...preparationFields,
  sample: field(count, { help: 'train on so many rows, drawn by seed' }),
  ...networkFields,
  ...objectiveFields,
  ...trainingFields,
}

const objectiveSetting = fieldsOf({
  name: oneOf(objectiveNames),
  weight: optionFields.weight.required.optional(),
  sigma: optionFields.sigma.required.optional(),
  kept: optionFields.kept.required.optional(),
  generators: optionFields.generators.required.optional(),
  scale: optionFields.scale.required.optional(),
  extent: optionFields.extent.required.optional(),
  bank: optionFields.bank.required.optional(),
  amplitude: optionFields.amplitude.required.optional(),
} satisfies Readonly<Record<'name' | ObjectiveOption, z.ZodType>>)

/** What a `model.json` need not say: earlier releases do not. */
const orNull = <T>(kind: z.ZodType<T>) => kind.nullable().default(null)

/** What numbers of a file are rounded to before they are normalised. Releases before this setting read float32. */
const precisions = ['float32', 'float64'] as const

/** How a file of samples is read; `null` is the format's own default, or for none. */
const dataSettings = fieldsOf({
  path: text('a path'),
  format: text('a format').nullable(),
  labels: z.union([z.string(), z.int()]).nullable(),
  array: text('the name of an array').nullable(),
  sample: trainFlags.sample.required.nullable(),
  labelsFile: orNull(readingFields.labelsFile.required),
  header: readingFields.header.required.default('auto'),
  columns: orNull(readingFields.columns.required),
  drop: orNull(readingFields.drop.required),
  id: orNull(readingFields.id.required),
  where: orNull(readingFields.where.required),
  time: orNull(readingFields.time.required),
  group: orNull(readingFields.group.required),
  precision: z.enum(precisions).default('float32'),
})

/** Everything that a model's numbers depend on, beside the content of the data file. */
export const trainSettingsSchema = fieldsOf({
  data: dataSettings,
  ...shapeOf(preparationFields),
  ...shapeOf(networkFields, 'required'),
  objectives: z.array(objectiveSetting).min(1),
  ...shapeOf(trainingFields, 'required'),
  /** Models of earlier releases do not say it. */
  patience: trainingFields.patience.schema,
})

export type TrainSettings = Readonly<z.output<typeof trainSettingsSchema>>
export type DataSettings = Readonly<z.output<typeof dataSettings>>

/** The settings that decide what becomes of the rows of a file before a model sees them. */
export type PreparationSettings = Pick<
  TrainSettings,
  'data' | 'normalise' | 'validation' | 'seed' | keyof typeof preparationFields
>
