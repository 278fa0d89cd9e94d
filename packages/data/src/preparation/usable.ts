import { momentsOf } from '../moments.ts'
import { scalesOf, strides } from '../normaliser.ts'
import { obstacleOf } from '../z-normalise.ts'
import { columnName, missingIn } from './missing-values.ts'
import { type Preparation, preparedLength } from './preparation.ts'

const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127

/** Says of rows why the normaliser cannot bring them into a model's units, `null` where it can. */
export function judgeOf(operation: string, preparation: Preparation): (row: Float64Array) => string | null {
  const { normaliser, width, columns, window } = preparation
  // A position of a series that got another length is no column.
  const names = preparation.lengths.rule === 'refuse' ? columns : null
  const period = window === null ? preparedLength(preparation) : width
  const nothing = { values: new Float64Array(0), count: 0, length: preparedLength(preparation) }
  const { per, shifts, scales } = scalesOf(operation, normaliser, nothing)
  const byColumn = per === 'row' ? null : strides[per][1]
  const isHeld = (value: number, at: number): boolean =>
    byColumn === null
      ? Number.isFinite(value)
      : Math.abs((value - shifts[at * byColumn]) / scales[at * byColumn]) <= LARGEST_FLOAT32
  return (row) => {
    for (let i = 0; i < row.length; i++) {
      if (isHeld(row[i], i)) continue
      const missing = missingIn(row, period, names)
      if (missing !== null) return missing
      const column = columnName(names, i % period)
      return Number.isFinite(row[i])
        ? `${row[i]} in ${column} is too large for float32 once it is normalised`
        : `${row[i]} in ${column}`
    }
    if (byColumn !== null) return null
    const obstacle = obstacleOf(row, momentsOf(row).deviation)
    return obstacle === null ? null : `expected a series that varies, got ${obstacle}`
  }
}
