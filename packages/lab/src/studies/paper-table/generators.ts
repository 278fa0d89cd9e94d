import { text } from '../../fields/fields.ts'
import { isGeneratorsName } from '../../generator-families.ts'
import { type ModelName, models } from '../../objectives.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import type { GridTask } from '../../study/grid.ts'
import type { ReproduceSettings } from './settings.ts'

/**
 * Values of a sample up to which the rule `byLength` takes full generators, as the paper does: h·d² numbers, 12 million at the 1,092
 * of Haptics. At the 3,072 of CIFAR-10 they would be 94 million, which with gradients and both moments of Adam are 1.5 GB.
 */
export const longestFull = 1100

/** What the rule takes above: 2·8·h·d numbers, half a million for CIFAR-10. */
export const familyAbove = 'lowRank:8'

const byLength = 'byLength'

/** A family that needs no bank, or the rule. */
export const generatorsRule = text('a family of generators').refine(
  (name) => name === byLength || (isGeneratorsName(name) && name !== 'learned' && name !== 'given'),
  `expected full, skewSymmetric, lowRank:r or ${byLength}`,
)

/** The family for samples of so many values. */
export const generatorsFor = (
  { generators }: Pick<ReproduceSettings, 'generators'>,
  length: number,
): string => (generators !== byLength ? generators : length <= longestFull ? 'full' : familyAbove)

/** Whether a model is trained on samples of such a size. */
export const isTrainedAt = (
  { secondOrderUpTo }: Pick<ReproduceSettings, 'secondOrderUpTo'>,
  model: ModelName,
  { length }: Pick<SetSizes, 'length'>,
): boolean =>
  secondOrderUpTo === null || length <= secondOrderUpTo || models[model].objective !== 'lieGroupSecondOrder'

/**
 * Time of a training step with `lowRank:8` in those of `ae`: the longest measured at d = 140 to 3072, w = 64, h = 10, batch 16, on one
 * thread of a Zen 4 (first order 2.7 to 5.7, second 14.8 to 36.0).
 */
const lowRankSteps: ReadonlyMap<string, number> = new Map([
  ['lieGroupFirstOrder', 5.7],
  ['lieGroupSecondOrder', 36],
])

/** Time of a training step of a task in those of `ae`. */
export function stepsOf(settings: ReproduceSettings, { model }: GridTask, { length }: SetSizes): number {
  const { objective, cost } = models[model]
  const isLowRank = generatorsFor(settings, length).startsWith('lowRank')
  return (isLowRank ? lowRankSteps.get(objective) : undefined) ?? cost(length)
}
