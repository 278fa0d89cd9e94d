import * as Plot from '@observablehq/plot'
import { svgOf } from './plot.ts'

/** Told apart by all colour blindnesses and on grey paper, from dark (0) to light. */
const scheme = 'viridis'

export interface HeatMap {
  /** What it shows, in words. */
  readonly ariaLabel: string
  /** Rows of numbers of at least 0. */
  readonly values: readonly (readonly number[])[]
  /** The end of the colour scale. */
  readonly largest: number
  /** Label of the columns, which count from 1. */
  readonly x: string
  /** Label of the rows, which count from 1. */
  readonly y: string
}

const domainTo = (largest: number): [number, number] => [0, largest === 0 ? 1 : largest]

/** Every `step`th number from 1 to `count`, so that they do not touch. */
const ticks = (count: number, most: number): number[] => {
  const step = Math.ceil(count / most)
  return Array.from({ length: count }, (_, i) => i + 1).filter((n) => (n - 1) % step === 0)
}

/** Numbers as a grid of colours. */
export function heatMap({ ariaLabel, values, largest, x, y }: HeatMap): string {
  const columns = Math.max(...values.map((row) => row.length))
  const cells = values.flatMap((row, i) => row.map((value, k) => ({ row: i + 1, column: k + 1, value })))
  return svgOf({
    ariaLabel,
    width: 240,
    height: 40 + 12 * values.length,
    marginLeft: 32,
    marginRight: 2,
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
      ticks: ticks(values.length, 8),
      padding: 0,
      round: false,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickSize: 0,
    },
    color: { type: 'linear', scheme, domain: domainTo(largest) },
    marks: [Plot.cell(cells, { x: 'column', y: 'row', fill: 'value', inset: 0.5 })],
  })
}

const steps = 48

/** The colours of a {@link heatMap} with their numbers: the legend that Plot would need a canvas for. */
export function colourScale({ ariaLabel, largest }: Pick<HeatMap, 'ariaLabel' | 'largest'>): string {
  const [, end] = domainTo(largest)
  const rects = Array.from({ length: steps }, (_, i) => ({
    from: (i / steps) * end,
    to: ((i + 1) / steps) * end,
    middle: ((i + 0.5) / steps) * end,
  }))
  return svgOf({
    ariaLabel,
    width: 240,
    height: 34,
    marginLeft: 32,
    marginRight: 2,
    marginTop: 4,
    marginBottom: 20,
    x: { label: null, domain: [0, end], ticks: 4, tickSize: 3 },
    y: { axis: null, domain: [0, 1] },
    color: { type: 'linear', scheme, domain: [0, end] },
    marks: [Plot.rect(rects, { x1: 'from', x2: 'to', y1: 0, y2: 1, fill: 'middle', insetRight: -0.5 })],
  })
}
