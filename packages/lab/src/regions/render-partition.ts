import type { PlanePartition } from '@facet/geometry'
import type { Colours } from '../text/colours.ts'
import { plainTable } from '../text/plain-table.ts'

/** What is told of a partition beside its counts. */
export interface PartitionFacts extends ReturnType<PlanePartition['summary']> {
  readonly network: string
  readonly window: readonly [number, number]
  readonly level?: { readonly output: number }
}

const number = (value: number): string => Number(value.toPrecision(6)).toString()

/** `3: 65, 4: 107` */
const histogram = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([size, count]) => `${size}: ${count}`)
    .join(', ')

/** How decisions were made, in words. */
export const verifiedWords = {
  float: 'signs in plain floating point',
  checked: 'every sign above its error bound',
  exact: 'signs near 0 settled in rational arithmetic',
} as const

/** What is said where a budget ended a search. */
export const incompleteWords = 'a budget ended the search: there may be more'

/** Counts and measures of a partition, for the terminal. */
export function renderPartition(facts: PartitionFacts, milliseconds: number, colours: Colours): string {
  const [lo, hi] = facts.window
  const whole = (hi - lo) ** 2
  const rows: [string, string][] = [
    ['regions', String(facts.regions)],
    ['affine pieces', String(facts.affinePieces)],
    ['affine maps', String(facts.affineMaps)],
    [
      'vertices − edges + faces',
      `${facts.vertices} − ${facts.edges} + ${facts.faces} = ${facts.vertices - facts.edges + facts.faces}`,
    ],
    ['walls, and their length', `${facts.interiorEdges}, ${number(facts.wallLength)}`],
    ['neighbours, mean', number(facts.meanNeighbours)],
    ['corners: regions', histogram(facts.sizes)],
    ['states that change: walls', histogram(facts.unitsChangedAcrossWall)],
    ['area, of the window', `${number(facts.area)}, ${number(whole)}`],
    ['smallest area, shortest edge', `${number(facts.smallestArea)}, ${number(facts.shortestEdge)}`],
  ]
  const cut = facts.level === undefined ? '' : `, cut by output ${facts.level.output} = 0`
  return [
    plainTable({ head: [`${facts.network}, ${lo} <= s, t <= ${hi}${cut}`, ''], rows, left: [0, 1] }, colours),
    colours.dim(
      `${verifiedWords[facts.verified]}${facts.complete ? '' : `; ${incompleteWords}`}; ${Math.ceil(milliseconds)} ms`,
    ),
    '',
  ].join('\n')
}
