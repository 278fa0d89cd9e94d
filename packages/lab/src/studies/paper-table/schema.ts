import { activationNames } from '@facet/tensor'
import type * as z from 'zod'
import { type Content, checkedAs, defaultsOf, type Filled, field } from '../../fields/field.ts'
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
import { asList, asNumber } from '../../fields/read-text.ts'
import { generatedSets } from '../../sets/data-sets.ts'
import { type ModelName, modelNames, models } from './models.ts'

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

const weighted = oneOf(modelNames.filter((name) => models[name].tuned === 'weight'))
const numbers = asList(asNumber)

/** `0.01,1,100`, or `lieGroupFirstOrder=0.01,1` for one model; given again, it adds to what was said before. */
function readWeight(words: string, before: Content): Content {
  const at = words.indexOf('=')
  const weight = checkedAs('weight', weights, numbers(words.slice(at + 1)))
  if (at < 0) return { ...before, weight }
  const model = checkedAs('weight', weighted, words.slice(0, at))
  return { ...before, regularizers: { ...(before.regularizers as object), [model]: { weight } } }
}

/**
 * Every field of `experiment: reproduce`, with its flag of `facet reproduce`. The defaults are the protocol of Table 1
 * (docs/mathematics.md 7.1) at a length that a laptop does in minutes.
 */
export const reproduceFields = {
  sets: field(listOf(text('the name of a data set'), 'data sets'), {
    default: ['CBF', 'SyntheticControl'],
    help: `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`,
  }),
  models: field(listOf(oneOf(modelNames), 'models'), {
    default: modelNames.filter((name) => name !== 'contractive'),
    help: `of ${modelNames.join(', ')}`,
    shown: 'all but contractive',
  }),
  runs: field(wholeNumber(1, mostRepetitions), { default: 3, help: 'runs of each' }),
  epochs: field(wholeNumber(1), { default: 30, help: 'passes over the training part' }),
  hidden: field(wholeNumber(1), { default: 64, help: 'width of hidden layers' }),
  bottleneck: field(wholeNumber(1), { default: 10, help: 'bottleneck units' }),
  bottleneckActivation: field(oneOf(activationNames), { default: 'relu', help: activationNames.join(', ') }),
  learningRate: field(positiveNumber, { default: 1e-3, help: 'of Adam' }),
  batchSize: field(wholeNumber(1), { default: 16, help: 'samples a step' }),
  /** λ of every model that has one and is not in `regularizers`. */
  weight: field(weights, {
    default: [0.01],
    help: 'λ: one or several, or model=list for one model; repeatable',
    into: readWeight,
  }),
  sigma: field(sigmas, { default: [0.1], help: 'σ of denoising: one or several' }),
  /** λ or σ of single models. */
  regularizers: field(regularizers, { default: {} }),
  seed: field(wholeNumber(0), { default: 0, help: 'of everything random' }),
  data: field(text('a folder').nullable(), {
    default: null,
    argument: '<dir>',
    help: 'folder of data files; without it, sets are generated',
    isFolder: true,
  }),
  samples: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'samples to keep of the training and of the test part, drawn by seed',
    shown: 'all',
  }),
}

export type ReproduceDocument = Filled<typeof reproduceFields>

export const reproduceDefaults = defaultsOf(reproduceFields)
