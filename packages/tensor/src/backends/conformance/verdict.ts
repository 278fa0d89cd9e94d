import type { DType, TypedArray } from '../../dtype.ts'

/** Nothing, or what is wrong. */
export type Verdict = string | undefined

/** The smallest number above 0. */
export const smallest = (dtype: DType): number => (dtype === 'float64' ? 2 ** -1074 : 2 ** -149)
export const largest = (dtype: DType): number =>
  dtype === 'float64' ? Number.MAX_VALUE : 3.4028234663852886e38

const differs = (at: number, got: number, want: number, bound: number): string =>
  `element ${at} is ${Object.is(got, -0) ? '-0' : got}, expected ${Object.is(want, -0) ? '-0' : want} ± ${bound}`

/** Every element within its own bound; a bound of NaN asks for nothing. */
export function within(got: TypedArray, want: TypedArray, boundOf: (i: number) => number): Verdict {
  for (let i = 0; i < want.length; i++) {
    if (Object.is(got[i], want[i])) continue
    const bound = boundOf(i)
    if (Number.isNaN(bound)) continue
    if (!(Math.abs(got[i] - want[i]) <= bound)) return differs(i, got[i], want[i], bound)
  }
  return undefined
}

export function exactly(got: TypedArray, want: TypedArray, isZeroFree: boolean): Verdict {
  for (let i = 0; i < want.length; i++) {
    if (!Object.is(got[i], want[i]) && !(isZeroFree && got[i] === want[i]))
      return differs(i, got[i], want[i], 0)
  }
  return undefined
}

/** The largest magnitude, NaN if there is one; 0 of nothing. */
export function largestOf(values: TypedArray): number {
  let most = 0
  for (const x of values) most = Math.max(most, Math.abs(x))
  return most
}
