import { formatShape, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { checkFinite } from '../training/check-data.ts'

/** Classes of samples, any integers: one for each row of the codes. */
export type Labels = ArrayLike<number>

/** @throws TypeError or RangeError unless codes are finite floats [n, width], n ≥ 1, `width` where it is given. */
export function expectCodes(operation: string, what: string, codes: unknown, width?: number): void {
  const expected = `${operation}: ${what}: expected floats [n, ${width ?? 'h'}] with n ≥ 1,`
  if (!(codes instanceof Tensor)) throw new TypeError(`${expected} got ${describe(codes)}`)
  const { shape, dtype } = codes
  const isFloat = dtype === 'float32' || dtype === 'float64'
  if (!isFloat || shape.length !== 2 || shape[0] === 0 || (width !== undefined && shape[1] !== width)) {
    throw new RangeError(`${expected} got ${dtype} ${formatShape(shape)}`)
  }
  checkFinite(operation, what, codes)
}

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
