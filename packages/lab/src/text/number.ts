import { mean, standardDeviation } from './statistics.ts'

/** Errors are told in hundredths, as the paper does. */
export const hundredths = (value: number): string => (100 * value).toFixed(2)

/** `39.12 ± 2.10` in hundredths; without a spread for one value, `–` for none. */
export function meanAndSpread(values: readonly number[]): string {
  if (values.length === 0) return '–'
  const spread = standardDeviation(values)
  return spread === null ? hundredths(mean(values)) : `${hundredths(mean(values))} ± ${hundredths(spread)}`
}

/** `1 epoch`, `30 epochs`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
