import type * as models from '@facet/models'
import type * as regularizers from '@facet/regularizers'
import type { GeneratorsName, ObjectiveName, TrainingRecipe } from '../state/recipe.ts'
import { type ActedOn, bankCall } from './bank-call.ts'
import { type Call, callsOf } from './calls.ts'

const call = callsOf<typeof models & typeof regularizers>()

/** Rank of the low-rank generators, where the data have as many dimensions. */
const RANK = 8

const families: Readonly<Record<GeneratorsName, (facts: ActedOn) => Call>> = {
  full: () => call('full'),
  skewSymmetric: () => call('skewSymmetric'),
  lowRank: ({ width }) => call('lowRank', Math.min(RANK, width)),
  given: (facts) => call('fromBank', bankCall(facts)),
}

/** One objective as the page offers it. */
interface ObjectiveRow {
  readonly title: string
  readonly what: string
  /** What of the recipe it takes. */
  readonly takes: readonly (keyof TrainingRecipe)[]
  /** What makes the terms that are added up. @throws Error where it needs generators that are not known */
  terms(training: TrainingRecipe, facts: ActedOn): readonly Call[]
}

const lie = { takes: ['weight', 'generators', 'sampler'] } as const

/** What can be minimised: of one name each, in the order of the page. */
export const objectiveRows: Readonly<Record<ObjectiveName, ObjectiveRow>> = {
  reconstruction: {
    title: 'reconstruction',
    what: 'the mean squared error alone',
    takes: [],
    terms: () => [call('reconstruction')],
  },
  denoising: {
    title: 'denoising',
    what: 'samples are reconstructed from noisy ones',
    takes: ['sigma'],
    terms: ({ sigma }) => [call('denoising', { sigma })],
  },
  contractive: {
    title: 'contractive',
    what: "the squared norm of the encoder's Jacobian",
    takes: ['weight'],
    terms: ({ weight }) => [call('reconstruction'), call('contractive', { weight })],
  },
  higherOrderContractive: {
    title: 'higher-order contractive',
    what: "the encoder's Jacobian and its change under noise",
    takes: ['weight', 'sigma'],
    terms: ({ weight, sigma }) => [call('reconstruction'), call('higherOrderContractive', { weight, sigma })],
  },
  lieGroupFirstOrder: {
    title: 'Lie group, first order (R1)',
    what: "learned generators carry the decoder's points to their neighbours",
    ...lie,
    terms: ({ weight, generators, sampler }, facts) => [
      call('reconstruction'),
      call('lieGroupFirstOrder', { weight, sampler, generators: families[generators](facts) }),
    ],
  },
  lieGroupSecondOrder: {
    title: 'Lie group, second order (R2)',
    what: "learned generators carry the decoder's tangents to those of neighbouring regions",
    ...lie,
    terms: ({ weight, generators, sampler }, facts) => [
      call('reconstruction'),
      call('lieGroupSecondOrder', { weight, sampler, generators: families[generators](facts) }),
    ],
  },
  lieGroupOrbit: {
    title: 'orbit reconstruction',
    what: 'samples moved along known generators are reconstructed too',
    takes: ['weight', 'scale'],
    terms: ({ weight, scale }, facts) => [
      call('reconstruction'),
      call('lieGroupOrbit', { bank: bankCall(facts), weight, scale }),
    ],
  },
  lieGroupTangent: {
    title: 'tangents of the orbit',
    what: 'the Jacobian is the identity along known generators',
    takes: ['weight'],
    terms: ({ weight }, facts) => [
      call('reconstruction'),
      call('lieGroupTangent', { bank: bankCall(facts), weight }),
    ],
  },
}
