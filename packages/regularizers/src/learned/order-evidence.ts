import type { Key } from '@facet/tensor'
import { chainGains } from './order-likelihood.ts'
import { orderShuffles, type ShuffleName, shuffleNames } from './order-shuffles.ts'

/** What rows that an order was not learned from say of it. */
export interface OrderEvidence {
  /** How likely so much evidence is where there is no grid, at most. */
  readonly pValue: number
  /** The chain's log-likelihood above that of independence, in nats a step and row: along the order, and along shuffled ones in the mean. */
  readonly gain: Readonly<Record<'learned' | ShuffleName, number>>
}

/**
 * Holds a path against independence and against shuffled paths, on rows that it was not learned from. The p-value is the largest of the
 * ranks among shuffled paths of each kind, (1 + those that gain as much) / (1 + all), which are exact where columns are exchangeable; and
 * 1 where the chain gains nothing.
 *
 * @param rows [d, m] as {@link chainGains} takes them, of means and variances of their own: those of all rows would tell of the others
 */
export function orderEvidence(
  rows: Float64Array,
  path: Int32Array,
  shuffles: number,
  key: Key,
): OrderEvidence {
  const learned = meanOf(chainGains(rows, path))
  let pValue = learned > 0 ? 0 : 1
  const gain = { learned, nearby: 0, random: 0 }
  for (const name of shuffleNames) {
    let asGood = 0
    for (let r = 0; r < shuffles; r++) {
      const own = meanOf(chainGains(rows, orderShuffles[name](path, key.child(name, r))))
      if (own >= learned) asGood++
      gain[name] += own / shuffles
    }
    pValue = Math.max(pValue, (1 + asGood) / (1 + shuffles))
  }
  return { pValue, gain }
}

const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length
