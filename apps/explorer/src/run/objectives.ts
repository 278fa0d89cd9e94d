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

type Maker = (training: TrainingRecipe, facts: DataFacts) => readonly Objective[]

/** Objectives by name; `state/objective-texts.ts` says what they are. */
export const objectiveMakers: Readonly<Record<ObjectiveName, Maker>> = {
  reconstruction: () => [reconstruction()],
  denoising: ({ sigma }) => [denoising({ sigma })],
  contractive: ({ weight }) => [reconstruction(), contractive({ weight })],
  higherOrderContractive: ({ weight, sigma }) => [
    reconstruction(),
    higherOrderContractive({ weight, sigma }),
  ],
  lieGroupFirstOrder: ({ weight, generators, sampler }, facts) => [
    reconstruction(),
    lieGroupFirstOrder({ weight, sampler, generators: families[generators](facts) }),
  ],
  lieGroupSecondOrder: ({ weight, generators, sampler }, facts) => [
    reconstruction(),
    lieGroupSecondOrder({ weight, sampler, generators: families[generators](facts) }),
  ],
  lieGroupOrbit: ({ weight, scale }, facts) => [
    reconstruction(),
    lieGroupOrbit({ bank: bankOf(facts), weight, scale }),
  ],
  lieGroupTangent: ({ weight }, facts) => [
    reconstruction(),
    lieGroupTangent({ bank: bankOf(facts), weight }),
  ],
}
