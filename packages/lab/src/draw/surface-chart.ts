import { ink } from './colours.ts'
import { type Drawn, element, type Flat, polygonsPath } from './svg.ts'

export type Solid = readonly [x: number, y: number, z: number]

/** A flat piece of a surface in space. */
export interface PaintedFacet {
  readonly corners: readonly Solid[]
  readonly colour: string
}

/** A surface of flat pieces, looked at from afar. */
export interface SurfaceChart {
  readonly facets: readonly PaintedFacet[]
  /** Points beside the surface, such as samples. */
  readonly points?: readonly Solid[]
  /** Colour of the borders; default: ink. */
  readonly line?: string
  /** Turned about the upright axis, in degrees; default 35. */
  readonly azimuth?: number
  /** Seen from so many degrees above the horizon; default 40. */
  readonly elevation?: number
  /** Pixels; default 420. */
  readonly width?: number
  /** At most; default 320. */
  readonly height?: number
}

/** Seen along the last axis: x to the right, y up, the third towards the eye. */
function turned([x, y, z]: Solid, azimuth: number, elevation: number): Solid {
  const [across, along] = [
    x * Math.cos(azimuth) - y * Math.sin(azimuth),
    x * Math.sin(azimuth) + y * Math.cos(azimuth),
  ]
  return [
    across,
    z * Math.cos(elevation) + along * Math.sin(elevation),
    z * Math.sin(elevation) - along * Math.cos(elevation),
  ]
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** How much of the light a piece throws back, from 0.62 (edge on) to 1: the slant of its normal to the eye. */
function lightOf(corners: readonly Solid[]): number {
  let normal: Solid = [0, 0, 0]
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length]
    normal = [
      normal[0] + (a[1] - b[1]) * (a[2] + b[2]),
      normal[1] + (a[2] - b[2]) * (a[0] + b[0]),
      normal[2] + (a[0] - b[0]) * (a[1] + b[1]),
    ]
  })
  const length = Math.hypot(...normal)
  return length === 0 ? 1 : 0.62 + 0.38 * Math.abs(normal[2] / length)
}

/** A colour with so much of its light. */
export function dimmed(colour: string, light: number): string {
  const numbers = colour.startsWith('#')
    ? [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16))
    : (/(\d+)\D+(\d+)\D+(\d+)/.exec(colour) ?? []).slice(1).map(Number)
  return `#${numbers
    .map((value) =>
      Math.round(light * value)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** Pieces from the farthest to the nearest, each over what lies behind it (the painter's order), with their borders. */
export function surfaceChart(chart: SurfaceChart): Drawn {
  const {
    facets,
    points = [],
    azimuth = 35,
    elevation = 40,
    line = ink,
    width = 420,
    height: most = 320,
  } = chart
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180]
  const seen = facets.map(({ corners, colour }) => ({
    corners: corners.map((corner) => turned(corner, a, e)),
    colour,
  }))
  const dots = points.map((point) => turned(point, a, e))
  const all = [...seen.flatMap(({ corners }) => corners), ...dots]
  const ends = [0, 1].map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const point of all) {
      low = Math.min(low, point[axis])
      high = Math.max(high, point[axis])
    }
    return [low, high] as const
  })
  const spans = ends.map(([low, high]) => high - low || 1)
  const unit = Math.min((width - 8) / spans[0], (most - 8) / spans[1])
  const height = unit * spans[1] + 8
  const at = ([x, y]: Solid): Flat => [
    width / 2 + unit * (x - (ends[0][0] + ends[0][1]) / 2),
    height / 2 - unit * (y - (ends[1][0] + ends[1][1]) / 2),
  ]
  const lineWidth = Math.min(0.7, Math.max(0.1, 10 / Math.sqrt(facets.length)))
  const pieces = seen.map(({ corners, colour }) => ({
    depth: mean(corners.map(([, , depth]) => depth)),
    svg: element('path', {
      d: polygonsPath([corners.map(at)]),
      fill: dimmed(colour, lightOf(corners)),
    }),
  }))
  const marks = dots.map((dot) => {
    const [cx, cy] = at(dot)
    return {
      depth: dot[2],
      svg: element('circle', { cx, cy, r: 1.8, fill: ink, stroke: '#ffffff', 'stroke-width': 0.5 }),
    }
  })
  const sorted = [...pieces, ...marks].sort((p, q) => p.depth - q.depth)
  return {
    svg: element(
      'g',
      { stroke: line, 'stroke-width': lineWidth, 'stroke-linejoin': 'round' },
      ...sorted.map(({ svg }) => svg),
    ),
    width,
    height,
  }
}
