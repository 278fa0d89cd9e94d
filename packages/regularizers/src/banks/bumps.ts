import { exponential } from '@facet/tensor/checks'

/** Width of a Gaussian bump, in spacings of the centres (docs/mathematics.md 6.1). */
export const bumpWidth = 0.75

/** `count` places from `from` to `to`, both included; a single one in the middle. */
export function centres(from: number, to: number, count: number): number[] {
  if (count === 1) return [(from + to) / 2]
  return Array.from({ length: count }, (_, b) => from + ((to - from) * b) / (count - 1))
}

/** Gaussian bumps along a series, which sum to 1 at every sample: [bumps, length], row by row. */
export function seriesBumps(length: number, bumps: number): Float64Array {
  const places = centres(0, length - 1, bumps)
  const width = bumpWidth * (bumps === 1 ? length : (length - 1) / (bumps - 1))
  const values = new Float64Array(bumps * length)
  for (let t = 0; t < length; t++) {
    const heights = places.map((place) => exponential(-0.5 * ((t - place) / width) ** 2))
    const total = heights.reduce((sum, height) => sum + height, 0)
    heights.forEach((height, b) => {
      values[b * length + t] = height / total
    })
  }
  return values
}
