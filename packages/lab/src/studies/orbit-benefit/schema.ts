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
import { type StudyModelName, studyModelNames, studyModels } from './models.ts'
import { orbitStudyDefaults as defaults, netNames, type OrbitStudySettings } from './settings.ts'

/** A random group element needs a scale above 0, and so do the other models of which the value is what makes them one. */
const values = oneOrMore(nonNegativeNumber, 'values').optional()

/** The models that have a hyper-parameter, each with its values. */
const candidates = fieldsOf({
  orbit: values,
  tangent: values,
  permuted: values,
  neighbourDifference: values,
  mixup: values,
  denoising: values,
  weightDecay: values,
  contractive: values,
} satisfies Record<Exclude<StudyModelName, 'ae'>, z.ZodType>)

/** Parts of a bank for series, each at most once, in any order. */
const partsMessage = 'expected letters of W, A and T, each at most once'
const parts = z.string(partsMessage).regex(/^(?!.*(.).*\1)[WAT]+$/, partsMessage)

/** Every field of `experiment: orbitStudy`; each is a flag of `facet reproduce --study orbit`. */
export const orbitStudyFields = {
  sets: listOf(text('the name of a data set'), 'data sets').default([...defaults.sets]),
  models: listOf(oneOf(studyModelNames), 'models').default([...studyModelNames]),
  net: oneOf(netNames).default(defaults.net),
  runs: wholeNumber(1, mostRepetitions).default(defaults.runs),
  steps: wholeNumber(1).default(defaults.steps),
  hidden: wholeNumber(1).default(defaults.hidden),
  bottleneck: wholeNumber(1).default(defaults.bottleneck),
  learningRate: positiveNumber.default(defaults.learningRate),
  batchSize: wholeNumber(1).default(defaults.batchSize),
  parts: parts.default(defaults.parts),
  /** Values of the hyper-parameter of single models; the others have their own. */
  candidates: candidates.default({}),
  seed: wholeNumber(0).default(defaults.seed),
  data: text('a folder').nullable().default(null),
  samples: wholeNumber(1).nullable().default(defaults.samples),
  testSamples: wholeNumber(1).default(defaults.testSamples),
}

const orbitStudyDocument = fieldsOf({ experiment: z.literal('orbitStudy'), ...orbitStudyFields })

export type OrbitStudyDocument = z.input<typeof orbitStudyDocument>

/** From what a person writes to the settings, with all defaults. */
export const orbitStudySchema = orbitStudyDocument.transform(
  ({ experiment: _, candidates: single, ...rest }): OrbitStudySettings => {
    const own: Readonly<Partial<Record<StudyModelName, readonly number[]>>> = single
    const all = studyModelNames.map((model) => [model, own[model] ?? studyModels[model].grid])
    return { ...rest, candidates: Object.fromEntries(all) as OrbitStudySettings['candidates'] }
  },
)
