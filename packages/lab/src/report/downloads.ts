import { type CsvValue, csvOf } from '../text/csv.ts'
import type { Download } from './page.ts'
import { csvOfTable, type Table } from './table.ts'

const csv = (name: string, text: string): Download => ({ name, type: 'text/csv', text })

/** The numbers of a table as a file. */
export const csvFile = <R>(name: string, table: Pick<Table<R>, 'columns' | 'groups'>): Download =>
  csv(name, csvOfTable(table))

/** Rows that no table shows as a file: a column for each name. */
export const rowsFile = <R>(
  name: string,
  rows: readonly R[],
  columns: Readonly<Record<string, (row: R) => CsvValue>>,
): Download =>
  csv(
    name,
    csvOf(
      Object.keys(columns),
      rows.map((row) => Object.values(columns).map((value) => value(row))),
    ),
  )

/** Anything as a file, with line breaks where `space` says how far a level is indented. */
export const jsonFile = (name: string, content: object, space?: number): Download => ({
  name,
  type: 'application/json',
  text: `${JSON.stringify(content, null, space)}\n`,
})

/** The document that repeats an experiment. */
export const documentFile = (text: string): Download => ({
  name: 'experiment.yaml',
  type: 'application/yaml',
  text,
})
