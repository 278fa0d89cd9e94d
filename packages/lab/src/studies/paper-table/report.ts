import type { SetSizes } from '../../sets/set-sizes.ts'
import type { Cell } from './cells.ts'
import type { ReproduceSettings } from './settings.ts'
import type { Yardsticks } from './yardsticks.ts'

/** All that the table is made of. */
export interface ReproduceReport {
  readonly settings: ReproduceSettings
  readonly sizes: Readonly<Record<string, SetSizes>>
  readonly cells: readonly Cell[]
  /** Missing where their computation failed. */
  readonly yardsticks: Readonly<Record<string, Yardsticks>>
  /** What went wrong, one line each. */
  readonly failures: readonly string[]
}

export const cellOf = ({ cells }: ReproduceReport, set: string, model: string): Cell =>
  cells.find((cell) => cell.set === set && cell.model === model)!
