import * as Plot from '@observablehq/plot'
import { extent } from '../text/statistics.ts'
import type { Html } from './html.ts'
import { svgOf } from './plot.ts'

/** Told apart by all colour blindnesses: sizes from dark (0) to light, also on grey paper; signed numbers purple (below 0) to orange. */
const schemes = { sizes: 'viridis', signed: 'puor' } as const

export interface HeatMap {
  /** What it shows, in words. */
  readonly ariaLabel: string
  readonly values: readonly (readonly number[])[]
  /** The end of the colour scale. */
  readonly largest: number
  /** Whether numbers are of either sign: then the scale begins at minus the largest. Default: at 0. */
  readonly signed?: boolean
  /** Label of the columns, which count from 1. */
  readonly x: string
  /** Label of the rows, which count from 1. */
  readonly y: string
  /** About as wide as it will stand, in pixels: that keeps its letters the size of others. Default: 240. */
  readonly width?: number
  /** Whether cells are as high as wide; default: 12 pixels high. */
  readonly square?: boolean
}

/** Below it everything is taken for 0: of denormal numbers no ticks can be counted. */
const leastEnd = 1e-300

function scaleOf({ largest, signed = false }: Pick<HeatMap, 'largest' | 'signed'>) {
  const end = largest > leastEnd ? largest : 1
  const domain: [number, number] = [signed ? -end : 0, end]
  return { type: 'linear' as const, scheme: signed ? schemes.signed : schemes.sizes, domain }
}

/** Every `step`th number from 1 to `count`, so that they do not touch. */
const ticks = (count: number, most: number): number[] => {
  const step = Math.ceil(count / most)
  return Array.from({ length: count }, (_, i) => i + 1).filter((n) => (n - 1) % step === 0)
}

/** Room for rows of two digits beside their label: at 32 the label lay on the numbers. */
const marginLeft = 40
const marginRight = 2

const defaultWidth = 240

/** Numbers as a grid of colours. */
export function heatMap(map: HeatMap): Html {
  const { ariaLabel, values, x, y, width = defaultWidth, square = false } = map
  const columns = extent(values.map((row) => row.length))[1]
  const cellHeight = square ? (width - marginLeft - marginRight) / columns : 12
  const cells = values.flatMap((row, i) => row.map((value, k) => ({ row: i + 1, column: k + 1, value })))
  return svgOf({
    ariaLabel,
    width,
    height: 40 + cellHeight * values.length,
    marginLeft,
    marginRight,
    marginTop: 4,
    marginBottom: 34,
    x: {
      type: 'band',
      label: x,
      ticks: ticks(columns, 10),
      padding: 0,
      round: false,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickSize: 0,
    },
    y: {
      type: 'band',
      label: y,
      ticks: ticks(values.length, square ? 10 : 8),
      padding: 0,
      round: false,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickSize: 0,
    },
    color: scaleOf(map),
    marks: [Plot.cell(cells, { x: 'column', y: 'row', fill: 'value', inset: 0.5 })],
  })
}

const gap = 0.08

/** Small grids of one shape side by side, counted from 1 above them, on one scale of colours and without axes. */
export function heatMaps({
  ariaLabel,
  maps,
  width = defaultWidth,
  ...scale
}: Pick<HeatMap, 'ariaLabel' | 'largest' | 'signed' | 'width'> & {
  readonly maps: readonly HeatMap['values'][]
}): Html {
  const cells = maps.flatMap((rows, i) =>
    rows.flatMap((row, y) => row.map((value, x) => ({ map: i + 1, x, y, value }))),
  )
  const [rows, columns] = [maps[0]?.length ?? 0, maps[0]?.[0]?.length ?? 1]
  const marginTop = 18
  const side = (width * (1 - gap)) / (maps.length + gap)
  return svgOf({
    ariaLabel,
    width,
    height: marginTop + (side * rows) / columns,
    margin: 0,
    marginTop,
    fx: { axis: 'top', label: null, padding: gap, round: false, tickSize: 0 },
    x: { type: 'band', axis: null, padding: 0, round: false },
    y: { type: 'band', axis: null, padding: 0, round: false },
    color: scaleOf(scale),
    marks: [Plot.cell(cells, { fx: 'map', x: 'x', y: 'y', fill: 'value', inset: 0.5 })],
  })
}

const steps = 24

/** The colours of a {@link heatMap} with their numbers: the legend that Plot would need a canvas for. */
export function colourScale({
  ariaLabel,
  width = defaultWidth,
  ...scale
}: Pick<HeatMap, 'ariaLabel' | 'largest' | 'signed' | 'width'>): Html {
  const color = scaleOf(scale)
  const [begin, end] = color.domain
  const at = (share: number): number => begin + share * (end - begin)
  const rects = Array.from({ length: steps }, (_, i) => ({
    from: at(i / steps),
    to: at((i + 1) / steps),
    middle: at((i + 0.5) / steps),
  }))
  return svgOf({
    ariaLabel,
    width,
    height: 34,
    marginLeft,
    marginRight,
    marginTop: 4,
    marginBottom: 20,
    x: { label: null, domain: color.domain, ticks: 4, tickSize: 3 },
    y: { axis: null, domain: [0, 1] },
    color,
    marks: [Plot.rect(rects, { x1: 'from', x2: 'to', y1: 0, y2: 1, fill: 'middle', insetRight: -0.5 })],
  })
}
