import { describe } from '@facet/tensor/checks'
import { type Condition, meets } from '../table/condition.ts'
import { fail, listed, type Source } from './source.ts'

/** What labels beside the numbers are called in conditions. */
export const LABEL = 'label'

/** Labels that an error lists. */
const LISTED = 10

/** Which rows are read, by their label as the file writes it, where labels lie beside the numbers. */
export class LabelConditions {
  readonly #source: Source
  readonly #conditions: readonly Condition[]
  readonly #left = new Set<string>()

  private constructor(source: Source, conditions: readonly Condition[]) {
    this.#source = source
    this.#conditions = conditions
  }

  /**
   * `null` where there are no conditions.
   *
   * @param labelled whether the file has labels
   * @throws for a condition on anything but `label`, or on labels that are not there
   */
  static of(
    source: Source,
    where: readonly Condition[] | undefined,
    labelled: boolean,
  ): LabelConditions | null {
    if (where === undefined || where.length === 0) return null
    const other = where.find(({ column }) => column !== LABEL)
    if (other) {
      fail(
        source,
        '',
        `where: expected a condition on the column ${LABEL}, the only one that has a name here, got ${describe(other.column)}`,
      )
    }
    if (!labelled)
      fail(source, '', `where: expected a file with labels for a condition on ${LABEL}, got none`)
    return new LabelConditions(source, where)
  }

  meets(label: string): boolean {
    if (this.#conditions.every((condition) => meets(condition, label))) return true
    if (this.#left.size <= LISTED) this.#left.add(label)
    return false
  }

  /** @throws if rows were passed over and none met the conditions, naming the labels that there are */
  expectRows(met: number, passed: number): void {
    if (met > 0 || passed === 0) return
    const asked = this.#conditions.map(({ column, is, value }) => `${column} ${is} ${value}`).join(' and ')
    const there = listed([...this.#left].slice(0, LISTED)) + (this.#left.size > LISTED ? ', …' : '')
    fail(
      this.#source,
      '',
      `where: expected rows with ${asked}, got none of ${passed}, whose labels are ${there}`,
    )
  }
}
