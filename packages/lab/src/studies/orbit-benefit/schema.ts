import * as z from 'zod'
import { type Content, checkedAs, defaultsOf, type Filled, field } from '../../fields/field.ts'
import {
  aliasedFieldsOf,
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
import { formerModelNames, type StudyModelName, studyModelNames, studyModels } from './models.ts'
import { netNames } from './settings.ts'

const values = oneOrMore(nonNegativeNumber, 'values').optional()

/** The models that have a hyper-parameter, each with its values. */
const candidates = aliasedFieldsOf(
  {
    lieGroupOrbit: values,
    lieGroupTangent: values,
    permutedOrbit: values,
    neighbourDifference: values,
    mixup: values,
    denoising: values,
    weightDecay: values,
    contractive: values,
  } satisfies Record<Exclude<StudyModelName, 'ae'>, z.ZodType>,
  formerModelNames,
)

const tuned = oneOf(
  studyModelNames.filter((model) => studyModels[model].symbol !== null),
  formerModelNames,
)
const numbers = asList(asNumber)

/** `lieGroupOrbit=0.7,1.5`; given again, it adds to what was said before. */
function readCandidates(words: string, before: Content): Content {
  const at = words.indexOf('=')
  const model = checkedAs('candidates', tuned, at < 0 ? words : words.slice(0, at))
  const own = checkedAs('candidates', values, numbers(words.slice(at + 1)))
  return { ...before, candidates: { ...(before.candidates as object), [model]: own } }
}

/** Parts of a bank for series, each at most once, in any order. */
const partsMessage = 'expected letters of W, A and T, each at most once'
const parts = z.string(partsMessage).regex(/^(?!.*(.).*\1)[WAT]+$/, partsMessage)

/** Every field of `experiment: orbitBenefit`, with its flag of `facet reproduce --study orbit-benefit` (docs/mathematics.md 7.3). */
export const orbitBenefitFields = {
  sets: field(listOf(text('the name of a data set'), 'data sets'), {
    default: ['CBF', 'SyntheticControl'],
    help: `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`,
  }),
  models: field(listOf(oneOf(studyModelNames, formerModelNames), 'models'), {
    default: [...studyModelNames],
    help: `of ${studyModelNames.join(', ')}`,
    shown: 'all',
  }),
  net: field(oneOf(netNames), {
    default: 'skip',
    help: `${netNames.join(', ')}: with or without a linear skip that starts at PCA`,
  }),
  runs: field(wholeNumber(1, mostRepetitions), { default: 8, help: 'runs of each' }),
  steps: field(wholeNumber(1), { default: 1500, help: 'training steps, in whole epochs' }),
  hidden: field(wholeNumber(1), { default: 64, help: 'width of hidden layers' }),
  bottleneck: field(wholeNumber(1), { default: 10, help: 'bottleneck units' }),
  learningRate: field(positiveNumber, { default: 1e-3, help: 'of Adam' }),
  batchSize: field(wholeNumber(1), {
    default: 32,
    help: 'samples a step',
    shown: '32, or the whole training part',
  }),
  parts: field(parts, {
    default: 'WA',
    argument: '<letters>',
    help: 'generators of series: W time warp, A amplitude, T trend',
  }),
  seed: field(wholeNumber(0), { default: 0, help: 'of everything random' }),
  data: field(text('a folder').nullable(), {
    default: null,
    argument: '<dir>',
    help: 'folder of data files; without it, sets are generated',
    isFolder: true,
  }),
  samples: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'samples to keep for training and validation, drawn by seed',
    shown: 'all',
  }),
  testSamples: field(wholeNumber(1), {
    default: 10_000,
    help: 'test samples to keep at most, drawn by seed',
  }),
  /** Values of the hyper-parameter of single models; the others have their own. */
  candidates: field(candidates, {
    default: {},
    argument: '<list>',
    help: 'model=list: values of its hyper-parameter, of which the validation part chooses; repeatable',
    shown: 'three of each',
    into: readCandidates,
  }),
}

export type OrbitBenefitDocument = Filled<typeof orbitBenefitFields>

export const orbitBenefitDefaults = defaultsOf(orbitBenefitFields)
