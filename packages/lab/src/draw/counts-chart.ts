import * as Plot from '@observablehq/plot'
import { svgOf } from '../report/plot.ts'
import { faint, ink, lineColours } from './colours.ts'
import { drawnOf } from './drawn-of.ts'
import { type Provenance, sheetOf } from './sheet.ts'
import { type Drawn, element, text } from './svg.ts'

/** Counts of a network in balls, by their radii: means over centres. */
export interface NamedCounts {
  readonly name: string
  readonly radii: readonly number[]
  readonly regions: readonly number[]
  readonly samples: readonly number[]
}

/** What {@link drawCounts} shows. */
export interface CountsPicture {
  readonly counts: readonly NamedCounts[]
  /** In words, how regions and samples were counted. */
  readonly caption: string
  readonly provenance: Provenance
}

const chartWidth = 560

/**
 * Regions and samples in balls of growing radius (Fig. 3), both axes logarithmic, as one SVG: a solid line for the regions of each network,
 * a dashed one for the samples. Counts of 0 have no place.
 */
export function drawCounts({ counts, caption, provenance }: CountsPicture): string {
  const regions = counts.flatMap(({ radii, regions }, i) =>
    pointsOf(radii, regions, i, lineColours[i % lineColours.length]),
  )
  // Networks that were asked about the same samples have one line of them, of no network's colour.
  const isShared = new Set(counts.map(({ samples }) => samples.join())).size === 1
  const samples = (isShared ? counts.slice(0, 1) : counts).flatMap(({ radii, samples }, i) =>
    pointsOf(radii, samples, i, isShared ? faint : lineColours[i % lineColours.length]),
  )
  const channels = { x: 'radius', y: 'count', z: 'i', stroke: 'colour' } as const
  const svg = svgOf({
    ariaLabel: `Regions and samples in balls by radius: ${counts.map(({ name, regions }) => `${name}, up to ${Math.max(...regions)} regions`).join('; ')}`,
    width: chartWidth,
    height: 320,
    marginLeft: 52,
    marginBottom: 38,
    x: {
      type: 'log',
      label: 'radius',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: 6,
      tickFormat: '~g',
    },
    y: { type: 'log', label: 'regions, samples', labelArrow: 'none', ticks: 6, tickFormat: '~s', grid: true },
    marks: [
      Plot.lineY(samples, { ...channels, strokeDasharray: '4 3', strokeWidth: 1.5 }),
      Plot.lineY(regions, { ...channels, strokeWidth: 2 }),
      Plot.dot(regions, { x: 'radius', y: 'count', fill: 'colour', r: 2.5 }),
    ],
  })
  return sheetOf({
    rows: [[{ ...drawnOf(svg), title: 'Regions and samples in balls' }]],
    legends: [lineLegend(counts.map(({ name }) => name))],
    caption,
    provenance,
  })
}

/** The points of a line; an axis of logarithms has no place for 0. */
const pointsOf = (radii: readonly number[], counts: readonly number[], i: number, colour: string) =>
  radii
    .map((radius, r) => ({ radius, count: counts[r], i, colour }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.radius - b.radius)

/** The names of lines under each other, with what solid and dashed ones count. */
function lineLegend(names: readonly string[]): Drawn {
  const rows = names.map((name, i) => {
    const stroke = lineColours[i % lineColours.length]
    const y = 8 + 18 * i
    return [
      element('path', { d: `M0,${y}H28`, stroke, 'stroke-width': 2 }),
      text(36, y + 4, name, { 'font-size': 12, fill: ink }),
    ].join('')
  })
  const y = 8 + 18 * names.length
  const kinds = text(0, y + 4, 'solid: regions; dashed: samples', { 'font-size': 12, fill: faint })
  return { svg: [...rows, kinds].join('\n'), width: chartWidth, height: y + 10 }
}
