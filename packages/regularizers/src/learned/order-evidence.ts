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
 * Holds a path against independence and against shuffled paths, on rows that it was not learned from. The p-value is the largest of those
 *
 * - of the sign test over rows: so many gains above 0 or more, were either sign as likely;
 * - of the rank among shuffled paths of each kind, (1 + those that gain as much) / (1 + all): exact where columns are exchangeable.
 *
 * @param rows [d, m] as {@link chainGains} takes them
 */
export function orderEvidence(
  rows: Float64Array,
  path: Int32Array,
  shuffles: number,
  key: Key,
): OrderEvidence {
  const gains = chainGains(rows, path)
  const learned = meanOf(gains)
  const above = gains.reduce((count, own) => count + (own > 0 ? 1 : 0), 0)
  let pValue = signTest(above, gains.length)
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

/** The probability of at least `above` heads in `n` throws of a fair coin. */
export function signTest(above: number, n: number): number {
  let tail = 0
  // The log of C(n, k) 2⁻ⁿ, from k = n down.
  for (let k = n, log = -n * Math.LN2; k >= above; k--) {
    tail += Math.exp(log)
    log += Math.log(k / (n - k + 1))
  }
  return Math.min(1, tail)
}
