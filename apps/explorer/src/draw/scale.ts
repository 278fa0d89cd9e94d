import { tickStep, ticks } from 'd3-array'

/**
 * Numbers along an axis as pixels, and back. (d3-scale has these too, and brings colours, dates and texts that can be scaled with it: 8 KB gzipped that a page of
 * numbers does not need.)
 */
export interface Scale {
  (value: number): number
  /** The number at a pixel. */
  invert(pixel: number): number
  readonly domain: readonly [low: number, high: number]
  /** About so many round numbers of the domain. */
  ticks(count: number): number[]
}

type Ends = readonly [number, number]

function scaleOf(
  domain: Ends,
  range: Ends,
  to: (value: number) => number,
  from: (x: number) => number,
): Scale {
  const [low, high] = domain.map(to)
  const [start, end] = range
  const at = (value: number): number => start + ((to(value) - low) / (high - low)) * (end - start)
  const invert = (pixel: number): number => from(low + ((pixel - start) / (end - start)) * (high - low))
  return Object.assign(at, { invert, domain, ticks: (count: number) => ticks(...domain, count) })
}

const itself = (x: number): number => x

/** Equal steps are equally long. */
export const linearScale = (domain: Ends, range: Ends): Scale => scaleOf(domain, range, itself, itself)

/** Equal factors are equally long; numbers are above 0. */
export const logScale = (domain: Ends, range: Ends): Scale => scaleOf(domain, range, Math.log, Math.exp)

/** Most decimals that a tick is written with. */
const MOST_DECIMALS = 12

/** Writes ticks of a domain with as many decimals as tell them apart, and a real minus. */
export function tickText([low, high]: Ends, count: number): (value: number) => string {
  const step = tickStep(low, high, count)
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  return (value) => value.toFixed(decimals).replace('-', '−')
}
