import type { Preparation } from '@facet/data'
import { restoreRows } from '@facet/data'
import { type Autoencoder, explain } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import type { PreparedRows } from './prepared.ts'

/** A column by its name, or by its index where columns have none, and its share of the squared error of a row. */
export interface ColumnShare {
  readonly column: string | number
  readonly share: number
}

/** The one change of a row that takes most of its error away. */
export interface Cause extends ColumnShare {
  /** What the row has there, and what the model expects, in the rows' own units. */
  readonly value: number
  readonly expected: number
  /** Whether the row with that value lies in the same region, so that the share is exact. */
  readonly exact: boolean
}

/** Where the error of a row lies. */
export interface RowExplanation {
  /** All columns, those with the largest share first; empty for a row that cannot be scored. */
  readonly columns: readonly ColumnShare[]
  /** `null` where no change of one column takes any of the error away. */
  readonly cause: Cause | null
}

/** Where the errors of prepared rows lie. */
export function explainRows(
  model: Autoencoder,
  x: Tensor,
  { rows }: PreparedRows,
  { normaliser, columns: names }: Preparation,
): RowExplanation[] {
  const { count, length } = rows
  const { shares, cause, causeShare, expected, stays } = explain(model, x)
  const changed = Float64Array.from(x.dataSync() as ArrayLike<number>)
  for (let i = 0; i < count; i++) if (cause[i] >= 0) changed[i * length + cause[i]] = expected[i]
  const restored = restoreRows(normaliser, rows, changed)
  const nameOf = (column: number): string | number => (names === null ? column : names[column])
  return Array.from({ length: count }, (_, i) => {
    const at = i * length
    const column = cause[i]
    return {
      columns: Array.from({ length }, (_, j) => ({ column: nameOf(j), share: shares[at + j] })).sort(
        (a, b) => b.share - a.share,
      ),
      cause:
        column < 0
          ? null
          : {
              column: nameOf(column),
              share: causeShare[i],
              value: rows.values[at + column],
              expected: restored[at + column],
              exact: stays[i] === 1,
            },
    }
  })
}
