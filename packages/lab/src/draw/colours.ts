import { scale } from '@observablehq/plot'
import { hues, pageShades } from '../report/palette.ts'

/**
 * What pictures are drawn with. They stand alone, on white: a program that makes pixels of them knows no colours of a page.
 */
export const ink = pageShades.ink.light
export const faint = pageShades.faint.light
export const rule = pageShades.rule.light
export const paper = pageShades.paper.light
/** The walls of an output's level set, and samples. */
export const accent = '#c2185b'

/**
 * Fills of regions, of which neighbours get different ones: pale, so that lines on them are seen, 0.05 apart in OKLab at the closest.
 */
export const regionFills: readonly string[] = [
  '#c6dbef',
  '#fdd0a2',
  '#c7e9c0',
  '#e0cdea',
  '#fff2ae',
  '#f9c6cf',
  '#b8e3e0',
  '#d9d2c3',
]

/** Lines of a chart, as far apart for all eyes as those of the models of a report. */
export const lineColours: readonly string[] = [hues.blue, hues.amber, hues.green, hues.pink, hues.grey].map(
  ({ light }) => light,
)

/** Steps of a continuous scale: paths of one colour are one path, and nobody sees more than so many. */
export const colourSteps = 64

/** Sizes from dark to light, told apart by all colour blindnesses, as in reports. */
const scheme = 'viridis'

/** A scale of colours from the smallest to the largest of some numbers. */
export interface ColourScale {
  readonly low: number
  readonly high: number
  /** The step of a number, from 0. */
  step(value: number): number
  /** The colour of a step. */
  colour(step: number): string
}

/** @param values finite numbers; where all are the same, or there is none, the scale is of width 1 */
export function colourScaleOf(values: readonly number[], { fromZero = false } = {}): ColourScale {
  let [low, high] = [fromZero ? 0 : Number.POSITIVE_INFINITY, fromZero ? 0 : Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(low < high)) [low, high] = Number.isFinite(low) ? [low, low + 1] : [0, 1]
  const colours = scale({ color: { type: 'linear', scheme, domain: [0, colourSteps - 1] } })!
  return {
    low,
    high,
    step: (value) =>
      Math.min(colourSteps - 1, Math.max(0, Math.floor((colourSteps * (value - low)) / (high - low)))),
    colour: (step) => String(colours.apply(step)),
  }
}

/** A fill for each region, so that no two that share a wall have one if eight are enough; in plane partitions four or five are. */
export function regionColours(count: number, neighbours: (region: number) => readonly number[]): number[] {
  const fills = new Array<number>(count).fill(-1)
  for (let region = 0; region < count; region++) {
    const taken = new Set(neighbours(region).map((other) => fills[other]))
    // Begins elsewhere for each, so that all fills are used.
    const order = regionFills.map((_, k) => (region + k) % regionFills.length)
    fills[region] = order.find((fill) => !taken.has(fill)) ?? region % regionFills.length
  }
  return fills
}
