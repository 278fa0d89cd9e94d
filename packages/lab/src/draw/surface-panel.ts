import type { PlanePartition } from '@facet/geometry'
import { pca } from '@facet/models'
import { tensor } from '@facet/tensor'
import { ink, paper } from './colours.ts'
import { type PanelOptions, paintOf, type RegionPaint } from './partition-panel.ts'
import type { Titled } from './sheet.ts'
import { type Solid, surfaceChart } from './surface-chart.ts'
import type { Flat } from './svg.ts'

/** How a surface is drawn. */
export interface SurfaceOptions extends Pick<PanelOptions, 'title' | 'colour' | 'at' | 'window'> {
  /** Degrees; see `surfaceChart`. */
  readonly azimuth?: number
  readonly elevation?: number
}

/**
 * What a network makes of a plane, as a surface with the borders of regions on it: of three outputs or more the three directions of largest
 * variance, the widest across; of fewer the graph of the first over the plane.
 */
export function surfacePanel(
  partition: PlanePartition,
  options: SurfaceOptions,
): { readonly panel: Titled; readonly legend: RegionPaint['legend'] } {
  const { title, azimuth, elevation } = options
  const paint = paintOf(partition, options)
  const { plane } = partition
  const regions = Array.from(partition, (region) => {
    const { A, b } = region.map()
    const outputs = region.corners.map((corner) => imageOf(A, b, pointOf(plane, corner)))
    return { corners: region.corners, outputs, colour: paint.colour(paint.of[region.index]) }
  })
  const inSpace = spaceOf(regions.flatMap(({ outputs }) => outputs))
  const facets = regions.map(({ corners, outputs, colour }) => ({
    corners: corners.map((corner, i) => inSpace(corner, outputs[i])),
    colour,
  }))
  const chart = surfaceChart({ facets, azimuth, elevation, line: paint.legend === null ? ink : paper })
  return {
    panel: { ...chart, title, note: `${partition.regions} regions` },
    legend: paint.legend,
  }
}

const pointOf = ({ origin, u, v }: PlanePartition['plane'], [s, t]: Flat): number[] =>
  Array.from(origin, (x, i) => x + s * u[i] + t * v[i])

const imageOf = (A: readonly (readonly number[])[], b: readonly number[], x: readonly number[]): number[] =>
  A.map((row, o) => row.reduce((sum, a, i) => sum + a * x[i], b[o]))

/** Where an output stands in space. */
function spaceOf(
  outputs: readonly (readonly number[])[],
): (corner: Flat, output: readonly number[]) => Solid {
  const [{ length }] = outputs
  if (length < 3) return ([s, t], [y]) => [s, t, y]
  const { mean, components } = pca(tensor(outputs as number[][], { dtype: 'float64' }), 3)
  const [centre, axes] = [mean.toArray() as number[], components.toArray() as number[][]]
  return (_, output) =>
    axes.map((axis) => axis.reduce((sum, a, i) => sum + a * (output[i] - centre[i]), 0)) as unknown as Solid
}
