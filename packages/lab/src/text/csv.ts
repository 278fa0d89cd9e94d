export type CsvValue = string | number | null

/** What parts the cells of a line. */
export type CsvSeparator = ',' | '\t'

const quoted: Readonly<Record<CsvSeparator, RegExp>> = { ',': /[",\r\n]/, '\t': /["\t\r\n]/ }

const cell = (value: CsvValue, separator: CsvSeparator): string => {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  return quoted[separator].test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** A line of CSV; texts are quoted where they must be (RFC 4180), `null` is an empty cell. */
export const csvLine = (cells: readonly CsvValue[], end = '\n', separator: CsvSeparator = ','): string =>
  `${cells.map((value) => cell(value, separator)).join(separator)}${end}`

/** Rows as CSV (RFC 4180) with a header. */
export const csvOf = (head: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [head, ...rows].map((row) => csvLine(row, '\r\n')).join('')
