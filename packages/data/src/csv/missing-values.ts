import { fail, type Source, shown } from '../samples/source.ts'
import { columnName } from '../table/roles.ts'
import { missingHint } from '../text/number-row.ts'
import { fieldName } from './layout.ts'

/** Columns that an error lists. */
const LISTED = 5

/** Missing values as they come, counted by column. */
export class MissingValues {
  readonly #fields: number
  /** By field, once there is one: a row may have millions. */
  #counts: Int32Array | null = null
  #total = 0
  #first = { field: 0, text: '', line: 0 }

  /** @param fields of a row */
  constructor(fields: number) {
    this.#fields = fields
  }

  /** How many came. */
  get total(): number {
    return this.#total
  }

  add(field: number, text: string, line: number): void {
    if (this.#total++ === 0) this.#first = { field, text, line }
    this.#counts ??= new Int32Array(this.#fields)
    this.#counts[field]++
  }

  /** @throws saying how many there are by column, most first, and what to do */
  expectNone(source: Source, names: readonly string[] | null): void {
    if (this.#counts === null) return
    const counts = this.#counts
    const columns = Array.from(counts.keys()).filter((field) => counts[field] > 0)
    columns.sort((a, b) => counts[b] - counts[a])
    const told = columns.slice(0, LISTED).map((field) => `${counts[field]} in ${columnName(names, field)}`)
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
