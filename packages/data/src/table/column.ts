import { describe, type OptionKind } from '@facet/tensor/checks'

/** A column by its name in the header, or by its index from 0, negative from the end. */
export type Column = string | number

const isColumn = (value: unknown): value is Column =>
  typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && value !== ''

/** Columns as options. */
export const aColumn: OptionKind<Column> = {
  check(operation, option, value) {
    if (isColumn(value)) return
    throw new TypeError(`${operation}: ${option}: expected a column by name or index, got ${describe(value)}`)
  },
}

/** Lists of columns as options. */
export const aColumnList: OptionKind<readonly Column[]> = {
  check(operation, option, value) {
    if (Array.isArray(value) && value.every(isColumn)) return
    throw new TypeError(
      `${operation}: ${option}: expected a list of columns by name or index, got ${describe(value)}`,
    )
  },
}
