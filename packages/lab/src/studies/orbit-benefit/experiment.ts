import * as z from 'zod'
import { define } from '../../fields/definition.ts'
import { defaultsOf, field } from '../../fields/field.ts'
import { oneOf, wholeNumber } from '../../fields/fields.ts'
import type { ModelName } from '../../objectives.ts'
import { candidatesOf, countGrid, gridFields } from '../../study/grid-fields.ts'
import { netNames, type OrbitBenefitSettings } from './settings.ts'

/** Parts of a bank for series, each at most once, in any order. */
const partsMessage = 'expected letters of W, A and T, each at most once'
const parts = z.string(partsMessage).regex(/^(?!.*(.).*\1)[WAT]+$/, partsMessage)

const usualModels: readonly ModelName[] = [
  'ae',
  'lieGroupOrbit',
  'lieGroupTangent',
  'permutedOrbit',
  'neighbourDifference',
  'mixup',
  'denoising',
  'weightDecay',
  'contractive',
]

/** Every field of `experiment: orbitBenefit`, with its flag of `facet reproduce --study orbit-benefit` (docs/mathematics.md 7.3). */
const fields = {
  sets: gridFields.sets,
  models: gridFields.models(usualModels, 'ae, those with given generators, and controls'),
  net: field(oneOf(netNames), {
    default: 'skip',
    help: `${netNames.join(', ')}: with or without a linear skip that starts at PCA`,
  }),
  runs: gridFields.runs(8),
  steps: field(wholeNumber(1), { default: 1500, help: 'training steps, in whole epochs' }),
  hidden: gridFields.hidden,
  bottleneck: gridFields.bottleneck,
  learningRate: gridFields.learningRate,
  batchSize: gridFields.batchSize(32, '32, or the whole training part'),
  parts: field(parts, {
    default: 'WA',
    argument: '<letters>',
    help: 'generators of series: W time warp, A amplitude, T trend',
  }),
  seed: gridFields.seed,
  data: gridFields.data,
  samples: gridFields.samples('samples to keep for training and validation, drawn by seed'),
  testSamples: field(wholeNumber(1), {
    default: 10_000,
    help: 'test samples to keep at most, drawn by seed',
  }),
  candidates: gridFields.candidates('three of each'),
}

export const orbitBenefitDefaults = defaultsOf(fields)

/** `facet reproduce --study orbit-benefit`: what moving samples along generators helps on real data (docs/mathematics.md 7.3). */
export const definition = define({
  document: 'orbitBenefit',
  documentAliases: ['orbitStudy'],
  flag: 'orbit-benefit',
  flagAliases: ['orbit'],
  command: 'reproduce --study orbit-benefit',
  fields,
  settings: ({ candidates, ...rest }): OrbitBenefitSettings => ({
    ...rest,
    // PCA is fitted to samples on orbits at the scales of the orbit model, whether it is trained or not.
    candidates: candidatesOf(
      [...new Set<ModelName>([...rest.models, 'lieGroupOrbit'])],
      candidates,
      ({ grid }) => grid,
    ),
  }),
  content: (settings) => ({ ...settings }),
  countJobs: (settings) => countGrid(settings),
})
