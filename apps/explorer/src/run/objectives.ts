import { type Objective, reconstruction } from '@facet/models'
import {
  contractive,
  denoising,
  fromBank,
  full,
  type GeneratorParametrisation,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  lowRank,
  skewSymmetric,
} from '@facet/regularizers'
import type { GeneratorsName, ObjectiveName, TrainingRecipe } from '../state/recipe.ts'
import type { DataFacts } from '../work/messages.ts'
import { bankOf } from './banks.ts'

/** Rank of the low-rank generators, where the data have as many dimensions. */
const RANK = 8

const families: Readonly<Record<GeneratorsName, (facts: DataFacts) => GeneratorParametrisation>> = {
  full: () => full(),
  skewSymmetric: () => skewSymmetric(),
  lowRank: ({ width }) => lowRank(Math.min(RANK, width)),
  given: (facts) => fromBank(bankOf(facts)),
}

/** One objective as the page offers it. */
interface ObjectiveRow {
  readonly title: string
  readonly what: string
  /** What of the recipe it takes. */
  readonly takes: readonly (keyof TrainingRecipe)[]
  make(training: TrainingRecipe, facts: DataFacts): readonly Objective[]
}

const lie = { takes: ['weight', 'generators', 'sampler'] } as const

/** What can be minimised: of one name each, in the order of the page. */
export const objectiveRows: Readonly<Record<ObjectiveName, ObjectiveRow>> = {
  reconstruction: {
    title: 'reconstruction',
    what: 'the mean squared error alone',
    takes: [],
    make: () => [reconstruction()],
  },
  denoising: {
    title: 'denoising',
    what: 'samples are reconstructed from noisy ones',
    takes: ['sigma'],
    make: ({ sigma }) => [denoising({ sigma })],
  },
  contractive: {
    title: 'contractive',
    what: "the squared norm of the encoder's Jacobian",
    takes: ['weight'],
    make: ({ weight }) => [reconstruction(), contractive({ weight })],
  },
  higherOrderContractive: {
    title: 'higher-order contractive',
    what: "the encoder's Jacobian and its change under noise",
    takes: ['weight', 'sigma'],
    make: ({ weight, sigma }) => [reconstruction(), higherOrderContractive({ weight, sigma })],
  },
  lieGroupFirstOrder: {
    title: 'Lie group, first order (R1)',
    what: "learned generators carry the decoder's points to their neighbours",
    ...lie,
    make: ({ weight, generators, sampler }, facts) => [
      reconstruction(),
      lieGroupFirstOrder({ weight, sampler, generators: families[generators](facts) }),
    ],
  },
  lieGroupSecondOrder: {
    title: 'Lie group, second order (R2)',
    what: "learned generators carry the decoder's tangents to those of neighbouring regions",
    ...lie,
    make: ({ weight, generators, sampler }, facts) => [
      reconstruction(),
      lieGroupSecondOrder({ weight, sampler, generators: families[generators](facts) }),
    ],
  },
  lieGroupOrbit: {
    title: 'orbit reconstruction',
    what: 'samples moved along known generators are reconstructed too',
    takes: ['weight', 'scale'],
    make: ({ weight, scale }, facts) => [
      reconstruction(),
      lieGroupOrbit({ bank: bankOf(facts), weight, scale }),
    ],
  },
  lieGroupTangent: {
    title: 'tangents of the orbit',
    what: 'the Jacobian is the identity along known generators',
    takes: ['weight'],
    make: ({ weight }, facts) => [reconstruction(), lieGroupTangent({ bank: bankOf(facts), weight })],
  },
}
