import { define } from '../../fields/definition.ts'
import { orbitCases } from './cases.ts'
import { orbitGapFields } from './schema.ts'
import type { OrbitGapSettings } from './settings.ts'

/** `facet orbit`: an orbit with a gap (docs/mathematics.md 7.2). */
export const orbitGap = define({
  document: 'orbitGap',
  documentAliases: ['orbit'],
  flag: 'orbit-gap',
  flagAliases: [],
  fields: orbitGapFields,
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
