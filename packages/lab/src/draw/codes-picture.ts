import { basename } from 'node:path'
import type { CodePlane, CodePoint, CodePoints } from '../model/code-points.ts'
import { counted, grouped } from '../text/number.ts'
import { type CodesChart, mostClasses } from './codes-chart.ts'
import type { CodesPicture } from './draw-codes.ts'

/** Which points are drawn, and in what order. */
export interface DrawnPoints {
  readonly order: Int32Array
  /** Of the order. */
  readonly seed: number
  /** Whether the points are of several files. */
  readonly isOfSeveral: boolean
}

/** Points in a plane with their classes, and what is said of them. */
export const codesPicture = (
  found: CodePoints,
  plane: CodePlane,
  { order, seed, isOfSeveral }: DrawnPoints,
): Omit<CodesPicture, 'title' | 'provenance'> => ({
  ...chartOf(found.points, plane, order, isOfSeveral),
  caption: captionOf(found, plane, order.length, seed),
})

/** Texts that are numbers in the order of numbers. */
const collator = new Intl.Collator('en', { numeric: true })

const unlabelled = 'no label'

function chartOf(
  points: readonly CodePoint[],
  { places, axes, shares }: CodePlane,
  order: Int32Array,
  isOfSeveral: boolean,
): CodesChart {
  const counts = new Map<string, number>()
  const isLabelled = points.some(({ label }) => label !== null)
  const nameOf = ({ label }: CodePoint): string => label || unlabelled
  for (const point of isLabelled ? points : [])
    counts.set(nameOf(point), (counts.get(nameOf(point)) ?? 0) + 1)
  const classes = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostClasses)
    .map(([name]) => name)
    .sort(collator.compare)
  const groups = new Map(classes.map((name, group) => [name, group]))
  const titleOf = ({ file, row, label, ids }: CodePoint): string =>
    [
      ...(isOfSeveral ? [basename(file)] : []),
      `row ${row}`,
      ...(label === null ? [] : [`label ${label}`]),
      ...ids,
    ].join(', ')
  return {
    points: Array.from(order, (i) => {
      const [x, y] = places[i]
      return { x, y, group: groups.get(nameOf(points[i])) ?? -1, title: titleOf(points[i]) }
    }),
    classes,
    axes: [0, 1].map((k) => (shares === null ? axes[k] : `${axes[k]} (${wholePercent(shares[k])})`)) as [
      string,
      string,
    ],
  }
}

const wholePercent = (share: number): string => `${Math.round(100 * share)} %`

function captionOf(
  { points, count, leftOut }: CodePoints,
  { shares }: CodePlane,
  drawn: number,
  seed: number,
): string {
  const { length } = points[0].code
  const what = `Codes of ${grouped(drawn)} rows`
  const how =
    shares === null
      ? `${what} in the bottleneck of ${counted(length, 'number')}.`
      : `${what}, ${length} numbers each, on their first two principal components, which have ${wholePercent(shares[0])} and ${wholePercent(shares[1])} of the variance.`
  const part =
    drawn === points.length ? [] : [`They are a random part of ${grouped(points.length)} (seed ${seed}).`]
  const out = count - points.length
  const reasons = leftOut.map(({ reason, firstRow }) => `${reason}, first in row ${firstRow}`).join('; ')
  const missing =
    out === 0
      ? []
      : [`${counted(out, 'row')} cannot be encoded and ${out === 1 ? 'is' : 'are'} left out: ${reasons}.`]
  return [how, ...part, ...missing].join(' ')
}
