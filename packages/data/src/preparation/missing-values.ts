import { listed } from '../samples/source.ts'
import { counted } from './numbers.ts'

/** `column temp`, or by index where columns have no names. */
export const columnName = (columns: readonly string[] | null, column: number): string =>
  `column ${columns === null ? column : listed([columns[column]])}`

/** `3 missing values, the first in column temp`; `null` for none. */
export function missingIn(
  row: ArrayLike<number>,
  width: number,
  columns: readonly string[] | null,
): string | null {
  let missing = 0
  let first = -1
  for (let i = 0; i < row.length; i++) {
    if (!Number.isNaN(row[i])) continue
    if (missing++ === 0) first = i
  }
  if (missing === 0) return null
  return `${counted(missing, 'missing value')}, the first in ${columnName(columns, first % width)}`
}

/** How many columns are named. */
const NAMED = 5

/** `7 in column temp, 5 in column hum`. */
export function byColumn(missing: ArrayLike<number>, columns: readonly string[] | null): string {
  const some = Array.from(missing, (count, j) => ({ count, j })).filter(({ count }) => count > 0)
  const named = some.slice(0, NAMED).map(({ count, j }) => `${count} in ${columnName(columns, j)}`)
  return named.join(', ') + (some.length > NAMED ? ` and others in ${some.length - NAMED} more columns` : '')
}
