import type { LifeStep } from '@facet/geometry'
import * as Plot from '@observablehq/plot'
import { svgOf } from '../report/plot.ts'
import { lineColours } from './colours.ts'
import { drawnOf } from './drawn-of.ts'
import { type Provenance, sheetOf, type Titled } from './sheet.ts'

/** What {@link drawLife} shows. */
export interface LifePicture {
  readonly life: readonly LifeStep[]
  /** What steps count: the name of the axis. */
  readonly counts: string
  /** In words, of what network, plane and samples. */
  readonly caption: string
  readonly provenance: Provenance
}

interface Chart {
  readonly title: string
  readonly isLogarithmic: boolean
  /** The second one is dashed. */
  readonly curves: readonly ((step: LifeStep) => number | null)[]
}

/** The charts from the left to the right, two in a row; one without a number is left out. */
const charts: readonly Chart[] = [
  { title: 'Regions', isLogarithmic: false, curves: [({ regions }) => regions] },
  {
    title: 'Born (solid) and died (dashed) since the step before',
    isLogarithmic: true,
    curves: [({ born }) => born, ({ died }) => died],
  },
  {
    title: 'Data to the nearest wall: median (solid), 5 % (dashed)',
    isLogarithmic: true,
    curves: [
      ({ wallDistance }) => wallDistance?.median ?? null,
      ({ wallDistance }) => wallDistance?.low ?? null,
    ],
  },
  {
    title: 'Regions near the data',
    isLogarithmic: false,
    curves: [({ regionsNear }) => regionsNear],
  },
  {
    title: 'Mean move of the regions that were kept',
    isLogarithmic: true,
    curves: [({ meanMove }) => meanMove],
  },
]

const chartWidth = 400

/** The life of regions over the steps of a training as one SVG: counts, births and deaths, distances of the data to walls, and moves. */
export function drawLife({ life, counts, caption, provenance }: LifePicture): string {
  const drawn = charts
    .map((chart) => ({ ...chart, points: pointsOf(chart, life) }))
    .filter(({ points }) => points.length > 0)
    .map((chart) => chartOf(chart, counts, [life[0].step, life[life.length - 1].step]))
  const rows = drawn.flatMap((_, i) => (i % 2 === 0 ? [drawn.slice(i, i + 2)] : []))
  return sheetOf({ rows, caption, provenance })
}

interface Point {
  readonly step: number
  readonly value: number
  readonly curve: number
}

/** An axis of logarithms has no place for 0, and none for what is not finite: a region without walls. */
const pointsOf = ({ curves, isLogarithmic }: Chart, life: readonly LifeStep[]): Point[] =>
  curves.flatMap((of, curve) =>
    life.flatMap((step) => {
      const value = of(step)
      const hasPlace = value !== null && Number.isFinite(value) && (value > 0 || !isLogarithmic)
      return hasPlace ? [{ step: step.step, value, curve }] : []
    }),
  )

function chartOf(
  { title, isLogarithmic, points }: Chart & { readonly points: readonly Point[] },
  counts: string,
  domain: readonly [number, number],
): Titled {
  const [line, dashed] = [0, 1].map((own) => points.filter(({ curve }) => curve === own))
  const channels = { x: 'step', y: 'value', strokeWidth: 1.5 } as const
  const last = points.at(-1)!
  const svg = svgOf({
    ariaLabel: `${title} by ${counts}: ${points[0].value} at ${points[0].step}, ${last.value} at ${last.step}`,
    width: chartWidth,
    height: 220,
    marginLeft: 52,
    marginBottom: 38,
    x: { domain, label: counts, labelAnchor: 'center', labelArrow: 'none', ticks: 6, tickFormat: '~s' },
    y: isLogarithmic
      ? { type: 'log', label: null, ticks: 5, tickFormat: '~g', grid: true }
      : { label: null, ticks: 5, tickFormat: '~s', grid: true, zero: true },
    marks: [
      Plot.lineY(line, { ...channels, stroke: lineColours[0] }),
      Plot.lineY(dashed, { ...channels, stroke: lineColours[1], strokeDasharray: '4 3' }),
      Plot.dot(points, { x: 'step', y: 'value', fill: ({ curve }: Point) => lineColours[curve], r: 1.5 }),
    ],
  })
  return { ...drawnOf(svg), title }
}
