import { checkPreparation, fitPreparation, type ItemSplit, type Preparation, splitItems } from '@facet/data'
import { key } from '@facet/tensor'
import type { ResolvedFitOptions } from './options.ts'
import { itemsOfTable, type PreparedRows, prepareTable } from './prepared.ts'
import { readRows } from './rows/read-rows.ts'
import type { Columns, RowsInput, Table } from './rows/table.ts'

/** Rows of one part, and what they are to become where pairs are given. */
export interface Part {
  /** `[count, width]` in the model's units. */
  readonly x: Float32Array
  /** `null` where rows are to become themselves. */
  readonly y: Float32Array | null
  readonly count: number
}

/** What a model is trained on. */
export interface TrainingRows {
  readonly preparation: Preparation
  readonly width: number
  readonly train: Part
  readonly heldOut: Part
  /** Rows that cannot be used. */
  readonly leftOut: number
  readonly filled: number
}

/** Reads rows, splits them as `facet train` does, and brings both parts into units that the training part alone tells. */
export function trainingRows(rows: RowsInput, options: ResolvedFitOptions): TrainingRows {
  const { columns = null, target, normalise, missing } = options
  const table = trainingTable('fit', rows, columns)
  const targets = target === undefined ? null : targetsOf('fit', target, table)
  const { train, validation } = splitOf(table, options)
  const items = itemsOfTable(table)
  const fitted = saying('fit', () =>
    fitPreparation({ columns: table.names }, items, train, { normalise, missing }),
  )
  // As it is read back: the same fields in the same order.
  const preparation = checkPreparation(fitted)
  const parts = [train, validation].map((which) => partOf('fit', preparation, table, targets, which))
  const [{ part: trained, prepared: first }, { part: heldOut, prepared: second }] = parts
  return {
    preparation,
    width: table.width,
    train: trained,
    heldOut,
    leftOut: first.unusable.length + second.unusable.length,
    filled: first.filled + second.filled,
  }
}

/** Rows to train on as plain numbers. @throws RangeError for none, and for those of fewer than two columns */
export function trainingTable(operation: string, rows: RowsInput, columns: Columns | null): Table {
  const table = readRows(operation, rows, columns)
  if (table.count === 0) throw new RangeError(`${operation}: expected rows to train on, got none`)
  if (table.width >= 2) return table
  throw new RangeError(`${operation}: expected rows of at least 2 columns, got ${table.width}`)
}

/** What rows are to become. @throws RangeError for another number of them than of rows */
export function targetsOf(operation: string, target: RowsInput, table: Table): Table {
  const targets = readRows(`${operation}: target`, target, table.names ?? table.width)
  if (targets.count === table.count) return targets
  throw new RangeError(
    `${operation}: target: expected ${table.count} rows, as many as are given, got ${targets.count}`,
  )
}

function splitOf(
  table: Table,
  { validation, seed }: ResolvedFitOptions,
): Pick<ItemSplit, 'train' | 'validation'> {
  const share = table.count < 2 ? 0 : validation
  return splitItems(itemsOfTable(table), { validation: share, key: key(seed).child('split'), by: 'random' })
}

/** Some rows of a table in the model's units, with their targets. @throws RangeError for a target that cannot be used */
export function partOf(
  operation: string,
  preparation: Preparation,
  table: Table,
  targets: Table | null,
  which: Int32Array,
): { part: Part; prepared: PreparedRows } {
  const prepared = saying(operation, () => prepareTable(preparation, table, which))
  const { values: x, places } = prepared
  if (targets === null) return { part: { x, y: null, count: places.length }, prepared }
  const { values: y, unusable } = saying(operation, () => prepareTable(preparation, targets, places))
  if (unusable.length === 0) return { part: { x, y, count: places.length }, prepared }
  const [{ item, reason }] = unusable
  throw new RangeError(`${operation}: target: row ${item}: ${reason}`)
}

/** Errors of the functions within, told on behalf of the one that was called. */
export function saying<T>(operation: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replace(/^[a-zA-Z]+: /, `${operation}: `)
    throw error
  }
}
