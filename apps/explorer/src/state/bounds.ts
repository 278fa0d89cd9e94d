import { layerLimits } from './layers-text.ts'

/** The numbers that a field may have, both ends included. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/**
 * Bounds of what a recipe may say, for addresses and for controls. The largest of all at once are 4,096 samples of 144 numbers and two stacks of
 * six layers of 128 units, 220,000 weights: slow, but no page dies of them.
 */
export const bounds = {
  points: { least: 8, most: 4096 },
  noise: { least: 0, most: 1 },
  gap: { least: 0, most: 0.9 },
  /** Coordinates of drawn points, in thousandths. */
  drawn: { least: -1000, most: 1000 },
  layers: { least: 0, most: layerLimits.hidden },
  units: { least: 1, most: layerLimits.units },
  bottleneck: { least: 1, most: layerLimits.bottleneck },
  weight: { least: 0, most: 1e4 },
  sigma: { least: 0, most: 10 },
  scale: { least: 0, most: 100 },
  rate: { least: 1e-6, most: 1 },
  batch: { least: 1, most: 4096 },
  seed: { least: 0, most: 2 ** 32 - 1 },
  step: { least: 0, most: 1e7 },
  /** A row of the samples. */
  row: { least: 0, most: 1e6 },
  coordinate: { least: -1e6, most: 1e6 },
  generator: { least: 0, most: 99 },
  theta: { least: -100, most: 100 },
  /** Milliseconds. */
  pace: { least: 0, most: 5000 },
} as const satisfies Readonly<Record<string, Bounds>>

/** Points that can be drawn by hand: their address is of 2,000 letters. */
export const mostDrawn = 500
