import type { Layer } from './layers/layer.ts'
import { sumOf } from './list.ts'
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

const dot = (a: Float64Array, b: ArrayLike<number>): number => sumOf(a, (value, i) => value * b[i])

/** The columns of a layer's Jacobian at the point that came last. */
const jacobian = ({ inputs, run }: Layer): Float64Array[] =>
  Array.from({ length: inputs }, (_, j) => run(new Float64Array(inputs).fill(1, j, j + 1), true))

/** As `explain` of `@facet/models` does: shares of the squared error, and the column whose change within the local map takes away most of it. */
export function explained(
  [encoder, decoder, , shortest]: Model,
  [x, row, undo]: Prepared,
  nameOf: (column: number) => Column,
): Explanation {
  const made = decoder.run(encoder.run(x))
  const residual = x.map((value, j) => value - made[j])
  const whole = dot(residual, residual)
  const images = jacobian(decoder)
  const pulled = images.map((image) => dot(image, residual))
  const gram = images.map((image) => images.map((other) => dot(image, other)))
  let cause: Explanation['cause'] = null
  let most = 0
  jacobian(encoder).forEach((code, j) => {
    const along = residual[j] - dot(code, pulled)
    const squared = sumOf(code, (value, k) => value * dot(code, gram[k]))
    const length = 1 - 2 * sumOf(code, (value, k) => value * images[k][j]) + squared
    const taken = along ** 2 / length
    if (!(length > shortest * (1 + squared) && taken > most)) return
    most = taken
    cause = {
      column: nameOf(j),
      share: Math.min(1, taken / whole),
      value: row[j],
      expected: undo(x[j] - along / length, j),
    }
  })
  return {
    columns: Array.from(residual, (value, j) => ({
      column: nameOf(j),
      share: value ** 2 / (whole || 1),
    })).sort((a, b) => b.share - a.share),
    cause,
  }
}
