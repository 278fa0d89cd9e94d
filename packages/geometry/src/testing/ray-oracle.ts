import { activate, type PlainLayer, plainCode, pointOnRay, preactivations } from './plain-network.ts'

/** What is really met on a ray: by plain loops in float64, without regions, derivatives or one-sided codes. */
export interface RayTruth {
  /** The code at θ itself. */
  readonly home: string
  /** When the code first changes; Infinity if never. */
  readonly t: number
  /** The code behind it, the same at every one of `behind`; `home` if the code never changes. */
  readonly code: string
  /** Times between θ and the wall. */
  readonly before: readonly number[]
  /** Times between the wall and the next one. */
  readonly behind: readonly number[]
  /** When the next wall is met, or Infinity. */
  readonly next: number
}

/** Roots nearer than this, relative to 1 + t, are one wall: far more than rounding moves a root, far less than walls are apart. */
const COINCIDENT = 1e-9

/**
 * Along a ray every unit is a piecewise-linear function of t. Layer by layer its breakpoints are found exactly: its values are
 * taken at the breakpoints of the layers before and cut where they change sign. Then the plain forward pass says the
 * code at a few times in every gap between breakpoints.
 */
export function traceRay(
  layers: readonly PlainLayer[],
  theta: readonly number[],
  direction: readonly number[],
): RayTruth {
  const home = plainCode(layers, theta)
  const before: number[] = []
  for (const [from, to] of gaps(breakpoints(layers, theta, direction))) {
    const times = timesBetween(from, to)
    const codes = times.map((t) => plainCode(layers, pointOnRay(theta, direction, t)))
    if (codes.some((code) => code !== codes[0])) {
      throw new Error(`traceRay: the code changes between breakpoints ${from} and ${to}`)
    }
    if (codes[0] !== home) return { home, t: from, code: codes[0], before, behind: times, next: to }
    before.push(...times)
  }
  return { home, t: Infinity, code: home, before, behind: [], next: Infinity }
}

/** All times ≥ 0 at which any unit may change state, sorted, with 0 first. */
function breakpoints(
  layers: readonly PlainLayer[],
  theta: readonly number[],
  direction: readonly number[],
): number[] {
  let times = [0]
  let values: (readonly number[])[] = [theta]
  let finalSlope = direction
  for (const layer of layers) {
    const inside = values.map((value) => preactivations(layer, value))
    const slope = preactivations({ ...layer, bias: null }, finalSlope)
    const cut = layer.activation.name === 'identity' ? [] : cuts(times, inside, slope)
    const all = [...new Set([...times, ...cut])].sort((a, b) => a - b)
    values = all.map((t) => interpolate(times, inside, slope, t).map((p) => activate(layer.activation, p)))
    const beyond = interpolate(times, inside, slope, all[all.length - 1] + 1)
    const lower = -activate(layer.activation, -1)
    finalSlope = slope.map((s, u) => (beyond[u] > 0 ? s : s * lower))
    times = all
  }
  return times
}

/** Where units change sign between two breakpoints, or after the last. */
function cuts(
  times: readonly number[],
  values: readonly (readonly number[])[],
  slope: readonly number[],
): number[] {
  const found: number[] = []
  const last = times.length - 1
  slope.forEach((s, u) => {
    for (let i = 0; i < last; i++) {
      const [p, q] = [values[i][u], values[i + 1][u]]
      if (p * q < 0) found.push(times[i] + ((times[i + 1] - times[i]) * p) / (p - q))
    }
    if (values[last][u] * s < 0) found.push(times[last] - values[last][u] / s)
  })
  return found
}

function interpolate(
  times: readonly number[],
  values: readonly (readonly number[])[],
  slope: readonly number[],
  t: number,
): number[] {
  const last = times.length - 1
  if (t >= times[last]) return values[last].map((p, u) => p + (t - times[last]) * slope[u])
  const i = times.findIndex((time) => time > t) - 1
  const share = (t - times[i]) / (times[i + 1] - times[i])
  return values[i].map((p, u) => p + share * (values[i + 1][u] - p))
}

/** The open intervals between breakpoints, coinciding ones taken together; the last has no end. */
function gaps(times: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  times.forEach((from, i) => {
    const to = i + 1 < times.length ? times[i + 1] : Infinity
    if (to - from > COINCIDENT * (1 + from)) found.push([from, to])
  })
  return found
}

/**
 * Three times well inside an interval, with as few binary digits as it allows: for networks and rays of small integers
 * the plain forward pass is then exact.
 */
function timesBetween(from: number, to: number): number[] {
  if (to === Infinity) return [1, 2, 40].map((step) => Math.ceil(from) + step)
  const quarter = (to - from) / 4
  const grid = 2 ** (Math.floor(Math.log2(quarter)) - 1)
  return [1, 2, 3].map((k) => Math.round((from + k * quarter) / grid) * grid)
}
