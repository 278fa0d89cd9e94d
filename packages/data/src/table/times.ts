import { fail, type Source, shown } from '../samples/source.ts'
import { decimal } from '../text/decimal.ts'
import { dateOf } from './dates.ts'

/** The values of a time column as they come: all numbers, or all dates. */
export class Times {
  readonly #source: Source
  readonly #name: string
  #kind: 'numbers' | 'dates' | null = null
  #firstLine = 0
  readonly #monthFirst: number[] = []
  /** Only where it ever differs. */
  #dayFirst: number[] | null = null
  /** Whether all dates of the file, kept or not, are dates in this order. */
  #mayBeMonthFirst = true
  #mayBeDayFirst = true
  /** Of the row just read. */
  #now = { monthFirst: 0, dayFirst: 0 }

  /** @param name of the column in errors */
  constructor(source: Source, name: string) {
    this.#source = source
    this.#name = name
  }

  /** Reads the value of a row. @throws for what is neither date nor number, or not what the first one was */
  read(text: string, line: number): void {
    const isNumber = decimal.test(text)
    const kind = isNumber ? 'numbers' : 'dates'
    const date = isNumber ? { monthFirst: Number(text), dayFirst: Number(text) } : dateOf(text)
    if (date === null || !Number.isFinite(date.monthFirst + date.dayFirst)) {
      if (date === null || isNumber) this.#refuse(text, line)
    }
    if (this.#kind === null) {
      this.#kind = kind
      this.#firstLine = line
    }
    if (kind !== this.#kind) {
      const expected = `expected ${this.#kind} as in line ${this.#firstLine}, got ${shown(text)}`
      fail(this.#source, `line ${line}`, `${this.#name}: ${expected}`)
    }
    const { monthFirst, dayFirst } = date as { monthFirst: number; dayFirst: number }
    this.#mayBeMonthFirst &&= !Number.isNaN(monthFirst)
    this.#mayBeDayFirst &&= !Number.isNaN(dayFirst)
    if (!this.#mayBeMonthFirst && !this.#mayBeDayFirst) {
      const expected = 'expected the same order of day and month as in the lines before'
      fail(this.#source, `line ${line}`, `${this.#name}: ${expected}, got ${shown(text)}; ${asIso}`)
    }
    this.#now = { monthFirst, dayFirst }
  }

  /** Keeps what was read last. */
  keep(slot: number): void {
    const { monthFirst, dayFirst } = this.#now
    if (this.#dayFirst === null && !Object.is(monthFirst, dayFirst)) this.#dayFirst = this.#monthFirst.slice()
    this.#monthFirst[slot] = monthFirst
    if (this.#dayFirst !== null) this.#dayFirst[slot] = dayFirst
  }

  /**
   * Milliseconds since 1970, or the numbers, by slot, and how `01/02/2024` was read. Where both orders are possible it is the one by which the rows are in
   * the order of time.
   *
   * @throws where that is both or neither
   */
  finish(inOrder: (times: readonly number[]) => readonly number[]): {
    readonly times: Float64Array
    readonly note: string | null
  } {
    const monthFirst = Float64Array.from(inOrder(this.#monthFirst))
    if (this.#dayFirst === null) return { times: monthFirst, note: null }
    const dayFirst = Float64Array.from(inOrder(this.#dayFirst))
    const byMonth = { times: monthFirst, note: 'dates are read as month/day/year' }
    const byDay = { times: dayFirst, note: 'dates are read as day/month/year' }
    if (!this.#mayBeDayFirst) return byMonth
    if (!this.#mayBeMonthFirst) return byDay
    const [monthGrows, dayGrows] = [ascends(monthFirst), ascends(dayFirst)]
    if (monthGrows !== dayGrows) return monthGrows ? byMonth : byDay
    return fail(
      this.#source,
      '',
      `${this.#name}: expected dates that say which number is the month, found none with a number above 12; ${asIso}`,
    )
  }

  #refuse(text: string, line: number): never {
    const got = text === '' ? 'an empty field; a row without its time cannot be placed' : shown(text)
    return fail(this.#source, `line ${line}`, `${this.#name}: expected a date or a number, got ${got}`)
  }
}

const asIso = 'write dates as 2024-01-31'

const ascends = (times: Float64Array): boolean => times.every((time, i) => i === 0 || time >= times[i - 1])
