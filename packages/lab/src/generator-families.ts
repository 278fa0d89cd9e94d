import { full, type GeneratorParametrisation, lowRank, skewSymmetric } from '@facet/regularizers'

/** Families of generators by the name they have on the command line. */
const families: ReadonlyMap<string, () => GeneratorParametrisation> = new Map([
  ['full', () => full()],
  ['skewSymmetric', () => skewSymmetric()],
])

const lowRankForm = /^lowRank:([1-9]\d*)$/

/** Whether a name is `full`, `skewSymmetric` or `lowRank:r`. */
export const isGeneratorsName = (name: string): boolean => families.has(name) || lowRankForm.test(name)

/** The family of a name; `undefined` for none. */
export function familyOf(name: string | undefined): GeneratorParametrisation | undefined {
  if (name === undefined) return undefined
  const [, rank] = lowRankForm.exec(name) ?? []
  return rank === undefined ? families.get(name)?.() : lowRank(Number(rank))
}
