import { mean } from '../../text/statistics.ts'
import type { Cell } from './cells.ts'
import type { ReproduceOutcome } from './run.ts'

type Reading = (outcome: ReproduceOutcome) => number | undefined

const reading =
  (objective: string, name: string): Reading =>
  ({ diagnostics }) => {
    const value = diagnostics[objective]?.[name]
    return typeof value === 'number' ? value : undefined
  }

/** What either Lie-group objective says under this name. */
const ofEither = (name: string): Reading[] => [
  reading('lieGroupSecondOrder', name),
  reading('lieGroupFirstOrder', name),
]

/** Mean over the runs of a cell; `null` where the model has no such number. */
function average({ outcomes }: Cell, ...readings: readonly Reading[]): number | null {
  const values = outcomes.flatMap((outcome) => {
    const value = readings.map((read) => read(outcome)).find((v) => v !== undefined)
    return value === undefined ? [] : [value]
  })
  return values.length === 0 ? null : mean(values)
}

/** Smallest and largest over generators and runs; `null` where the model has none. */
function range({ outcomes }: Cell, name: string): readonly [number, number] | null {
  const values = outcomes.flatMap(({ diagnostics }) =>
    (['lieGroupFirstOrder', 'lieGroupSecondOrder'] as const).flatMap((objective) => {
      const value = diagnostics[objective]?.[name]
      return Array.isArray(value) ? (value as number[]) : []
    }),
  )
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)]
}

/** What makes a regularizer's failure visible (docs/mathematics.md 5.8), mean over runs. */
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

/** All that docs/mathematics.md 5.8 lists, for the page, where there is room. */
export interface FullDiagnostics extends Omit<CellDiagnostics, 'unexplained'> {
  /** Root mean square of the codes of the training part; the θ of the regularizers have 1. */
  readonly codeSize: number | null
  /** Share of training samples whose code is farther out than 99 % of these θ. */
  readonly codesOutside: number | null
  /** Var D(θ), summed over dimensions. */
  readonly decoderVariance: number | null
  /** R1 as a share of the decoder's differences. */
  readonly unexplainedPoints: number | null
  /** R2 as a share of the tangents' differences. */
  readonly unexplainedTangents: number | null
  /** Smallest and largest mean |ε_k| of a generator. */
  readonly epsilon: readonly [number, number] | null
  readonly epsilonTimesNorm: readonly [number, number] | null
}

export function fullDiagnostics(cell: Cell): FullDiagnostics {
  const { liveUnits, withoutNeighbour } = cellDiagnostics(cell)
  return {
    liveUnits,
    withoutNeighbour,
    codeSize: average(cell, reading('codes', 'rms')),
    codesOutside: average(cell, reading('codes', 'outside')),
    decoderVariance: average(cell, ...ofEither('decoderVariance')),
    unexplainedPoints: average(cell, ...ofEither('unexplainedFraction')),
    unexplainedTangents: average(cell, reading('lieGroupSecondOrder', 'unexplainedTangentFraction')),
    epsilon: range(cell, 'epsilon'),
    epsilonTimesNorm: range(cell, 'epsilonTimesNorm'),
  }
}
