import type { Work } from '../work/work.ts'

/** One row of a table: work that all contenders do in the same rounds. */
export interface Case {
  readonly name: string
  readonly work: Work
}

/** A group of cases under one name. */
export interface Suite {
  readonly name: string
  readonly description: string
  /** @param quick a few small cases that take seconds, for CI */
  cases(quick: boolean): readonly Case[]
}
