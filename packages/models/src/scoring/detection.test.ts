import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detection } from './detection.ts'

const lists = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean(), fc.boolean()), {
    minLength: 1,
    maxLength: 25,
  })
  .map((rows) => ({
    scores: rows.map(([score]) => score),
    odd: rows.map(([, odd]) => Number(odd)),
    alarms: rows.map(([, , alarm]) => Number(alarm)),
  }))

describe('detection', () => {
  test('has the area that a comparison of every odd row with every normal one gives, ties half', () => {
    fc.assert(
      fc.property(lists, ({ scores, odd, alarms }) => {
        let [sum, pairs] = [0, 0]
        scores.forEach((a, i) => {
          scores.forEach((b, j) => {
            if (!odd[i] || odd[j]) return
            pairs++
            sum += a > b ? 1 : a === b ? 0.5 : 0
          })
        })
        const { auc } = detection(scores, odd, alarms)
        if (pairs === 0) expect(auc).toBeNaN()
        else expect(auc).toBeCloseTo(sum / pairs, 12)
      }),
    )
  })

  test('has the average precision of every threshold that there is', () => {
    fc.assert(
      fc.property(lists, ({ scores, odd, alarms }) => {
        const all = odd.filter(Boolean).length
        let [sum, before] = [0, 0]
        for (const at of [...new Set(scores)].sort((a, b) => b - a)) {
          const named = scores.filter((score) => score >= at).length
          const found = scores.filter((score, i) => score >= at && odd[i]).length
          sum += ((found - before) / all) * (found / named)
          before = found
        }
        const { averagePrecision } = detection(scores, odd, alarms)
        if (all === 0) expect(averagePrecision).toBeNaN()
        else expect(averagePrecision).toBeCloseTo(sum, 12)
      }),
    )
  })

  test('counts alarms among odd and normal rows, and leaves rows without a score out', () => {
    const found = detection([5, 4, 3, 2, Number.NaN], [1, 1, 0, 0, 1], [1, 0, 1, 0, 1])
    expect(found).toMatchObject({ recall: 0.5, precision: 0.5, falseAlarms: 0.5, odd: 2, normal: 2 })
    expect(detection([1, Infinity], [0, 1], [0, 0])).toEqual({
      auc: 1,
      averagePrecision: 1,
      recall: 0,
      precision: Number.NaN,
      falseAlarms: 0,
      odd: 1,
      normal: 1,
    })
  })

  test('refuses lists of several lengths', () => {
    expect(() => detection([1, 2], [1], [0, 0])).toThrow(
      'detection: isOdd: expected 2, one for each score, got 1',
    )
    expect(() => detection([1], [1], null as never)).toThrow(
      'detection: alarms: expected a list of numbers, got null',
    )
  })
})
