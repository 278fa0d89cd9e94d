import { momentsOf } from '../moments.ts'

/** What stands in for a missing value, of those that are there: at least one, in any order afterwards. */
export const middles = {
  mean: (values: Float64Array): number => momentsOf(values).mean,
  median(values: Float64Array): number {
    const sorted = values.sort()
    const half = sorted.length >> 1
    if (sorted.length % 2 === 1) return sorted[half]
    return sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2
  },
} as const
