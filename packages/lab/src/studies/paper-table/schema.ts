import { activationNames } from '@facet/tensor'
import * as z from 'zod'
import {
  fieldsOf,
  listOf,
  mostRepetitions,
  nonNegativeNumber,
  oneOf,
  oneOrMore,
  positiveNumber,
  text,
  wholeNumber,
} from '../../fields/fields.ts'
import { type ModelName, modelNames, models } from './models.ts'
import { reproduceDefaults as defaults, type ReproduceSettings } from './settings.ts'

const weights = oneOrMore(nonNegativeNumber, 'λ')
const sigmas = oneOrMore(nonNegativeNumber, 'σ')

/** The models that have a hyper-parameter, each with its field: `denoising: { sigma: … }`, the others `weight`. */
const regularizers = fieldsOf({
  denoising: fieldsOf({ sigma: sigmas.optional() }).optional(),
  contractive: fieldsOf({ weight: weights.optional() }).optional(),
  higherOrderContractive: fieldsOf({ weight: weights.optional() }).optional(),
  lieGroupFirstOrder: fieldsOf({ weight: weights.optional() }).optional(),
  lieGroupSecondOrder: fieldsOf({ weight: weights.optional() }).optional(),
} satisfies Partial<Record<ModelName, z.ZodType>>)

/** Every field of `experiment: reproduce`; those of the same name are flags of `facet reproduce`. */
export const reproduceFields = {
  sets: listOf(text('the name of a data set'), 'data sets').default([...defaults.sets]),
  models: listOf(oneOf(modelNames), 'models').default([...defaults.models]),
  runs: wholeNumber(1, mostRepetitions).default(defaults.runs),
  epochs: wholeNumber(1).default(defaults.epochs),
  hidden: wholeNumber(1).default(defaults.hidden),
  bottleneck: wholeNumber(1).default(defaults.bottleneck),
  bottleneckActivation: oneOf(activationNames).default(defaults.bottleneckActivation),
  learningRate: positiveNumber.default(defaults.learningRate),
  batchSize: wholeNumber(1).default(defaults.batchSize),
  /** λ of every model that has one and is not in `regularizers`. */
  weight: weights.default([defaults.weight]),
  sigma: sigmas.default([defaults.sigma]),
  /** λ or σ of single models. */
  regularizers: regularizers.default({}),
  seed: wholeNumber(0).default(defaults.seed),
  data: text('a folder').nullable().default(null),
  samples: wholeNumber(1).nullable().default(defaults.samples),
}

const reproduceDocument = fieldsOf({ experiment: z.literal('reproduce'), ...reproduceFields })

export type ReproduceDocument = z.input<typeof reproduceDocument>

/** Candidates for every model's hyper-parameter. */
function candidatesFrom({
  weight,
  sigma,
  regularizers,
}: z.output<typeof reproduceDocument>): ReproduceSettings['candidates'] {
  const single: Readonly<
    Partial<Record<ModelName, { readonly weight?: number[]; readonly sigma?: number[] }>>
  > = regularizers
  return Object.fromEntries(
    modelNames.map((name) => {
      const { tuned } = models[name]
      return [name, tuned === null ? [] : (single[name]?.[tuned] ?? { weight, sigma }[tuned])]
    }),
  ) as unknown as ReproduceSettings['candidates']
}

/** From what a person writes to the settings, with all defaults. */
export const reproduceSchema = reproduceDocument.transform((document): ReproduceSettings => {
  const { experiment: _, weight: _weight, sigma: _sigma, regularizers: _regularizers, ...rest } = document
  return { ...rest, candidates: candidatesFrom(document) }
})
