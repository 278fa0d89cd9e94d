import type { CsvValue } from '../text/csv.ts'
import type { SampleScore } from './score.ts'

/** What decides which columns a table of scores has. */
export interface ScoreTable {
  /** Names of the columns that are kept beside the rows. */
  readonly ids: readonly string[]
  readonly time: string | null
  readonly group: string | null
  /** Whether the place among the training rows is known, and was asked for. */
  readonly hasErrors: boolean
  readonly hasRegions: boolean
  /** Columns told of each row; 0 where nobody asked. */
  readonly told: number
}

/** A column of a table of scores. */
export interface ScoreColumn {
  readonly head: string
  of(score: SampleScore): CsvValue
}

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value))

/** The columns of a table of scores, in order. */
export function scoreColumns({ ids, time, group, hasErrors, hasRegions, told }: ScoreTable): ScoreColumn[] {
  const column = (head: string, of: ScoreColumn['of']): ScoreColumn => ({ head, of })
  return [
    column('file', ({ file }) => file),
    column('row', ({ row }) => row),
    ...ids.map((name, i) => column(name, ({ ids }) => ids[i] ?? null)),
    ...(time === null ? [] : [column(time, ({ time }) => time)]),
    ...(group === null ? [] : [column(group, ({ group }) => group)]),
    column('label', ({ label }) => label),
    column('error', ({ error }) => error),
    column('p', ({ p }) => p),
    column('anomaly', ({ anomaly }) => flag(anomaly)),
    ...(hasErrors
      ? [
          column('percentile', ({ percentile }) => percentile),
          column('held_out_percentile', ({ heldOutPercentile }) => heldOutPercentile),
        ]
      : []),
    ...(hasRegions
      ? [
          column('rarity_bits', ({ rarity }) => rarity),
          column('nearest_units', ({ nearestUnits }) => nearestUnits),
          column('nearest_row', ({ nearestRow }) => nearestRow),
          column('same_region', ({ occupied }) => flag(occupied)),
        ]
      : []),
    ...Array.from({ length: told }, (_, k) => [
      column(`column${k + 1}`, ({ columns }) => columns[k]?.column ?? null),
      column(`share${k + 1}`, ({ columns }) => columns[k]?.share ?? null),
    ]).flat(),
    ...(told === 0
      ? []
      : [
          column('cause', ({ cause }) => cause?.column ?? null),
          column('cause_share', ({ cause }) => cause?.share ?? null),
        ]),
  ]
}
