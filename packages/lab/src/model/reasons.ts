import type { Items, PreparedItems } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { rowNumber } from './sample-names.ts'

/** Why rows of a file were left out: how many, and the first in the file. */
export interface LeftOut {
  readonly reason: string
  readonly count: number
  readonly firstRow: number
}

/** A row, or the first of a window, that cannot be used: its number in the file, from 1, and why. */
export interface UnusableRow {
  readonly row: number
  readonly reason: string
}

/** What could not be prepared, by rows of the file. */
export const unusableRows = (samples: SamplesFile, items: Items, prepared: PreparedItems): UnusableRow[] =>
  prepared.unusable.map(({ item, reason }) => ({ row: rowNumber(samples, items.first[item]), reason }))

/** Kinds of reasons that are kept: each names what is wrong with a row, which may be another thing for every one. */
const mostReasons = 10

/** Reasons of rows, the most frequent first. */
export function reasonsOf(rows: readonly UnusableRow[]): LeftOut[] {
  const byReason = new Map<string, { reason: string; count: number; firstRow: number }>()
  for (const { row, reason } of rows) {
    const known = byReason.get(reason)
    if (known === undefined) byReason.set(reason, { reason, count: 1, firstRow: row })
    else known.count++
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count).slice(0, mostReasons)
}
