import { describe, quote } from '@facet/tensor/checks'
import type { Cell, Columns, NamedColumns, NamedRow, RowsForm, RowsInput, Table } from './table.ts'

/** By its tag: an array of another realm (an iframe, a test's environment) is of another class. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value)

const isTyped = (value: unknown): value is Float32Array | Float64Array =>
  /Float(32|64)Array/.test(tagOf(value))

/** A list, or an array of numbers of any type. */
const isList = (value: unknown): value is ArrayLike<Cell> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const forms =
  'rows as lists of numbers ([[1, 2], [3, 4]]), objects by column ([{ a: 1, b: 2 }]), one object of columns ({ a: [1, 3], b: [2, 4] }), or one Float32Array or Float64Array with columns'

/**
 * Rows of any form as plain numbers.
 *
 * @param columns what is known of the columns: names choose and order those of objects; `null` where nothing is
 * @throws TypeError for what are no rows, RangeError for rows of other columns, naming row and column.
 */
export function readRows(operation: string, rows: RowsInput, columns: Columns | null): Table {
  if (isTyped(rows)) return flat(operation, rows, columns)
  if (isList(rows)) {
    const list = rows as readonly unknown[]
    if (list.length === 0 || list.every(isList)) return lists(operation, list as ArrayLike<Cell>[], columns)
    if (list.every((row) => isObject(row) && !isList(row)))
      return objects(operation, list as NamedRow[], columns)
  } else if (isObject(rows) && Object.keys(rows).length > 0 && Object.values(rows).every(isList)) {
    return named(operation, rows as NamedColumns, columns)
  }
  throw new TypeError(`${operation}: expected ${forms}, got ${told(rows)}`)
}

/** Of a list its first entry that is none of a row. */
function told(rows: unknown): string {
  if (!Array.isArray(rows)) return describe(rows)
  const of = rows.every(isObject)
    ? 'lists and objects in one'
    : `${describe(rows.find((row) => !isObject(row)))} among them`
  return `a list of ${rows.length}, ${of}`
}

const namesOf = (columns: Columns | null): readonly string[] | null =>
  columns === null || typeof columns === 'number' ? null : columns

const widthOf = (columns: Columns): number => (typeof columns === 'number' ? columns : columns.length)

function flat(operation: string, rows: Float32Array | Float64Array, columns: Columns | null): Table {
  if (columns === null)
    throw new TypeError(
      `${operation}: columns: expected their number or names beside one ${describe(rows)}, got none`,
    )
  const width = widthOf(columns)
  const count = rows.length / width
  if (!Number.isInteger(count))
    throw new RangeError(`${operation}: expected rows of ${width} columns, got ${rows.length} numbers`)
  const form = tagOf(rows).includes('32') ? 'float32' : 'float64'
  return {
    values: Float64Array.from(rows, finite(operation, columns)),
    count,
    width,
    names: namesOf(columns),
    form,
  }
}

/** Refuses infinities, which nothing stands for. */
const finite = (operation: string, columns: Columns) => (value: number, i: number) => {
  if (value - value === 0 || Number.isNaN(value)) return value
  const width = widthOf(columns)
  return refuse(operation, Math.floor(i / width), columnName(namesOf(columns), i % width), value)
}

const columnName = (names: readonly string[] | null, column: number): string =>
  names === null ? `column ${column}` : `column ${quote(names[column])}`

function refuse(operation: string, row: number, column: string, value: unknown): never {
  throw new TypeError(
    `${operation}: row ${row}: ${column}: expected a finite number, or null where it is missing, got ${describe(value)}`,
  )
}

/** @throws TypeError for what is no number and nothing that stands for a missing one. */
function cell(operation: string, row: number, column: () => string, value: unknown): number {
  if (typeof value === 'number' && (value - value === 0 || Number.isNaN(value))) return value
  if (value === null || value === undefined) return Number.NaN
  return typeof value === 'boolean' ? Number(value) : refuse(operation, row, column(), value)
}

function table(
  form: RowsForm,
  count: number,
  width: number,
  names: readonly string[] | null,
  at: (row: number, column: number) => number,
): Table {
  const values = new Float64Array(count * width)
  for (let row = 0, i = 0; row < count; row++) for (let j = 0; j < width; j++) values[i++] = at(row, j)
  return { values, count, width, names, form }
}

function lists(operation: string, rows: readonly ArrayLike<Cell>[], columns: Columns | null): Table {
  const width = columns === null ? (rows[0]?.length ?? 0) : widthOf(columns)
  const other = rows.findIndex((row) => row.length !== width)
  if (other >= 0)
    throw new RangeError(`${operation}: row ${other}: expected ${width} numbers, got ${rows[other].length}`)
  const names = namesOf(columns)
  return table('lists', rows.length, width, names, (row, j) =>
    cell(operation, row, () => columnName(names, j), rows[row][j]),
  )
}

/** Names of columns where rows have them: those asked for, or those there are. @throws where they do not fit what is known */
function chosenNames(
  operation: string,
  columns: Columns | null,
  found: readonly string[],
): readonly string[] {
  if (columns === null) return found
  if (typeof columns !== 'number') return columns
  throw new TypeError(
    `${operation}: expected lists of ${columns} numbers, the columns of which have no names, got the names ${listed(found)}`,
  )
}

const listed = (names: readonly string[]): string =>
  names.slice(0, 10).map(quote).join(', ') + (names.length > 10 ? `, … (${names.length})` : '')

function missingColumn(operation: string, where: string, name: string, found: object): never {
  throw new RangeError(
    `${operation}: ${where}expected a column ${quote(name)}, got ${listed(Object.keys(found)) || 'none'}`,
  )
}

function objects(operation: string, rows: readonly NamedRow[], columns: Columns | null): Table {
  const names = chosenNames(operation, columns, Object.keys(rows[0]))
  // A row may lack what is missing in it; a column that no row has is none.
  const absent = names.find((name) => !rows.some((row) => Object.hasOwn(row, name)))
  if (absent !== undefined) missingColumn(operation, '', absent, rows[0])
  if (columns === null) {
    const strange = rows.findIndex((row) => Object.keys(row).some((name) => !Object.hasOwn(rows[0], name)))
    if (strange >= 0) {
      const name = Object.keys(rows[strange]).find((key) => !Object.hasOwn(rows[0], key)) as string
      throw new RangeError(
        `${operation}: row ${strange}: expected the columns of row 0, ${listed(names)}, got ${quote(name)} as well; name those to use: { columns: [...] }`,
      )
    }
  }
  return table('objects', rows.length, names.length, names, (row, j) => {
    const name = names[j]
    return cell(
      operation,
      row,
      () => columnName(names, j),
      Object.hasOwn(rows[row], name) ? rows[row][name] : null,
    )
  })
}

function named(operation: string, rows: NamedColumns, columns: Columns | null): Table {
  const names = chosenNames(operation, columns, Object.keys(rows))
  const lists = names.map((name) =>
    Object.hasOwn(rows, name) ? rows[name] : missingColumn(operation, '', name, rows),
  )
  const count = lists[0]?.length ?? 0
  const other = lists.findIndex((list) => list.length !== count)
  if (other >= 0)
    throw new RangeError(
      `${operation}: column ${quote(names[other])}: expected ${count} rows as in ${quote(names[0])}, got ${lists[other].length}`,
    )
  return table('columns', count, names.length, names, (row, j) =>
    cell(operation, row, () => columnName(names, j), lists[j][row]),
  )
}
