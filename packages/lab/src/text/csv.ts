export type CsvValue = string | number | null

const cell = (value: CsvValue): string => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A line of CSV; texts are quoted where they must be (RFC 4180), `null` is an empty cell. */
export const csvLine = (cells: readonly CsvValue[], end = '\n'): string =>
  `${cells.map(cell).join(',')}${end}`

/** Rows as CSV (RFC 4180) with a header. */
export const csvOf = (head: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [head, ...rows].map((row) => csvLine(row, '\r\n')).join('')
