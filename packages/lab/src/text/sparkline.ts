import { extent } from './statistics.ts'

const bars = '▁▂▃▄▅▆▇█'

/**
 * Numbers as a line of at most `width` bars, the smallest lowest. Where there are more numbers than bars, each bar is the
 * mean of its share. On a logarithmic scale, because errors fall by factors; values that are not above 0 count as the
 * smallest that is.
 */
export function sparkline(values: readonly number[], width: number): string {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return bars[0].repeat(Math.min(values.length, width))
  const [floor] = extent(positive)
  const shares = shared(
    values.map((value) => Math.log(Math.max(value, floor))),
    Math.min(values.length, width),
  )
  const [low, high] = extent(shares)
  const span = high - low
  const heights = shares.map((value) =>
    span === 0 ? 0 : Math.round(((value - low) / span) * (bars.length - 1)),
  )
  return heights.map((height) => bars[height]).join('')
}

/** Means over `count` runs of neighbours. */
function shared(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / count),
      Math.floor(((i + 1) * values.length) / count),
    )
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}
