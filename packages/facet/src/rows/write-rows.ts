import type { RowsForm, RowsInput } from './table.ts'

/** What {@link writeRows} makes of numbers, by the form that rows came in. */
export type RowsOutput<R extends RowsInput> = R extends Float32Array | Float64Array
  ? R
  : R extends readonly ArrayLike<unknown>[]
    ? number[][]
    : R extends readonly unknown[]
      ? Record<string, number>[]
      : Record<string, number[]>

/** Numbers `[count, width]` in one of the forms of rows. */
export function writeRows(
  values: Float64Array,
  count: number,
  width: number,
  names: readonly string[] | null,
  form: RowsForm,
): unknown {
  return writers[form](values, count, width, names ?? [])
}

type Writer = (values: Float64Array, count: number, width: number, names: readonly string[]) => unknown

/** `[count, width]` as lists. */
export const rowLists = (values: ArrayLike<number>, count: number, width: number): number[][] =>
  Array.from({ length: count }, (_, row) => Array.from({ length: width }, (_, j) => values[row * width + j]))

const writers: Readonly<Record<RowsForm, Writer>> = {
  lists: rowLists,
  float32: (values) => Float32Array.from(values),
  float64: (values) => values,
  objects: (values, count, width, names) =>
    rowLists(values, count, width).map((row) => Object.fromEntries(row.map((value, j) => [names[j], value]))),
  columns: (values, count, width, names) =>
    Object.fromEntries(
      names.map((name, j) => [name, Array.from({ length: count }, (_, row) => values[row * width + j])]),
    ),
}
