import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedSamples, timesOf } from '../testing/parsed-samples.ts'
import { itemsOf } from './items.ts'
import { sampleScoreRules, scoresOfSamples } from './scores-of-samples.ts'
import { sampleAt } from './steps.ts'

const none = Number.NaN
const series = (n: number) =>
  parsedSamples(
    Array.from({ length: n }, (_, i) => [i]),
    { time: timesOf(Array.from({ length: n }, (_, i) => n - i)) },
  )

describe('scoresOfSamples', () => {
  it('takes the largest, the mean or the last of the windows of a sample', () => {
    const items = itemsOf(parsedSamples([[0], [1], [2], [3]]), { length: 2, stride: 1 })
    const scored = Int32Array.of(0, 1, 2)
    const by = (rule: (typeof sampleScoreRules)[number]) => [
      ...scoresOfSamples(items, scored, [4, 1, 3], 4, rule),
    ]
    expect(by('max')).toEqual([4, 4, 3, 3])
    expect(by('mean')).toEqual([4, 2.5, 2, 3])
    expect(by('last')).toEqual([4, 1, 3, 3])
  })

  it('leaves samples in no scored window without a score', () => {
    const items = itemsOf(parsedSamples([[0], [1], [2], [3], [4]]), { length: 2, stride: 1 })
    expect([...scoresOfSamples(items, Int32Array.of(0, 3), [1, none], 5, 'max')]).toEqual([
      1,
      1,
      none,
      none,
      none,
    ])
  })

  it('agrees with looking at every window of every sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 30 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.tuple(fc.boolean(), fc.integer({ min: -5, max: 5 }))),
        fc.constantFrom(...sampleScoreRules),
        (n, length, stride, draws, by) => {
          const items = itemsOf(series(n), { length, stride })
          const drawn = Array.from(items.starts, () => draws.next().value as [boolean, number])
          const scored = drawn.flatMap(([is], item) => (is ? [item] : [])).reverse()
          const scores = scored.map((item) => drawn[item][1])
          const found = scoresOfSamples(items, Int32Array.from(scored), scores, n, by)
          for (let sample = 0; sample < n; sample++) {
            const own = scored
              .filter((item) => {
                const begin = items.starts[item]
                return Array.from({ length }, (_, k) => sampleAt(items.steps, begin + k)).includes(sample)
              })
              .sort((a, b) => a - b)
              .map((item) => drawn[item][1])
            const expected = {
              max: () => Math.max(...own),
              mean: () => own.reduce((sum, score) => sum + score, 0) / own.length,
              last: () => own[own.length - 1],
            }[by]
            if (own.length === 0) expect(found[sample]).toBeNaN()
            else expect(found[sample]).toBeCloseTo(expected(), 12)
          }
        },
      ),
    )
  })

  it('gives a row that was put into a hole no score', () => {
    const samples = parsedSamples([[0], [1], [2], [3]], { time: timesOf([0, 1, 3, 4]) })
    const items = itemsOf(samples, { length: 5, stride: 1 }, 'interpolate')
    expect([...scoresOfSamples(items, Int32Array.of(0), [2], 4, 'mean')]).toEqual([2, 2, 2, 2])
  })

  it('says what does not fit', () => {
    const items = itemsOf(parsedSamples([[0], [1]]), null)
    expect(() => scoresOfSamples(items, Int32Array.of(0), [], 2, 'max')).toThrow(
      'scoresOfSamples: expected a score for each of 1 items, got 0',
    )
    expect(() => scoresOfSamples(items, Int32Array.of(2), [1], 2, 'max')).toThrow(
      'expected items below 2, got 2',
    )
    expect(() => scoresOfSamples(items, Int32Array.of(1), [1], 1, 'max')).toThrow(
      'expected at least 2 samples, got 1',
    )
    expect(() => scoresOfSamples(items, Int32Array.of(1), [1], 2, 'min' as 'max')).toThrow(
      "by: expected one of max, mean, last, got 'min'",
    )
  })
})
