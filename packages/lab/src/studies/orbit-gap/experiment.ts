import { define } from '../../fields/definition.ts'
import { defaultsOf, field } from '../../fields/field.ts'
import { listOf, mostRepetitions, oneOf, wholeNumber } from '../../fields/fields.ts'
import { orbitCases, orbitNames } from './cases.ts'
import type { OrbitGapSettings } from './settings.ts'

/** Every field of `experiment: orbitGap`, with its flag of `facet orbit`. */
const fields = {
  cases: field(listOf(oneOf(orbitNames), 'orbits'), {
    default: [...orbitNames],
    help: `of ${orbitNames.join(', ')}`,
    shown: 'all',
  }),
  seeds: field(wholeNumber(1, mostRepetitions), { default: 20, help: 'number of seeds' }),
  steps: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'training steps',
    shown: "each case's own",
  }),
}

export const orbitGapDefaults = defaultsOf(fields)

/** `facet orbit`: an orbit with a gap (docs/mathematics.md 7.2). */
export const definition = define({
  document: 'orbitGap',
  documentAliases: ['orbit'],
  flag: 'orbit-gap',
  flagAliases: [],
  command: 'orbit',
  fields,
  settings: (document): OrbitGapSettings => document,
  content: (settings) => ({ ...settings }),
  countJobs: ({ seeds, cases }) => [
    { count: seeds, what: 'seed' },
    {
      // With the plain autoencoder of every orbit.
      count: cases.length + orbitCases.filter(({ orbit }) => cases.includes(orbit)).length,
      what: 'case',
    },
  ],
})
