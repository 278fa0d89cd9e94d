import { adam, type Objective, type Optimizer, reconstruction } from '@facet/models'
import {
  contractive,
  denoising,
  fromBank,
  full,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  lowRank,
  skewSymmetric,
} from '@facet/regularizers'
import type { Recipe } from '../state/recipe.ts'
import type { ActedOn } from './bank-call.ts'
import { bankMakers } from './banks.ts'
import { done } from './calls.ts'
import { optimizerCall } from './model-call.ts'
import { objectiveTerms } from './objectives.ts'

const functions = {
  ...bankMakers,
  adam,
  contractive,
  denoising,
  fromBank,
  full,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  lowRank,
  reconstruction,
  skewSymmetric,
}

/** The terms that a recipe minimises. @throws Error where they need generators that are not known */
export const objectivesOf = ({ training }: Recipe, facts: ActedOn): Objective[] =>
  done(objectiveTerms[training.objective](training, facts), functions)

export const optimizerOf = (recipe: Recipe): Optimizer => done(optimizerCall(recipe), functions)
