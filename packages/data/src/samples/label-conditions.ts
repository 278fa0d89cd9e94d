import { describe } from '@facet/tensor/checks'
import type { Condition } from '../table/condition.ts'
import { Where } from '../table/where.ts'
import { fail, type Source } from './source.ts'

/** What labels beside the numbers are called in conditions. */
export const LABEL = 'label'

/** Which rows are read, by their label as the file writes it, where labels lie beside the numbers. */
export class LabelConditions {
  readonly #source: Source
  readonly #where: Where
  /** Of each condition its column, and the value of a row. */
  readonly #names: readonly string[]
  readonly #labels: string[]

  private constructor(source: Source, conditions: readonly Condition[]) {
    this.#source = source
    this.#where = new Where(conditions)
    this.#names = conditions.map(() => LABEL)
    this.#labels = conditions.map(() => '')
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
    return this.#where.isMet(this.#labels.fill(label))
  }

  /** @throws if rows were passed over and none met the conditions, naming the labels that there are */
  expectRows(met: number, passed: number): void {
    this.#where.expectSome(this.#source, met, passed, this.#names)
  }
}
