/** A matrix by its entries that are not 0: row i has those from `start[i]` up to `start[i + 1]`, in order of their columns. */
export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** [rows + 1] */
  readonly start: Int32Array
  readonly column: Int32Array
  readonly value: Float64Array
}

/** The entries of the matrix column by column: a matrix whose rows are the columns. */
export function transposed({ rows, columns, start, column, value }: SparseMatrix): SparseMatrix {
  const from = new Int32Array(columns + 1)
  for (const j of column) from[j + 1]++
  for (let j = 0; j < columns; j++) from[j + 1] += from[j]
  const next = from.slice()
  const entries = { column: new Int32Array(column.length), value: new Float64Array(value.length) }
  for (let i = 0; i < rows; i++)
    for (let k = start[i]; k < start[i + 1]; k++) {
      const at = next[column[k]]++
      entries.column[at] = i
      entries.value[at] = value[k]
    }
  return { rows: columns, columns: rows, start: from, ...entries }
}
