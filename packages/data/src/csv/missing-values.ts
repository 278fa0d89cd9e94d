import { fail, type Source, shown } from '../samples/source.ts'
import { columnName } from '../table/roles.ts'
import { missingHint } from '../text/number-row.ts'
import { fieldName } from './layout.ts'

/** Columns that an error lists. */
const LISTED = 5

/** Missing values as they come, counted by column. */
export class MissingValues {
  readonly #counts: Int32Array
  readonly #lines: Int32Array
  #total = 0
  #first = { field: 0, text: '', line: 0 }

  /** @param fields of a row */
  constructor(fields: number) {
    this.#counts = new Int32Array(fields)
    this.#lines = new Int32Array(fields)
  }

  /** How many came. */
  get total(): number {
    return this.#total
  }

  add(field: number, text: string, line: number): void {
    if (this.#total++ === 0) this.#first = { field, text, line }
    if (this.#counts[field]++ === 0) this.#lines[field] = line
  }

  /** @throws saying how many there are by column, most first, and what to do */
  expectNone(source: Source, names: readonly string[] | null): void {
    if (this.#total === 0) return
    const columns = Array.from(this.#counts.keys()).filter((field) => this.#counts[field] > 0)
    columns.sort((a, b) => this.#counts[b] - this.#counts[a])
    const told = columns
      .slice(0, LISTED)
      .map(
        (field) => `${this.#counts[field]} in ${columnName(names, field)} from line ${this.#lines[field]} on`,
      )
    const more = columns.length > LISTED ? ` and more in ${columns.length - LISTED} other columns` : ''
    const { field, text, line } = this.#first
    const got = `${fieldName(names, field)}: expected a finite number, got ${shown(text)}${missingHint(text)}`
    fail(
      source,
      `line ${line}`,
      `${got}; missing values by column: ${told.join(', ')}${more}; read them by missing: 'keep'`,
    )
  }
}
