import type { Dataset, FloatDType } from './dataset.ts'
import { type Rows, rowsFromTensor, rowsToTensor } from './rows.ts'
import { zNormaliseRows } from './z-normalise.ts'

type Rule = (train: Rows, test: Rows) => void

/** One rule per mode, on both parts in place. What is estimated is estimated from the training part alone. */
const rules = {
  none: () => {},
  series: (train, test) => {
    zNormaliseRows('normalise', train, (i) => `series ${i} of train`)
    zNormaliseRows('normalise', test, (i) => `series ${i} of test`)
  },
  range: (train, test) => {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const value of train.values) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (!(high > low)) {
      throw new Error(`normalise: range: expected training values that vary, got all equal to ${low}`)
    }
    for (const { values } of [train, test]) {
      for (let i = 0; i < values.length; i++) values[i] = (values[i] - low) / (high - low)
    }
  },
} satisfies Record<string, Rule>

/**
 * `none`: as given. `series`: each sample has mean 0 and sample standard deviation 1 (as in the UCR archive).
 * `range`: the smallest training value becomes 0, the largest 1, one scale for all dimensions (pixels).
 */
export type Normalisation = keyof typeof rules

/** All modes of {@link normalise}. */
export const normalisations = Object.keys(rules) as Normalisation[]

/**
 * The data set normalised, both parts by what the training part alone determines.
 *
 * @throws for an unknown mode; `series`: if a sample is constant; `range`: if the training part is
 * @example
 * const unit = normalise(cylinderBellFunnel(), 'range')   // the training part lies in [0, 1]
 */
export function normalise(dataset: Dataset, mode: Normalisation): Dataset {
  const rule: Rule | undefined = Object.hasOwn(rules, mode) ? rules[mode] : undefined
  if (!rule) throw new RangeError(`normalise: expected one of ${normalisations.join(', ')}, got ${mode}`)
  const train = rowsFromTensor('normalise', dataset.train)
  const test = rowsFromTensor('normalise', dataset.test)
  rule(train, test)
  return {
    ...dataset,
    train: rowsToTensor(train, dataset.train.dtype as FloatDType),
    test: rowsToTensor(test, dataset.test.dtype as FloatDType),
  }
}
