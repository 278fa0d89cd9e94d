import type { Colours } from '../text/colours.ts'
import { plainTable } from '../text/plain-table.ts'
import { incompleteWords, verifiedWords } from './render-partition.ts'

/** What is told of all regions. */
export interface RegionsFacts {
  readonly regions: number
  readonly complete: boolean
  readonly verified: keyof typeof verifiedWords
  readonly dualEdges: number
  readonly meanNeighbours: number
  readonly boundedRegions: number
  readonly network: string
  readonly box: readonly [number, number] | null
  readonly level?: { readonly output: number }
  readonly boundary?: { readonly output: number }
}

/** Counts of an enumeration, for the terminal. */
export function renderRegions(facts: RegionsFacts, colours: Colours): string {
  const { network, box, level, boundary, verified, complete } = facts
  const where = box === null ? 'all of space' : `${box[0]} <= x <= ${box[1]}`
  const cut = level === undefined ? '' : `, cut by output ${level.output} = 0`
  const only = boundary === undefined ? '' : `, only where output ${boundary.output} is 0`
  const rows = [
    ['regions', String(facts.regions)],
    ['bounded', String(facts.boundedRegions)],
    ['pairs that share a facet', String(facts.dualEdges)],
    ['neighbours, mean', Number(facts.meanNeighbours.toPrecision(6)).toString()],
  ]
  return [
    plainTable({ head: [`${network}, ${where}${cut}${only}`, ''], rows, left: [0, 1] }, colours),
    colours.dim(`${verifiedWords[verified]}${complete ? '' : `; ${incompleteWords}`}`),
    '',
  ].join('\n')
}
