import * as z from 'zod'
import { fieldsOf, listOf, mostRepetitions, oneOf, wholeNumber } from '../../fields/fields.ts'
import { orbitNames } from './cases.ts'
import { orbitDefaults as defaults, type OrbitSettings } from './settings.ts'

/** Every field of `experiment: orbit`; each is a flag of `facet orbit`. */
export const orbitFields = {
  cases: listOf(oneOf(orbitNames), 'orbits').default([...defaults.cases]),
  seeds: wholeNumber(1, mostRepetitions).default(defaults.seeds),
  steps: wholeNumber(1).nullable().default(defaults.steps),
}

const orbitDocument = fieldsOf({ experiment: z.literal('orbit'), ...orbitFields })

export type OrbitDocument = z.input<typeof orbitDocument>

/** From what a person writes to the settings, with all defaults. */
export const orbitSchema = orbitDocument.transform(
  ({ experiment: _, ...settings }): OrbitSettings => settings,
)
