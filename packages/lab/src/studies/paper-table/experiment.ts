import { activationNames } from '@facet/tensor'
import type { CandidateValue } from '../../candidate-value.ts'
import { define, type Expanded } from '../../fields/definition.ts'
import { type Content, checkedAs, defaultsOf, field } from '../../fields/field.ts'
import { fieldsOf, oneOf, wholeNumber } from '../../fields/fields.ts'
import { asList, asNumber } from '../../fields/read-text.ts'
import { type ModelName, models, type ObjectiveOption, type Tuned } from '../../objectives.ts'
import type { GridSettings } from '../../study/grid.ts'
import {
  candidatesOf,
  candidateValues,
  countGrid,
  gridFields,
  readModelValues,
  tunedModels,
} from '../../study/grid-fields.ts'
import { familyAbove, generatorsRule, longestFull } from './generators.ts'
import { profileNames, withProfile } from './profiles.ts'
import type { ReproduceSettings } from './settings.ts'

/** Hyper-parameters that have a flag of their own, for all models that are tuned by it. */
const named = ['weight', 'sigma'] as const

const tunedBy = (option: ObjectiveOption): ModelName[] =>
  tunedModels.filter((name) => models[name].tuned!.option === option)

/** λ or σ of single models: `denoising: { sigma: … }`, the others `weight`. */
const regularizers = fieldsOf(
  Object.fromEntries(
    named.flatMap((option) =>
      tunedBy(option).map((name) => [name, fieldsOf({ [option]: candidateValues.optional() }).optional()]),
    ),
  ),
)

/** `0.01,1,100`, or `lieGroupFirstOrder=0.01,1` for one model; given again, it adds to what was said before. */
function readWeight(words: string, before: Content): Content {
  if (!words.includes('=')) {
    return { ...before, weight: checkedAs('weight', candidateValues, asList(asNumber)(words)) }
  }
  const [model, weight] = readModelValues('weight', words, oneOf(tunedBy('weight')))
  return { ...before, regularizers: { ...(before.regularizers as object), [model]: { weight } } }
}

const profile = oneOf(profileNames)

/**
 * Every field of `experiment: reproduce`, with its flag of `facet reproduce`. The defaults are the protocol of Table 1
 * (docs/mathematics.md 7.1) at a length that a laptop does in minutes.
 */
const fields = {
  profile: field(profile, {
    default: 'quick',
    help: 'defaults of the other fields: quick, in a minute; standard, in hours; full, the protocol of the paper',
  }),
  sets: gridFields.sets,
  models: gridFields.models(
    [
      'ae',
      'denoising',
      'higherOrderContractive',
      'lieGroupFirstOrder',
      'lieGroupSecondOrder',
      'skip',
      'skipOrbit',
      'skipLearned',
    ],
    'the four regularizers of the paper, ae and those with skips',
  ),
  runs: gridFields.runs(3),
  epochs: field(wholeNumber(1), { default: 30, help: 'passes over the training part' }),
  /** A set of longer samples has no model of the second order. */
  secondOrderUpTo: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'longest samples that lieGroupSecondOrder is trained on',
    shown: 'any',
  }),
  /** Of the Lie-group models. */
  generators: field(generatorsRule, {
    default: 'byLength',
    help: `full, skewSymmetric, lowRank:r, or byLength: full up to ${longestFull} values, above them ${familyAbove}`,
  }),
  hidden: gridFields.hidden,
  bottleneck: gridFields.bottleneck,
  bottleneckActivation: field(oneOf(activationNames), { default: 'relu', help: activationNames.join(', ') }),
  learningRate: gridFields.learningRate,
  batchSize: gridFields.batchSize(16),
  /** λ of every model that has one and is named nowhere else. */
  weight: field(candidateValues, {
    default: [0.01],
    help: 'λ: one or several, or model=list for one model; repeatable',
    into: readWeight,
  }),
  sigma: field(candidateValues, { default: [0.1], help: 'σ of denoising: one or several' }),
  regularizers: field(regularizers, { default: {} }),
  candidates: gridFields.candidates('λ and σ as above, one value of the others'),
  seed: gridFields.seed,
  data: gridFields.data,
  samples: gridFields.samples('samples to keep of the training and of the test part, drawn by seed'),
}

export const reproduceDefaults = defaultsOf(fields)

type Single = Readonly<Record<string, Readonly<Record<string, readonly number[] | undefined>> | undefined>>
type Candidates = GridSettings['candidates']

/** Values of single models from both fields that name them. */
const asked = (single: Single, candidates: Candidates): Candidates => ({
  ...Object.fromEntries(
    Object.entries(single).flatMap(([model, options = {}]) =>
      Object.values(options).flatMap((values) => (values === undefined ? [] : [[model, values]])),
    ),
  ),
  ...candidates,
})

const middle = ({ grid }: Tuned): readonly CandidateValue[] => [grid[grid.length >> 1]]

/** `facet reproduce`: Table 1 of the paper (docs/mathematics.md 7.1). */
export const definition = define({
  document: 'reproduce',
  documentAliases: [],
  flag: 'table',
  flagAliases: [],
  command: 'reproduce',
  fields,
  expanded(content: Content): Expanded {
    const named = profile.safeParse(content.profile ?? 'quick')
    // Any other name is told with all that is wrong.
    return named.success ? withProfile(content, named.data) : { content, notes: [] }
  },
  settings({ profile: _, weight, sigma, regularizers: single, candidates, ...rest }): ReproduceSettings {
    const usual = { weight, sigma } as Readonly<Partial<Record<ObjectiveOption, readonly number[]>>>
    return {
      ...rest,
      candidates: candidatesOf(
        rest.models,
        asked(single as Single, candidates),
        (tuned) => usual[tuned.option] ?? middle(tuned),
      ),
    }
  },
  content: ({ candidates, ...rest }) => ({ ...rest, candidates }),
  countJobs: countGrid,
})
