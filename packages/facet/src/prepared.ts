import { normaliseRows, type Preparation, prepareItems, type Rows, rowItems } from '@facet/data'
import type { Table } from './rows/table.ts'

/** Rows as a model is given them. */
export interface PreparedRows {
  /** Without gaps, in the rows' own units. */
  readonly rows: Rows
  /** `[count, length]` in the model's units. */
  readonly values: Float32Array
  /** Of each prepared row its row in what was given. */
  readonly places: Int32Array
  /** Values that were filled in. */
  readonly filled: number
  /** Rows that cannot be used, and why. */
  readonly unusable: readonly { readonly item: number; readonly reason: string }[]
}

/** The rows of a table as its items. */
export const itemsOfTable = ({ values, count, width }: Table) =>
  rowItems({ values, count, length: width, time: null })

/** Brings rows into the model's units; those that cannot be used are left out and listed. */
export function prepareTable(preparation: Preparation, table: Table, which?: Int32Array): PreparedRows {
  const { rows, items, filled, unusable } = prepareItems(preparation, itemsOfTable(table), which)
  const values = normaliseRows(preparation.normaliser, rows, undefined, (row) => `row ${items[row]}`)
  return { rows, values, places: items, filled, unusable }
}
