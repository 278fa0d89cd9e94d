import type { PlanePartition } from '@facet/geometry'
import { type Colouring, partitionPanel, type RegionPaint } from './partition-panel.ts'
import { label, scaleBar } from './scale-bar.ts'
import { type Provenance, sheetOf, type Titled } from './sheet.ts'
import { surfacePanel } from './surface-panel.ts'
import type { Drawn, Flat } from './svg.ts'

/** A partition with its name. */
export interface NamedPartition {
  readonly name: string
  readonly partition: PlanePartition
}

/** What pictures of partitions share. */
export interface PartitionPicture {
  /** Side by side, all of one window. */
  readonly partitions: readonly NamedPartition[]
  /** `[lo, hi]` of s and t. */
  readonly window: readonly [number, number]
  /** Default `region`. */
  readonly colour?: Colouring
  /** The point (s, t) whose region is compared with for `codes`; default: the middle. */
  readonly at?: Flat
  readonly provenance: Provenance
}

const between = ([low, high]: readonly [number, number]): string => `${label(low)} ≤ s, t ≤ ${label(high)}`

const square = (window: readonly [number, number]) => ({ s: window, t: window })

const coloured = {
  region: 'Fills only tell neighbours apart.',
  slope: 'Colour: how steep the network is there.',
  codes: 'Colour: how many units have another state than in the region of the dot.',
  error: 'Colour: the largest reconstruction error in the region.',
} as const satisfies Record<Colouring, string>

/**
 * Partitions of a plane as one SVG (Fig. 1): regions as polygons, walls as lines, the level set of an output, where a partition has one, thick.
 * @example
 * import { planePartition } from '@facet/geometry'
 * import { drawPartitions } from '@facet/lab'
 * import { network } from '@facet/models'
 * import { init, key } from '@facet/tensor'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0), dtype: 'float64' })
 * const partition = planePartition(net, { window: [-1, 1] })
 * const svg = drawPartitions({ partitions: [{ name: 'net', partition }], window: [-1, 1], provenance: { command: 'mine', seed: 0 } })
 */
export function drawPartitions({
  partitions,
  window,
  colour = 'region',
  at,
  provenance,
}: PartitionPicture): string {
  const drawn = partitions.map(({ name, partition }) =>
    partitionPanel(partition, { title: name, colour, at, window: square(window) }),
  )
  const levels = [
    ...new Set(
      partitions.flatMap(({ partition }) =>
        partition.levelLines().length > 0 ? [partition.level!.output] : [],
      ),
    ),
  ]
  return sheetOf({
    ...panelsOf(drawn),
    caption: `Linear regions in ${between(window)}. ${coloured[colour]}${levels.map((output) => ` Thick: where output ${output} is 0.`).join('')}`,
    provenance,
  })
}

/** A surface is drawn as partitions are, seen from somewhere. */
export interface SurfacePicture extends PartitionPicture {
  /** Turned about the upright axis, in degrees; default 35. */
  readonly azimuth?: number
  /** Seen from so many degrees above; default 40. */
  readonly elevation?: number
}

/** What networks make of a plane, as surfaces in space with the borders of their regions (Fig. 2), as one SVG. */
export function drawSurfaces(picture: SurfacePicture): string {
  const { partitions, window, colour = 'region', at, azimuth, elevation, provenance } = picture
  const drawn = partitions.map(({ name, partition }) =>
    surfacePanel(partition, { title: name, colour, at, window: square(window), azimuth, elevation }),
  )
  return sheetOf({
    ...panelsOf(drawn),
    caption: `The image of ${between(window)} with the borders of linear regions, each of which is flat. ${coloured[colour]}`,
    provenance,
  })
}

function panelsOf(drawn: readonly { readonly panel: Titled; readonly legend: RegionPaint['legend'] }[]): {
  readonly rows: readonly (readonly Titled[])[]
  readonly legends: readonly Drawn[]
} {
  const legends = drawn.flatMap(({ legend, panel }) =>
    legend === null ? [] : [scaleBar(legend.scale, legend.title, panel.width)],
  )
  return { rows: [drawn.map(({ panel }) => panel)], legends }
}
