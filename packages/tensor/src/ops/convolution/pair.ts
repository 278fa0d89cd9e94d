import { describe } from '../../checks.ts'
import type { OptionKind } from '../../option-table.ts'
import { formatShape } from '../../shape.ts'
import type { Pair } from './params.ts'

const isCount = (n: unknown, least: number): boolean => Number.isSafeInteger(n) && (n as number) >= least

/** Whole numbers from `least` on: one for rows and columns, or a pair. */
/*#__NO_SIDE_EFFECTS__*/
export const aPair = (least = 1): OptionKind<number | Pair> => ({
  check(operation, option, value) {
    if (isCount(value, least)) return
    if (Array.isArray(value) && value.length === 2 && value.every((n) => isCount(n, least))) return
    const got = Array.isArray(value) ? formatShape(value) : describe(value)
    throw new RangeError(
      `${operation}: ${option}: expected a whole number of at least ${least}, or two for rows and columns, got ${got}`,
    )
  },
})

/** An option of this kind as a pair. */
export const asPair = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value)
