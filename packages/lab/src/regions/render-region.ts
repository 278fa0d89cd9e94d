import type { Colours } from '../text/colours.ts'
import { counted } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import { verifiedWords } from './render-partition.ts'
import { changeText } from './render-walk.ts'

/** What is told of a region. */
export interface RegionFacts {
  readonly code: readonly number[]
  readonly verified: keyof typeof verifiedWords
  readonly network: string
  readonly at: readonly number[]
  readonly isOnWall: boolean
  readonly isBounded: boolean
  readonly radius: number | null
  readonly walls: readonly {
    readonly changed: readonly (readonly number[])[]
    readonly a: readonly number[]
    readonly b: number
  }[]
  readonly boxFaces: readonly (readonly [axis: number, end: number])[]
}

const endNames = ['lower', 'upper']

/** How far a point is from a wall. */
const distance = (at: readonly number[], { a, b }: RegionFacts['walls'][number]): string =>
  Number((a.reduce((sum, c, i) => sum + c * at[i], b) / Math.hypot(...a)).toPrecision(6)).toString()

/** A region with its walls, the nearest first, for the terminal. */
export function renderRegion(facts: RegionFacts, colours: Colours): string {
  const { network, at, code, isOnWall, isBounded, radius, walls, boxFaces, verified } = facts
  const rows = walls
    .map((wall) => [wall.changed.map(changeText).join(', '), distance(at, wall)])
    .sort(([, a], [, b]) => Number(a) - Number(b))
  const size =
    radius === null ? 'balls of any size fit' : `radius of the largest ball ${Number(radius.toPrecision(6))}`
  const faces = boxFaces.map(([axis, end]) => `${endNames[end]} end of axis ${axis}`)
  return [
    `${network} at ${at.join(', ')}${isOnWall ? ', which lies on a wall' : ''}`,
    `code ${code.join('')}`,
    `${isBounded ? 'bounded' : 'without end'}, ${counted(walls.length, 'wall')}, ${size}`,
    ...(faces.length > 0 ? [`faces of the box: ${faces.join(', ')}`] : []),
    ...(rows.length > 0
      ? [plainTable({ head: ['wall, layer.unit: states that change', 'distance'], rows }, colours)]
      : []),
    colours.dim(verifiedWords[verified]),
    '',
  ].join('\n')
}
