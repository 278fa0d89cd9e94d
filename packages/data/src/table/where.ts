import { fail, type Source, shown } from '../samples/source.ts'
import type { Condition } from './condition.ts'
import { dateOf } from './dates.ts'

/** Values that an error lists. */
const LISTED = 10

const byOrder: Record<Condition['is'], (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const numberOf = (text: string): number => (number.test(text) ? Number(text) : Number.NaN)

/** The date whatever the order of day and month, or NaN. */
const timeOf = (text: string): number => {
  const date = dateOf(text)
  return date !== null && date.monthFirst === date.dayFirst ? date.monthFirst : Number.NaN
}

const orderOf = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * One condition at work: a field is compared with the value as a number where both are numbers, as a date where both are dates, else as a text. Where
 * the value is a number or a date and the field is neither, it is unequal, neither smaller nor larger.
 */
function testOf({ is, value }: Condition): (text: string) => boolean {
  const text = value.trim()
  const met = byOrder[is]
  const ordered = is !== '=' && is !== '!='
  for (const read of [numberOf, timeOf]) {
    const wanted = read(text)
    if (Number.isNaN(wanted)) continue
    return (field) => {
      const found = read(field)
      return Number.isNaN(found) ? !ordered && met(orderOf(field, text)) : met(orderOf(found, wanted))
    }
  }
  return (field) => met(orderOf(field, text))
}

/** Conditions on rows, and what was seen on the way for the error if none meets them. */
export class Where {
  readonly #conditions: readonly Condition[]
  readonly #tests: readonly ((text: string) => boolean)[]
  readonly #seen: readonly Set<string>[]

  constructor(conditions: readonly Condition[]) {
    this.#conditions = conditions
    this.#tests = conditions.map(testOf)
    this.#seen = conditions.map(() => new Set())
  }

  /** Whether a row with these fields, one for each condition, meets all of them. */
  isMet(fields: readonly string[]): boolean {
    let all = true
    for (let i = 0; i < fields.length; i++) {
      if (this.#seen[i].size <= LISTED) this.#seen[i].add(fields[i])
      all &&= this.#tests[i](fields[i])
    }
    return all
  }

  /** @throws if no row met them. @param names of the columns of the conditions */
  expectSome(source: Source, met: number, passed: number, names: readonly string[]): void {
    if (met > 0 || passed === 0) return
    const wanted = this.#conditions
      .map(({ is, value }, i) => `${names[i]} ${is} ${shown(value)}`)
      .join(' and ')
    const found = this.#seen.map((values, i) => {
      const list = [...values].slice(0, LISTED).map(shown).join(', ')
      return `${names[i]} is ${list}${values.size > LISTED ? ', …' : ''}`
    })
    fail(
      source,
      '',
      `where: expected rows with ${wanted}, found none of ${passed}: ${[...new Set(found)].join('; ')}`,
    )
  }
}
