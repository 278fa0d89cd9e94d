import type { Rows } from '../rows.ts'

/** One file of the UCR archive as plain numbers: `values [count, length]`, row after row. */
export interface UcrFile extends Rows {
  /** The class of each series, as the file numbers it. */
  readonly labels: Int32Array
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The archive of 2018 uses tabs, older ones commas or blanks. */
const separatorOf = (line: string): RegExp => (line.includes('\t') ? /\t/ : line.includes(',') ? /,/ : /\s+/)

/**
 * Reads the text form of the UCR archive: one series a line, `label<TAB>v1<TAB>v2…` (commas or blanks in older files).
 * Needs no backend.
 *
 * @param name of the file, for errors
 * @throws if the text holds no series, a label is not a whole number, a value is missing, not a number or not finite, or
 *   a series is longer or shorter than the first; the error names file, line and value
 * @example parseUcr('1\t0.5\t-0.5\n2\t1\t-1\n', 'Toy_TRAIN.tsv').labels // Int32Array [1, 2]
 */
export function parseUcr(text: string, name: string): UcrFile {
  const lines = text.trimEnd().split(/\r?\n/)
  if (lines[0].trim() === '' && lines.length === 1) {
    throw new Error(`parseUcr: ${name}: expected at least one series, got an empty file`)
  }
  const separator = separatorOf(lines[0])
  const fail = (line: number, message: string): never => {
    throw new Error(`parseUcr: ${name} line ${line + 1}: ${message}`)
  }

  const table = lines.map((line, row) => {
    if (line.trim() === '') fail(row, 'expected a label and values, got an empty line')
    return line.trim().split(separator)
  })
  const length = table[0].length - 1
  if (length < 1) fail(0, `expected a label and values, got only "${table[0][0]}"`)

  const labels = new Int32Array(table.length)
  const values = new Float64Array(table.length * length)
  table.forEach(([label, ...fields], row) => {
    labels[row] = Number(label)
    if (!number.test(label.trim()) || labels[row] !== Number(label)) {
      fail(row, `expected a whole number as label, got "${label}"`)
    }
    if (fields.length !== length) {
      fail(row, `expected ${length} values as in line 1, got ${fields.length}`)
    }
    fields.forEach((field, i) => {
      const value = number.test(field.trim()) ? Number(field) : Number.NaN
      if (!Number.isFinite(value)) fail(row, `value ${i + 1}: expected a finite number, got "${field}"`)
      values[row * length + i] = value
    })
  })
  return { labels, values, count: table.length, length }
}
