/** A number, or nothing where it is missing: `null`, `undefined` or NaN. `true` is 1, `false` 0. */
export type Cell = number | boolean | null | undefined

/** One row by the names of its columns. */
export type NamedRow = Readonly<Record<string, Cell>>

/** All rows by column. */
export type NamedColumns = Readonly<Record<string, ArrayLike<Cell>>>

/**
 * Rows as people have them: lists of numbers; one typed array, row after row, with the number or names of `columns`; objects by column; or one object of columns.
 */
export type RowsInput =
  | readonly ArrayLike<Cell>[]
  | Float32Array
  | Float64Array
  | readonly NamedRow[]
  | NamedColumns

/** In which form rows came, and what is computed of them goes back. */
export type RowsForm = 'lists' | 'float32' | 'float64' | 'objects' | 'columns'

/** Rows as plain numbers. */
export interface Table {
  /** `[count, width]`, NaN where a number is missing. */
  readonly values: Float64Array
  readonly count: number
  readonly width: number
  /** `null` where columns have no names. */
  readonly names: readonly string[] | null
  readonly form: RowsForm
}

/** What is known of columns before rows are read: their number, or their names. */
export type Columns = number | readonly string[]
