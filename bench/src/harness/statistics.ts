import { key } from '@facet/tensor'

/** @throws RangeError for no numbers. */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('median: expected at least one number, got none')
  // Typed arrays sort by number without a callback: the bootstrap sorts 4000 times.
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/** The quantile p of sorted numbers, linear in between. */
export function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}

/** A ratio with its 95 % interval. */
export interface Ratio {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Resamplings: the ends of a 95 % interval are then the 50th and 1950th, steady to 1 % of its width. */
const resamplings = 2000

/**
 * `median(numerators) / median(denominators)` of paired rounds with the bootstrap's 95 % interval: whole rounds are drawn
 * with replacement, so that noise which hit both contenders of a round stays together. The same numbers give the same
 * interval.
 *
 * @param numerators seconds by round; a round that one did not take part in is `undefined` there and left out.
 * @throws RangeError if no round has both.
 */
export function pairedRatio(
  numerators: readonly (number | undefined)[],
  denominators: readonly (number | undefined)[],
): Ratio {
  const both = numerators.flatMap((a, i) => (a === undefined || denominators[i] === undefined ? [] : [i]))
  const ratioOf = (rounds: readonly number[]): number =>
    median(rounds.map((i) => numerators[i]!)) / median(rounds.map((i) => denominators[i]!))
  const value = ratioOf(both)
  const draws = key('bootstrap').uniformArray(resamplings * both.length)
  const ratios = Array.from({ length: resamplings }, (_, r) =>
    ratioOf(both.map((_, i) => both[Math.floor(draws[r * both.length + i] * both.length)])),
  ).sort((a, b) => a - b)
  return { value, low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) }
}
