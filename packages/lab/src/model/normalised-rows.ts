import { type Normaliser, normaliseRows, type PreparedItems } from '@facet/data'
import { type Tensor, tensor } from '@facet/tensor'

/** Rows that are normalised at once: bounds memory beside the rows themselves. */
const chunkRows = 4096

/** Some of the prepared rows in the model's units: in float64, rounded to float32 once. @param rowName names prepared row i in errors */
export function normalisedRows(
  normaliser: Normaliser,
  { rows: { values, length } }: PreparedItems,
  rows: Int32Array,
  rowName: (row: number) => string,
): Tensor {
  const out = new Float32Array(rows.length * length)
  for (let from = 0; from < rows.length; from += chunkRows) {
    const chunk = rows.subarray(from, from + chunkRows)
    const raw = new Float64Array(chunk.length * length)
    chunk.forEach((row, i) => raw.set(values.subarray(row * length, (row + 1) * length), i * length))
    const into = out.subarray(from * length, from * length + raw.length)
    normaliseRows(normaliser, { values: raw, count: chunk.length, length }, into, (i) => rowName(chunk[i]))
  }
  return tensor(out, { shape: [rows.length, length] })
}
