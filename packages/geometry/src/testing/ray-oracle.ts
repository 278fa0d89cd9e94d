import type { Matrix } from './plain-layers.ts'
import {
  activate,
  applied,
  codeOfSteps,
  type PlainLayer,
  plus,
  pointOnRay,
  winnerOf,
} from './plain-network.ts'
import { type PlainStep, plainSteps } from './plain-steps.ts'

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
 * Along a ray every unit is a piecewise-linear function of t. Step by step its breakpoints are found exactly: its values are
 * taken at the breakpoints of the steps before and cut where they change sign, or where two candidates of a window are equal. Then the plain forward pass says the
 * code at a few times in every gap between breakpoints.
 */
export function traceRay(
  layers: readonly PlainLayer[],
  theta: readonly number[],
  direction: readonly number[],
): RayTruth {
  const steps = plainSteps(layers)
  const home = codeOfSteps(steps, theta)
  const before: number[] = []
  for (const [from, to] of gaps(
    breakpoints(steps, { times: [0], values: [theta], slope: direction }).times,
  )) {
    const times = timesBetween(from, to)
    const codes = times.map((t) => codeOfSteps(steps, pointOnRay(theta, direction, t)))
    if (codes.some((code) => code !== codes[0])) {
      throw new Error(`traceRay: the code changes between breakpoints ${from} and ${to}`)
    }
    if (codes[0] !== home) return { home, t: from, code: codes[0], before, behind: times, next: to }
    before.push(...times)
  }
  return { home, t: Infinity, code: home, before, behind: [], next: Infinity }
}

/** A piecewise-linear function of t ≥ 0 of several numbers: their values at its breakpoints, and the slopes behind the last. */
interface Path {
  readonly times: readonly number[]
  readonly values: readonly (readonly number[])[]
  readonly slope: readonly number[]
}

/** All times ≥ 0 at which any unit may change state, sorted, with 0 first. */
function breakpoints(steps: readonly PlainStep[], path: Path): Path {
  return steps.reduce((before, step) => after(step, before), path)
}

function after(step: PlainStep, path: Path): Path {
  switch (step.step) {
    case 'affine':
      return {
        times: path.times,
        values: path.values.map((value) => plus(applied(step.weight, value), step.bias)),
        slope: applied(step.weight, path.slope),
      }
    case 'sign': {
      const { times, values, slope } = refined(path, cuts(path))
      const beyond = valueAt(path, times[times.length - 1] + 1)
      const lower = -activate(step.activation, -1)
      return {
        times,
        values: values.map((value) => value.map((p) => activate(step.activation, p))),
        slope: slope.map((s, u) => (beyond[u] > 0 ? s : s * lower)),
      }
    }
    case 'largest': {
      const { times, values, slope } = refined(path, cuts(differences(step.windows, path)))
      const beyond = valueAt(path, times[times.length - 1] + 1)
      const winners = (at: readonly number[]) => step.windows.map((window) => window[winnerOf(window, at)])
      return {
        times,
        values: values.map((value) => winners(value).map((place) => value[place])),
        slope: winners(beyond).map((place) => slope[place]),
      }
    }
    case 'sum': {
      const inner = breakpoints(step.inner, path)
      const skip = after({ step: 'affine', weight: step.skip, bias: null }, path)
      const other = refined(skip, inner.times)
      return {
        times: inner.times,
        values: inner.values.map((value, i) => plus(value, other.values[i])),
        slope: plus(inner.slope, skip.slope),
      }
    }
  }
}

/** Of all pairs of candidates: winners change where one of them is 0. */
function differences(windows: Matrix, path: Path): Path {
  const pairs = windows.flatMap((window) => {
    const places = window.filter((place) => place >= 0)
    return places.flatMap((a, i) => places.slice(i + 1).map((b) => [a, b]))
  })
  const ofPairs = (value: readonly number[]) => pairs.map(([a, b]) => value[a] - value[b])
  return { times: path.times, values: path.values.map(ofPairs), slope: ofPairs(path.slope) }
}

/** The same function with more breakpoints. */
function refined(path: Path, more: readonly number[]): Path {
  const times = [...new Set([...path.times, ...more])].sort((a, b) => a - b)
  return { times, values: times.map((t) => valueAt(path, t)), slope: path.slope }
}

/** Where numbers change sign between two breakpoints, or after the last. */
function cuts({ times, values, slope }: Path): number[] {
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

function valueAt({ times, values, slope }: Path, t: number): number[] {
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
