import { accent, faint, ink, rule } from './colours.ts'
import { label } from './scale-bar.ts'
import { type Drawn, element, type Flat, polygonsPath, text } from './svg.ts'

/** A polygon and what it is painted with; those of one number are one path. */
export interface PaintedPolygon {
  readonly corners: readonly Flat[]
  /** A number of `fills`. */
  readonly fill: number
}

/** A partition of a window of a plane. */
export interface PartitionChart {
  readonly polygons: readonly PaintedPolygon[]
  readonly fills: (fill: number) => string
  /** What is seen of the plane. */
  readonly window: { readonly s: readonly [number, number]; readonly t: readonly [number, number] }
  /** Walls that are drawn thicker, such as those of an output's level set. */
  readonly strong?: readonly (readonly [from: Flat, to: Flat])[]
  /** Points on it, such as samples. */
  readonly points?: readonly Flat[]
  /** Colour of the walls; default: ink. */
  readonly line?: string
  /** Pixels along the longer side of the window; default 320. */
  readonly side?: number
  /** Whether the plane's numbers stand at the edges; default true. */
  readonly axes?: boolean
}

const axisRoom = 18

/** The polygons by what they are painted with. */
export function byFill(
  polygons: readonly PaintedPolygon[],
): ReadonlyMap<number, readonly (readonly Flat[])[]> {
  const groups = new Map<number, (readonly Flat[])[]>()
  for (const { corners, fill } of polygons) {
    const group = groups.get(fill)
    if (group) group.push(corners)
    else groups.set(fill, [corners])
  }
  return groups
}

/** Regions of a plane as polygons of colours with their walls as lines. */
export function partitionChart(chart: PartitionChart): Drawn {
  const { polygons, fills, window, strong = [], points = [], side = 320, axes = true, line = ink } = chart
  const [spanS, spanT] = [window.s[1] - window.s[0], window.t[1] - window.t[0]]
  const unit = side / Math.max(spanS, spanT)
  const [width, height] = [unit * spanS, unit * spanT]
  const at = ([s, t]: Flat): Flat => [unit * (s - window.s[0]), height - unit * (t - window.t[0])]
  // Walls of many regions would cover them.
  const lineWidth = Math.min(0.8, Math.max(0.1, 12 / Math.sqrt(polygons.length)))
  const paths = [...byFill(polygons)].map(([fill, all]) =>
    element('path', {
      d: polygonsPath(all.map((corners) => corners.map(at))),
      fill: fills(fill),
    }),
  )
  const walls = strong.map(([from, to]) => {
    const [a, b] = [at(from), at(to)]
    return `M${a.map((x) => Math.round(100 * x) / 100).join()}L${b.map((x) => Math.round(100 * x) / 100).join()}`
  })
  const dots = points.map((point) => {
    const [cx, cy] = at(point)
    return element('circle', { cx, cy, r: 1.6 })
  })
  const svg = [
    element('g', { stroke: line, 'stroke-width': lineWidth, 'stroke-linejoin': 'round' }, ...paths),
    ...(walls.length === 0
      ? []
      : [
          element('path', {
            d: walls.join(''),
            stroke: accent,
            'stroke-width': 1.6,
            'stroke-linecap': 'round',
            fill: 'none',
          }),
        ]),
    ...(dots.length === 0
      ? []
      : [element('g', { fill: accent, stroke: '#ffffff', 'stroke-width': 0.4 }, ...dots)]),
    element('rect', { width, height, fill: 'none', stroke: axes ? faint : rule }),
    ...(axes ? axisLabels(window, width, height) : []),
  ]
  return { svg: svg.join('\n'), width, height: height + (axes ? axisRoom : 0) }
}

function axisLabels({ s, t }: PartitionChart['window'], width: number, height: number): string[] {
  const style = { 'font-size': 11, fill: faint }
  return [
    text(0, height + 14, label(s[0]), style),
    text(width, height + 14, label(s[1]), { ...style, 'text-anchor': 'end' }),
    ...(t[0] === s[0] && t[1] === s[1]
      ? []
      : [
          text(width / 2, height + 14, `t: ${label(t[0])} … ${label(t[1])}`, {
            ...style,
            'text-anchor': 'middle',
          }),
        ]),
  ]
}
