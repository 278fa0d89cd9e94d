import { fixedBank, type GeneratorBank, imageBank, seriesBank } from '@facet/regularizers'
import { type ActedOn, bankCall } from './bank-call.ts'
import { done } from './calls.ts'

/** What makes banks, by name. */
export const bankMakers = { fixedBank, imageBank, seriesBank }

/** The generators that are known to act on the samples. @throws Error where none are known */
export const bankOf = (facts: ActedOn): GeneratorBank => done(bankCall(facts), bankMakers)
