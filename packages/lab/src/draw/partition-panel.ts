import type { PlanePartition } from '@facet/geometry'
import { type ColourScale, colourScaleOf, ink, paper, regionColours, regionFills } from './colours.ts'
import { type PaintedPolygon, type PartitionChart, partitionChart } from './partition-chart.ts'
import type { Titled } from './sheet.ts'
import type { Flat } from './svg.ts'

/** What regions are coloured by. */
export const colourings = {
  region: null,
  slope: {
    title: 'slope ‖A‖ on the plane',
    of: (partition: PlanePartition): ArrayLike<number> => partition.slopeNorms(),
  },
  codes: {
    title: 'units with another state than the marked region',
    of: (partition: PlanePartition, at: Flat): ArrayLike<number> =>
      partition.codeDistances(regionAround(partition, at)),
  },
  error: {
    title: 'largest reconstruction error ‖x − f(x)‖² of the region',
    of: (partition: PlanePartition): ArrayLike<number> => partition.reconstructionErrors().largest,
  },
} as const satisfies Record<
  string,
  { readonly title: string; of(partition: PlanePartition, at: Flat): ArrayLike<number> } | null
>

export type Colouring = keyof typeof colourings

/** How partitions are drawn. */
export interface PanelOptions {
  readonly title: string
  /** Default `region`: fills that only tell neighbours apart. */
  readonly colour?: Colouring
  /** The point whose region is compared with for `codes`; default: the middle of the window. */
  readonly at?: Flat
  readonly window: { readonly s: readonly [number, number]; readonly t: readonly [number, number] }
  readonly points?: readonly Flat[]
  /** Pixels; default 320. */
  readonly side?: number
}

/** The colour of each region, as numbers of a list of colours, and the scale that they are from. */
export interface RegionPaint {
  readonly of: readonly number[]
  readonly colour: (fill: number) => string
  readonly legend: { readonly scale: ColourScale; readonly title: string } | null
}

const middle = ({ s, t }: PanelOptions['window']): Flat => [(s[0] + s[1]) / 2, (t[0] + t[1]) / 2]

/** The colours of all regions of a partition. @throws Error where errors are asked for and there are none. */
export function paintOf(
  partition: PlanePartition,
  { colour = 'region', at, window }: Pick<PanelOptions, 'colour' | 'at' | 'window'>,
): RegionPaint {
  const row = colourings[colour]
  if (row === null) {
    const neighbours = neighboursOf(partition)
    return {
      of: regionColours(partition.regions, (i) => neighbours[i]),
      colour: (fill) => regionFills[fill],
      legend: null,
    }
  }
  const values = Array.from(row.of(partition, at ?? middle(window)))
  const scale = colourScaleOf(values)
  return { of: values.map(scale.step), colour: scale.colour, legend: { scale, title: row.title } }
}

/** The number of the region that holds a point. @throws Error where none does. */
function regionAround(partition: PlanePartition, [s, t]: Flat): number {
  const region = partition.at(s, t)
  if (region === null) throw new Error(`expected a point of the window, got ${s}, ${t}`)
  return region.index
}

function neighboursOf({ structure, regions }: PlanePartition): number[][] {
  const { face, twin, halfEdges } = structure
  const neighbours: number[][] = Array.from({ length: regions }, () => [])
  for (let h = 0; h < halfEdges; h++)
    if (face[h] >= 0 && face[twin[h]] >= 0) neighbours[face[h]].push(face[twin[h]])
  return neighbours
}

/** A partition as a chart with its heading, and the legend of its colours. */
export function partitionPanel(
  partition: PlanePartition,
  options: PanelOptions,
): { readonly panel: Titled; readonly legend: RegionPaint['legend'] } {
  const { title, colour, at, window, points, side } = options
  const paint = paintOf(partition, options)
  const polygons: PaintedPolygon[] = Array.from(partition, ({ corners, index }) => ({
    corners,
    fill: paint.of[index],
  }))
  const strong = partition
    .levelLines()
    .flatMap(({ points }) => points.slice(1).map((to, i) => [points[i], to] as const))
  const marks = colour === 'codes' ? [at ?? middle(window), ...(points ?? [])] : points
  // Ink is not seen on the dark end of a scale.
  const line = paint.legend === null ? ink : paper
  const chart: PartitionChart = { polygons, fills: paint.colour, window, strong, points: marks, side, line }
  const { regions, complete } = partition
  return {
    panel: { ...partitionChart(chart), title, note: `${regions} regions${complete ? '' : ' and more'}` },
    legend: paint.legend,
  }
}
