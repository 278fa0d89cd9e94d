import { describe } from '@facet/tensor/checks'

/** Numbers of rows, one each: a list or a typed array. */
export type Numbers = ArrayLike<number>

/** @throws TypeError for what has no length. */
export function expectNumbers(operation: string, what: string, values: Numbers): void {
  if (typeof values === 'object' && values !== null && Number.isInteger(values.length)) return
  throw new TypeError(`${operation}: ${what}: expected a list of numbers, got ${describe(values)}`)
}

/** @throws TypeError or RangeError unless all are numbers of at least 0, Infinity, or NaN for what has no error. */
export function expectErrors(operation: string, errors: Numbers): void {
  expectNumbers(operation, 'errors', errors)
  for (let i = 0; i < errors.length; i++) {
    if (typeof errors[i] === 'number' && !(errors[i] < 0)) continue
    throw new RangeError(
      `${operation}: errors: expected numbers of at least 0, got ${describe(errors[i])} at index ${i}`,
    )
  }
}

/** @throws RangeError unless above 0 and below 1. */
export function expectShare(operation: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value > 0 && value < 1) return
  throw new RangeError(`${operation}: ${name}: expected a number above 0 and below 1, got ${describe(value)}`)
}

/** Those that are not NaN, ascending. */
export const ascendingOf = (values: Numbers): Float64Array =>
  Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort()

/** Of ascending values; of an even number the mean of the two in the middle. NaN where there are none. */
export function medianOf(ascending: Numbers): number {
  const n = ascending.length
  const upper = ascending[n >> 1]
  if (n === 0) return Number.NaN
  return n % 2 === 1 ? upper : ascending[(n >> 1) - 1] / 2 + upper / 2
}

/** How many of the ascending values are below `value`. */
export function countBelow(ascending: Numbers, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
