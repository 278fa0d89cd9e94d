import type { ReadTable } from './read-csv.ts'

/** How well odd rows are found. */
export interface Found {
  readonly recall: number
  readonly precision: number
  readonly falseAlarms: number
  /** How often an odd row has a larger error than a normal one. */
  readonly auc: number
}

/** Counted anew from a file of scores, without the code that the command counts with. */
export function foundIn(scores: ReadTable, isOdd: (label: string) => boolean): Found {
  const odd = scores.text('label').map(isOdd)
  const alarm = scores.text('anomaly').map((cell) => cell === '1')
  const errors = scores.numbers('error')
  const count = (of: (i: number) => boolean): number => odd.filter((_, i) => of(i)).length
  const hits = count((i) => odd[i] && alarm[i])
  const wrong = count((i) => !odd[i] && alarm[i])
  const all = count((i) => odd[i])
  const normal = Float64Array.from(errors.filter((_, i) => !odd[i])).sort()
  let above = 0
  odd.forEach((isOdd, i) => {
    if (isOdd) above += ranksBelow(normal, errors[i])
  })
  return {
    recall: hits / all,
    precision: hits / (hits + wrong),
    falseAlarms: wrong / normal.length,
    auc: above / (all * normal.length),
  }
}

/** Values below, equal ones by half. */
function ranksBelow(ascending: Float64Array, value: number): number {
  const first = ascending.findIndex((one) => one >= value)
  if (first < 0) return ascending.length
  let equal = 0
  while (ascending[first + equal] === value) equal++
  return first + equal / 2
}
