import type { Colours } from '../text/colours.ts'
import { plainTable } from '../text/plain-table.ts'
import { incompleteWords, verifiedWords } from './render-partition.ts'

/** What is told of a walk. */
export interface WalkFacts {
  readonly regions: number
  readonly complete: boolean
  readonly verified: keyof typeof verifiedWords
  readonly network: string
  readonly t: readonly number[]
  readonly changed: readonly (readonly (readonly number[])[])[]
}

/** Crossings that are shown: more than a screen is for --json. */
const most = 40

/** `0.12 → 1` for each unit that changes at a crossing. */
export const changeText = ([group, unit, before, after]: readonly number[]): string =>
  `${group}.${unit}: ${before} → ${after}`

/** The crossings of a walk, for the terminal. */
export function renderWalk(
  { network, regions, t, changed, complete, verified }: WalkFacts,
  colours: Colours,
): string {
  const rows = t.slice(0, most).map((at, i) => [at.toFixed(10), changed[i].map(changeText).join(', ')])
  const more = t.length > most ? [`… and ${t.length - most} more crossings: --json lists all`] : []
  return [
    `${network}: ${regions} regions`,
    ...(rows.length > 0
      ? [plainTable({ head: ['t', 'layer.unit: states that change'], rows, left: [0, 1] }, colours)]
      : []),
    ...more,
    colours.dim(`${verifiedWords[verified]}${complete ? '' : `; ${incompleteWords}`}`),
    '',
  ].join('\n')
}
