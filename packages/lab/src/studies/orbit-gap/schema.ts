import { defaultsOf, type Filled, field } from '../../fields/field.ts'
import { listOf, mostRepetitions, oneOf, wholeNumber } from '../../fields/fields.ts'
import { orbitNames } from './cases.ts'

/** Every field of `experiment: orbitGap`, with its flag of `facet orbit`. */
export const orbitGapFields = {
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

export type OrbitGapDocument = Filled<typeof orbitGapFields>

export const orbitGapDefaults = defaultsOf(orbitGapFields)
