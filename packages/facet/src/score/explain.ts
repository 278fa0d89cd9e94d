import { dot } from './list.ts'
import type { Model } from './model.ts'
import type { Prepared } from './preparation.ts'

/** A column by its name, or its index where columns have no names. */
export type Column = string | number

/** Where the error of a row lies. */
export interface Explanation {
  /** Of each column its share in the squared error, the largest first. They sum to 1; NaN for a row that cannot be scored. */
  readonly columns: readonly { readonly column: Column; readonly share: number }[]
  /** The one column whose change, to `expected`, takes away most of the error, and which share of it; `null` where no change takes any away. */
  readonly cause: {
    readonly column: Column
    readonly share: number
    readonly value: number
    readonly expected: number
  } | null
}

/** As `explain` of `@facet/models` does: shares of the squared error, and the column whose change within the local map takes away most of it. */
export function explained(
  [, { run }, round]: Model,
  [x, row, undo]: Prepared,
  residual: Float64Array,
  nameOf: (column: number) => Column,
): Explanation {
  const whole = dot(residual, residual)
  let cause: Explanation['cause'] = null
  x.forEach((value, j) => {
    const image = run(new Float64Array(x.length).fill(1, j, j + 1), true)
    const along = residual[j] - dot(image, residual)
    const squared = dot(image, image)
    const length = 1 - 2 * image[j] + squared
    const share = Math.min(1, along ** 2 / length / whole)
    // Shorter columns of the error's linear part are rounding.
    if (length > (round === Number ? 1e-12 : 1e-5) * (1 + squared) && share > (cause?.share ?? 0))
      cause = { column: nameOf(j), share, value: row[j], expected: undo(value - along / length, j) }
  })
  return {
    columns: Array.from(residual, (value, j) => ({
      column: nameOf(j),
      share: value ** 2 / (whole || 1),
    })).sort((a, b) => b.share - a.share),
    cause,
  }
}
