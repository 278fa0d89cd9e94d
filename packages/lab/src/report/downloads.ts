import type { Download } from './page.ts'
import { csvOfTable, type Table } from './table.ts'

/** The numbers of a table as a file. */
export const csvFile = <R>(name: string, table: Pick<Table<R>, 'columns' | 'groups'>): Download => ({
  name,
  type: 'text/csv',
  text: csvOfTable(table),
})

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
