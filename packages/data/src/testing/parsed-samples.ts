import { noFacts } from '../samples/row-table.ts'
import type { ParsedSamples } from '../samples/samples.ts'

/** Samples as a parser gives them, of rows of one length. */
export const parsedSamples = (
  rows: readonly (readonly number[])[],
  facts: Partial<ParsedSamples> = {},
): ParsedSamples => ({
  values: Float64Array.from(rows.flat()),
  count: rows.length,
  length: rows[0]?.length ?? 0,
  labels: null,
  ...noFacts,
  rowsInFile: rows.length,
  rows: null,
  ...facts,
})

/** A time column. */
export const timesOf = (times: readonly number[]): NonNullable<ParsedSamples['time']> => ({
  name: 'time',
  values: times.map(String),
  times: Float64Array.from(times),
})

/** A group column. */
export const groupsOf = (values: readonly string[]): NonNullable<ParsedSamples['group']> => ({
  name: 'unit',
  values,
})
