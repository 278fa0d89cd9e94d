import { expectOneOf } from '@facet/tensor/checks'
import type { Items } from './items.ts'
import { sampleAt } from './steps.ts'

/** How scores of windows become scores of samples. */
export const sampleScoreRules = ['max', 'mean', 'last'] as const

/**
 * Scores of items as scores of samples: of the windows that a sample lies in the largest, the mean, or that of the last. NaN for a sample in no scored
 * window; windows whose score is NaN do not count.
 *
 * @param scored indices of items; `scores[k]` is that of item `scored[k]`
 * @param samples how many the file has
 * @returns `[samples]`
 * @throws RangeError for another number of scores than items, and an item or sample that there is not
 * @example
 * const parser = samplesParser('csv', 'log.csv')
 * parser.push(new TextEncoder().encode('temp,load\n1,10\n2,20\n3,30\n'))
 * const items = itemsOf(await parser.end(), { length: 2, stride: 1 })
 * scoresOfSamples(items, Int32Array.of(0, 1), [4, 1], 3, 'mean') // [4, 2.5, 1]
 */
export function scoresOfSamples(
  items: Items,
  scored: Int32Array,
  scores: ArrayLike<number>,
  samples: number,
  by: (typeof sampleScoreRules)[number],
): Float64Array {
  expectOneOf('scoresOfSamples', 'by', by, sampleScoreRules)
  if (scored.length !== scores.length) {
    throw new RangeError(
      `scoresOfSamples: expected a score for each of ${scored.length} items, got ${scores.length}`,
    )
  }
  const { steps, starts, span } = items
  const out = new Float64Array(samples).fill(Number.NaN)
  const windows = by === 'mean' ? new Int32Array(samples) : null
  // Of each sample the last window so far: items may come in any order.
  const latest = by === 'last' ? new Int32Array(samples).fill(-1) : null
  for (let k = 0; k < scored.length; k++) {
    const [item, score] = [scored[k], scores[k]]
    if (!(item >= 0 && item < starts.length)) {
      throw new RangeError(`scoresOfSamples: expected items below ${starts.length}, got ${item}`)
    }
    if (Number.isNaN(score)) continue
    for (let step = starts[item]; step < starts[item] + span; step++) {
      const sample = sampleAt(steps, step)
      if (sample < 0) continue
      if (sample >= samples) {
        throw new RangeError(`scoresOfSamples: expected at least ${sample + 1} samples, got ${samples}`)
      }
      if (windows !== null) {
        out[sample] = windows[sample]++ === 0 ? score : out[sample] + score
      } else if (latest !== null) {
        if (item > latest[sample]) {
          latest[sample] = item
          out[sample] = score
        }
      } else if (!(out[sample] >= score)) out[sample] = score
    }
  }
  if (windows !== null) for (let i = 0; i < samples; i++) if (windows[i] > 1) out[i] /= windows[i]
  return out
}
