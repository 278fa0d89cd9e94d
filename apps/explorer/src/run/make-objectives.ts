import { adam, type Objective, type Optimizer, reconstruction } from '@facet/models'
import type { Recipe } from '../state/recipe.ts'
import type { ActedOn } from './bank-call.ts'
import { done } from './calls.ts'
import { optimizerCall } from './model-call.ts'
import { objectiveTerms } from './objectives.ts'

/** The terms that a recipe minimises. @throws Error where they need generators that are not known */
export async function objectivesOf({ training }: Recipe, facts: ActedOn): Promise<Objective[]> {
  const terms = objectiveTerms[training.objective](training, facts)
  const isPlain = training.objective === 'reconstruction'
  return done(terms, { reconstruction, ...(!isPlain && (await import('./regularizers.ts'))) })
}

export const optimizerOf = (recipe: Recipe): Optimizer => done(optimizerCall(recipe), { adam })
