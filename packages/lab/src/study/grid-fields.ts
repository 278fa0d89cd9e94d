import { describe } from '@facet/tensor/checks'
import * as z from 'zod'
import { type CandidateValue, isWithoutAmplitude } from '../candidate-value.ts'
import { type Content, checkedAs, field } from '../fields/field.ts'
import {
  aliasedFieldsOf,
  layerWidth,
  listOf,
  mostRepetitions,
  nonNegativeNumber,
  oneOf,
  oneOrMore,
  positiveNumber,
  text,
  wholeNumber,
} from '../fields/fields.ts'
import type { JobCount } from '../fields/job-count.ts'
import { asList, asNumber } from '../fields/read-text.ts'
import {
  formerModelNames,
  type ModelName,
  modelNames,
  models,
  objectives,
  type Tuned,
} from '../objectives.ts'
import { generatedSets } from '../sets/data-sets.ts'
import { type GridSettings, valuesOf } from './grid.ts'

/** The models that have a hyper-parameter. */
export const tunedModels = modelNames.filter((name) => models[name].tuned !== null)

export const candidateValues = oneOrMore(nonNegativeNumber, 'values')

/** Of models that can do without amplitude. */
const movementValues = oneOrMore(
  z.custom<CandidateValue>(
    (value) => nonNegativeNumber.safeParse(value).success || isWithoutAmplitude(value),
    {
      error: ({ input }) => {
        const other = typeof input === 'number' ? '' : ', or one with “ without amplitude” behind it'
        return `expected a number of at least 0${other}, got ${describe(input)}`
      },
    },
  ),
  'values',
)

const valuesFor = (model: ModelName) =>
  objectives[models[model].objective].options.includes('amplitude') ? movementValues : candidateValues

const candidates = aliasedFieldsOf(
  Object.fromEntries(tunedModels.map((name) => [name, valuesFor(name).optional()])),
  Object.fromEntries(Object.entries(formerModelNames).filter(([, name]) => tunedModels.includes(name))),
)

const numbers = asList(asNumber)
const tunedModel = oneOf(tunedModels, formerModelNames)

/** `model=list` of a flag. @throws SettingError */
export function readModelValues(
  flag: string,
  words: string,
  known = tunedModel,
): [ModelName, CandidateValue[]] {
  const at = words.indexOf('=')
  const model = checkedAs(flag, known, at < 0 ? words : words.slice(0, at))
  return [model, checkedAs(flag, valuesFor(model), numbers(words.slice(at + 1)))]
}

/** `lieGroupOrbit=0.7,1.5`; given again, it adds to what was said before. */
function readCandidates(words: string, before: Content): Content {
  const [model, values] = readModelValues('candidates', words)
  return { ...before, candidates: { ...(before.candidates as object), [model]: values } }
}

/** Fields that every grid study has; what differs is said by the study. */
export const gridFields = {
  sets: field(listOf(text('the name of a data set'), 'data sets'), {
    default: ['CBF', 'SyntheticControl'],
    help: `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`,
  }),
  models: (usual: readonly ModelName[], shown: string) =>
    field(listOf(oneOf(modelNames, formerModelNames), 'models'), {
      default: [...usual],
      help: `of ${modelNames.join(', ')}`,
      shown,
    }),
  runs: (usual: number) => field(wholeNumber(1, mostRepetitions), { default: usual, help: 'runs of each' }),
  hidden: field(layerWidth, { default: 64, help: 'width of hidden layers' }),
  bottleneck: field(layerWidth, { default: 10, help: 'bottleneck units' }),
  learningRate: field(positiveNumber, { default: 1e-3, help: 'of Adam' }),
  batchSize: (usual: number, shown?: string) =>
    field(wholeNumber(1), { default: usual, help: 'samples a step', shown }),
  /** Values of the hyper-parameter of single models; the others have their own. */
  candidates: (shown: string) =>
    field(candidates, {
      default: {},
      argument: '<list>',
      help: 'model=list: values of its hyper-parameter, of which the validation part chooses; repeatable',
      shown,
      into: readCandidates,
    }),
  seed: field(wholeNumber(0), { default: 0, help: 'of everything random' }),
  data: field(text('a folder').nullable(), {
    default: null,
    argument: '<dir>',
    help: 'folder of data files; without it, sets are generated',
    isFolder: true,
  }),
  samples: (help: string) => field(wholeNumber(1).nullable(), { default: null, help, shown: 'all' }),
}

type Candidates = GridSettings['candidates']

/** The values of each model that is trained: those asked for, or its usual ones. */
export const candidatesOf = (
  trained: readonly ModelName[],
  asked: Candidates,
  usual: (tuned: Tuned) => readonly CandidateValue[],
): Candidates =>
  Object.fromEntries(
    trained.flatMap((model) => {
      const { tuned } = models[model]
      return tuned === null ? [] : [[model, asked[model] ?? usual(tuned)]]
    }),
  )

/** How many jobs a grid has. */
export const countGrid = (settings: GridSettings): JobCount => [
  { count: settings.runs, what: 'run' },
  { count: settings.models.reduce((sum, model) => sum + valuesOf(settings, model).length, 0), what: 'value' },
  { count: settings.sets.length, what: 'set' },
]
