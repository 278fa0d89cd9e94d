import { expectNumbers, type Numbers } from './errors.ts'

/** How well scores find what is labelled as odd. Rows whose score is NaN are in none of these figures. */
export interface Detection {
  /** Area under the ROC curve, ties counted half; NaN where no row is odd or none is normal. */
  readonly auc: number
  /** Precision at every score, weighted by the odd rows found there, rows of one score together; NaN where no row is odd. */
  readonly averagePrecision: number
  /** Of the odd rows, the share with an alarm; NaN where there are none. */
  readonly recall: number
  /** Of the alarms, the share that is odd; NaN where there are none. */
  readonly precision: number
  /** Of the normal rows, the share with an alarm; NaN where there are none. */
  readonly falseAlarms: number
  readonly odd: number
  readonly normal: number
}

/**
 * How well scores and alarms find the rows that are known to be odd.
 *
 * @param scores larger is odder; NaN for a row without one, which is left out
 * @param isOdd of each row 0, or anything else where it is odd
 * @param alarms of each row 0 or 1
 * @throws TypeError or RangeError for what are no lists of one length.
 * @example
 * const { auc, averagePrecision, recall, precision } = detection([5, 1, 2, 9], [1, 0, 0, 0], [1, 0, 0, 1])
 * auc // 2/3: of three normal rows two have a lower score
 * averagePrecision // 0.5: as the odd row is found, half of the rows so far are odd
 * recall // 1
 * precision // 0.5
 */
export function detection(scores: Numbers, isOdd: Numbers, alarms: Numbers): Detection {
  expectLists(scores, isOdd, alarms)
  const rows = Array.from({ length: scores.length }, (_, i) => i).filter((i) => !Number.isNaN(scores[i]))
  const odd = rows.filter((i) => Number(isOdd[i]) !== 0)
  const normal = rows.length - odd.length
  const alarmed = rows.filter((i) => Number(alarms[i]) !== 0)
  const found = odd.filter((i) => Number(alarms[i]) !== 0).length
  return {
    ...curves(scores, isOdd, rows, odd.length),
    recall: found / odd.length,
    precision: found / alarmed.length,
    falseAlarms: (alarmed.length - found) / normal,
    odd: odd.length,
    normal,
  }
}

/** Goes down the scores, rows of one score at once. */
function curves(scores: Numbers, isOdd: Numbers, rows: readonly number[], odd: number) {
  const order = rows.toSorted((a, b) => (scores[a] < scores[b] ? 1 : scores[a] > scores[b] ? -1 : 0))
  const normal = rows.length - odd
  let [seen, seenOdd, area, precision] = [0, 0, 0, 0]
  while (seen < order.length) {
    const score = scores[order[seen]]
    const [before, oddBefore] = [seen, seenOdd]
    while (seen < order.length && scores[order[seen]] === score)
      seenOdd += Number(Number(isOdd[order[seen++]]) !== 0)
    const oddHere = seenOdd - oddBefore
    const normalHere = seen - before - oddHere
    area += normalHere * (oddBefore + oddHere / 2)
    precision += oddHere * (seenOdd / seen)
  }
  return { auc: area / (odd * normal), averagePrecision: precision / odd }
}

function expectLists(scores: Numbers, isOdd: Numbers, alarms: Numbers): void {
  for (const [name, list] of Object.entries({ scores, isOdd, alarms })) {
    expectNumbers('detection', name, list)
    if (list.length === scores.length) continue
    throw new RangeError(
      `detection: ${name}: expected ${scores.length}, one for each score, got ${list.length}`,
    )
  }
}
