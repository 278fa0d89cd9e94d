import { describe } from '@facet/tensor/checks'

/** Classes of samples, any integers: one for each row of the codes. */
export type Labels = ArrayLike<number>

/** @throws RangeError unless there are `count` labels, all integers. */
export function expectLabels(operation: string, what: string, labels: Labels, count: number): void {
  const expected = `${operation}: ${what}: expected ${count} integers, one for each row,`
  if (labels?.length !== count) throw new RangeError(`${expected} got ${labels?.length ?? describe(labels)}`)
  const wrong = Array.from(labels).find((label) => !Number.isInteger(label))
  if (wrong !== undefined) throw new RangeError(`${expected} got ${wrong} among them`)
}

/** The share of predictions that are right. */
export function shareOfMatches(predicted: Labels, labels: Labels): number {
  let right = 0
  for (let n = 0; n < labels.length; n++) right += Number(predicted[n] === labels[n])
  return right / labels.length
}
