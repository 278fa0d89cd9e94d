import { expectSame, fail } from './fail.ts'

/** A number, or nothing where it is missing: `null`, `undefined` or NaN. `true` is 1, `false` 0. */
export type Cell = number | boolean | null | undefined

/** Rows as lists of numbers, or as objects by column. */
export type Rows = readonly (ArrayLike<Cell> | Readonly<Record<string, Cell>>)[]

/** The numbers of a row, NaN where one is missing. @throws Error for another width, or what is no number */
export function readRow(
  where: string,
  row: Rows[number],
  columns: readonly string[] | null,
  width: number,
): number[] {
  const isNamed = columns && row === Object(row) && !(Symbol.iterator in row)
  const cells = isNamed ? columns.map((name) => (row as Readonly<Record<string, Cell>>)[name]) : row
  expectSame(`${where}: numbers`, width, cells?.length)
  return [...(cells as Cell[])].map((cell, j) => {
    const value = cell ?? NaN
    return 'number boolean'.includes(typeof value) && 1 / Number(value) !== 0
      ? Number(value)
      : fail(`${where}: column ${columns?.[j] ?? j}`, 'a finite number', cell)
  })
}
