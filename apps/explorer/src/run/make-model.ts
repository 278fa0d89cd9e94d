import { type Autoencoder, autoencoder } from '@facet/models'
import { scope } from '@facet/tensor'
import type { Recipe } from '../state/recipe.ts'
import { done } from './calls.ts'
import type { DataFacts } from './data-facts.ts'
import { asTensor } from './make-data.ts'
import { modelCall } from './model-call.ts'

/** The autoencoder of a recipe before its first step. @throws Error for a bottleneck wider than the data */
export const makeModel = (recipe: Recipe, { train, width }: DataFacts): Autoencoder =>
  scope(() => done(modelCall(recipe, width), { autoencoder, train: asTensor(train, width) }))
