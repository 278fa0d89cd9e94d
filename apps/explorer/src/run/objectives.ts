import type * as models from '@facet/models'
import type * as regularizers from '@facet/regularizers'
import type { GeneratorsName, ObjectiveName, TrainingRecipe } from '../state/recipe.ts'
import { type ActedOn, bankCall } from './bank-call.ts'
import { type Call, callsOf } from './calls.ts'

const ofModels = callsOf<typeof models>('@facet/models')
const call = callsOf<typeof regularizers>('@facet/regularizers')

/** Rank of the low-rank generators, where the data have as many dimensions. */
const RANK = 8

const families: Readonly<Record<GeneratorsName, (facts: ActedOn) => Call>> = {
  full: () => call('full'),
  skewSymmetric: () => call('skewSymmetric'),
  lowRank: ({ width }) => call('lowRank', Math.min(RANK, width)),
  given: (facts) => call('fromBank', bankCall(facts)),
}

/** What makes the terms that are added up. @throws Error where they need generators that are not known */
type Terms = (training: TrainingRecipe, facts: ActedOn) => readonly Call[]

/** Objectives by name; `state/objective-texts.ts` says what they are. */
export const objectiveTerms: Readonly<Record<ObjectiveName, Terms>> = {
  reconstruction: () => [ofModels('reconstruction')],
  denoising: ({ sigma }) => [call('denoising', { sigma })],
  contractive: ({ weight }) => [ofModels('reconstruction'), call('contractive', { weight })],
  higherOrderContractive: ({ weight, sigma }) => [
    ofModels('reconstruction'),
    call('higherOrderContractive', { weight, sigma }),
  ],
  lieGroupFirstOrder: ({ weight, generators, sampler }, facts) => [
    ofModels('reconstruction'),
    call('lieGroupFirstOrder', { weight, sampler, generators: families[generators](facts) }),
  ],
  lieGroupSecondOrder: ({ weight, generators, sampler }, facts) => [
    ofModels('reconstruction'),
    call('lieGroupSecondOrder', { weight, sampler, generators: families[generators](facts) }),
  ],
  lieGroupOrbit: ({ weight, scale }, facts) => [
    ofModels('reconstruction'),
    call('lieGroupOrbit', { bank: bankCall(facts), weight, scale }),
  ],
  lieGroupTangent: ({ weight }, facts) => [
    ofModels('reconstruction'),
    call('lieGroupTangent', { bank: bankCall(facts), weight }),
  ],
}
