import { describe, expectCount, type OptionKind } from '@facet/tensor/checks'

/** Lists of positive integers, of any length. */
export const aWidthList: OptionKind<readonly number[]> = {
  check(operation, option, widths) {
    if (!Array.isArray(widths)) {
      throw new TypeError(`${operation}: ${option}: expected a list of widths, got ${describe(widths)}`)
    }
    for (const width of widths) expectCount(operation, option, width)
  },
}
