import { basename } from 'node:path'
import type { Colours } from '../text/colours.ts'
import { counted } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import type { SampleScore } from './score.ts'
import type { Scored } from './write-scores.ts'

const percent = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} %`)

/** The rows with the largest errors, for the terminal. */
export function renderScores({ top, count }: Scored, colours: Colours): string {
  const labelled = top.some(({ label }) => label !== null)
  const cells = (score: SampleScore): string[] => [
    `${basename(score.file)}:${score.row}`,
    ...(labelled ? [score.label ?? ''] : []),
    Number(score.error.toPrecision(4)).toString(),
    percent(score.percentile),
    percent(score.heldOutPercentile),
    score.rarity.toFixed(3),
    score.occupied ? 'same' : String(score.nearestUnits),
    String(score.nearestRow),
  ]
  const head = [
    'row',
    ...(labelled ? ['label'] : []),
    'error',
    'trained on',
    'held out',
    'bits a unit',
    'units away',
    'from row',
  ]
  const shown = `the ${top.length} of ${counted(count, 'row')} with the largest errors`
  return `${plainTable({ head, rows: top.map(cells) }, colours)}\n${shown}; percentiles of the error, rarity of the region, nearest training row`
}
