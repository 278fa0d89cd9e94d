import { fixedBank, type GeneratorBank } from '@facet/regularizers'
import { type ActedOn, bankCall } from './bank-call.ts'
import { done } from './calls.ts'

/** What makes banks of wide samples. */
export type WideBanks = Pick<typeof import('./regularizers.ts'), 'imageBank' | 'seriesBank'>

/** Loads it where samples are series or images; `null` where they are points. */
export const wideBanksOf = async ({ kind }: ActedOn): Promise<WideBanks | null> =>
  kind === 'points' ? null : import('./regularizers.ts')

/** The generators that are known to act on the samples. @throws Error where none are known */
export const bankOf = (facts: ActedOn, wide: WideBanks | null): GeneratorBank =>
  done(bankCall(facts), { fixedBank, ...wide })
