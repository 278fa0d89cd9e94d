import { fail, type Source, shown } from '../samples/source.ts'
import { type Condition, meets } from './condition.ts'

/** Values that an error lists. */
const LISTED = 10

/** Conditions on rows, and what was seen on the way for the error if none meets them. */
export class Where {
  readonly #conditions: readonly Condition[]
  readonly #seen: readonly Set<string>[]

  constructor(conditions: readonly Condition[]) {
    this.#conditions = conditions
    this.#seen = conditions.map(() => new Set())
  }

  /** Whether a row with these fields, one for each condition, meets all of them. */
  isMet(fields: readonly string[]): boolean {
    let all = true
    for (let i = 0; i < fields.length; i++) {
      if (this.#seen[i].size <= LISTED) this.#seen[i].add(fields[i])
      all &&= meets(this.#conditions[i], fields[i])
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
