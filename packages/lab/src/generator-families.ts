import {
  fromBank,
  full,
  type GeneratorBank,
  type GeneratorParametrisation,
  lowRank,
  skewSymmetric,
} from '@facet/regularizers'
import type { BankChoice, BankName } from './sets/generator-banks.ts'

type BankMaker = (choice: BankChoice) => GeneratorBank

/** Mixtures of a bank's operators, which are linear where it does not keep moments. */
const mixturesOf = (name: BankName) => (bank: BankMaker) => fromBank(bank({ bank: name, zNormalised: false }))

/** Families of generators by the name they have on the command line; some are made of a bank for the samples. */
const families: ReadonlyMap<string, (bank: BankMaker) => GeneratorParametrisation> = new Map([
  ['full', () => full()],
  ['skewSymmetric', () => skewSymmetric()],
  ['learned', mixturesOf('learned')],
  ['given', mixturesOf('given')],
])

const lowRankForm = /^lowRank:([1-9]\d*)$/

/** The names, as help and errors say them. */
export const generatorsNames = 'full, skewSymmetric, learned, given or lowRank:r'

/** Whether a name is one of {@link generatorsNames}. */
export const isGeneratorsName = (name: string): boolean => families.has(name) || lowRankForm.test(name)

/** The family of a name; `undefined` for none. */
export function familyOf(name: string | undefined, bank: BankMaker): GeneratorParametrisation | undefined {
  if (name === undefined) return undefined
  const [, rank] = lowRankForm.exec(name) ?? []
  return rank === undefined ? families.get(name)?.(bank) : lowRank(Number(rank))
}
