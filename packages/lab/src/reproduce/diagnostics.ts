import { mean } from '../text/statistics.ts'
import type { Cell } from './cells.ts'
import type { ReproduceOutcome } from './run.ts'

type Reading = (outcome: ReproduceOutcome) => number | undefined

const reading =
  (objective: string, name: string): Reading =>
  ({ diagnostics }) => {
    const value = diagnostics[objective]?.[name]
    return typeof value === 'number' ? value : undefined
  }

/** Mean over the runs of a cell; `null` where the model has no such number. */
function average({ outcomes }: Cell, ...readings: readonly Reading[]): number | null {
  const values = outcomes.flatMap((outcome) => {
    const value = readings.map((read) => read(outcome)).find((v) => v !== undefined)
    return value === undefined ? [] : [value]
  })
  return values.length === 0 ? null : mean(values)
}

/** What makes a regularizer's failure visible (SPEC 3.1), mean over runs. */
export interface CellDiagnostics {
  /** Bottleneck units that some training sample switches on. */
  readonly liveUnits: number | null
  /** Share of the differences that the generators leave unexplained: of decoded points in the first order, of tangents in the second. */
  readonly unexplained: number | null
  /** Share of pairs for which no neighbouring region was found; second order only. */
  readonly withoutNeighbour: number | null
}

export const cellDiagnostics = (cell: Cell): CellDiagnostics => ({
  liveUnits: average(cell, reading('model', 'liveUnits')),
  unexplained: average(
    cell,
    reading('lieGroupSecondOrder', 'unexplainedTangentFraction'),
    reading('lieGroupFirstOrder', 'unexplainedFraction'),
  ),
  withoutNeighbour: average(cell, reading('lieGroupSecondOrder', 'withoutNeighbour')),
})
