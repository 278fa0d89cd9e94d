import * as z from 'zod'
import { oneOf } from '../fields/fields.ts'
import { type ModelName, modelNames, models } from '../objectives.ts'

const aliases = new Map(modelNames.flatMap((name) => models[name].aliases.map((alias) => [alias, name])))

/** A model by its name, or by one that an earlier release had for it. */
export const modelField = (names: readonly ModelName[] = modelNames) =>
  z.preprocess((input) => aliases.get(input as string) ?? input, oneOf(names))
