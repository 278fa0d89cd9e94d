import { oneOf } from '../fields/fields.ts'
import { modelNames, models } from '../studies/paper-table/models.ts'
import { reproduceFields as fields, type ReproduceDocument } from '../studies/paper-table/schema.ts'
import { asList, asNumber, checked } from './setting-option.ts'

/** λ as asked for, in the fields of an experiment document: for all models that have one, and for single models. */
export type Weights = Pick<ReproduceDocument, 'weight' | 'regularizers'>

const weighted = oneOf(modelNames.filter((name) => models[name].tuned === 'weight'))
const numbers = asList(asNumber)

/** `0.01,1,100`, or `lieGroupFirstOrder=0.01,1` for one model; given again, it adds to what was said before. */
export function parseWeight(text: string, before: Weights = {}): Weights {
  const at = text.indexOf('=')
  const weight = checked(fields.weight, numbers(text.slice(at + 1)))
  if (at < 0) return { ...before, weight }
  const model = checked(weighted, text.slice(0, at))
  return { ...before, regularizers: { ...before.regularizers, [model]: { weight } } }
}
