import type { Rows } from '../rows.ts'
import { UcrTextParser } from './text-parser.ts'

/** One file of the UCR archive as plain numbers: `values [count, length]`, row after row. */
export interface UcrFile extends Rows {
  /** The class of each series, as the file numbers it. */
  readonly labels: Int32Array
}

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
  const parser = new UcrTextParser({ operation: 'parseUcr', name }, { dtype: 'float64', labelled: true })
  parser.push(new TextEncoder().encode(text))
  const { values, labels, count, length } = parser.end()
  return { values: values as Float64Array, labels: labels as Int32Array, count, length }
}
