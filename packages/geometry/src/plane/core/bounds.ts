import type { SparseMatrix } from '../../numbers/sparse-matrix.ts'
import type { AffineStep, Step } from '../../program/program.ts'
import type { WindowOfPlane } from './window.ts'

/** The rounding error of one operation, as a share of its result. */
const UNIT = 2 ** -53

/**
 * Rounding of coordinates, as a share of the largest: every vertex lies between two others, and rounds twice at half a unit in the last place; chains of 64
 * in one level, and eight times as many over all levels, are longer than any that was seen.
 */
export const COORDINATE_ERROR = 2 ** -43

/** What numbers of one slot may be at most within a window, and be off by; and the Euclidean norms of all of them. */
export interface Bounds {
  readonly size: Float64Array
  readonly error: Float64Array
  /** How fast a number changes at most along the plane. */
  readonly slope: Float64Array
  readonly sizeNorm: number
  readonly errorNorm: number
  readonly slopeNorm: number
}

/** An upper bound of the largest singular value. */
export type Sigma = (matrix: SparseMatrix) => number

/**
 * Error bounds of the slots that some steps fill in a window of a plane (docs/decisions/0030). A vertex stands for a point within the window;
 * its numbers are those of the network at that point, but for `error`.
 *
 * @param steps those before the first units that choose
 */
export function boundsOf(steps: readonly Step[], window: WindowOfPlane, sigma: Sigma): Bounds[] {
  const bounds = [ofPlane(window)]
  for (const step of steps) bounds[step.to] = behind(step, bounds, sigma)
  return bounds
}

/** The bounds where numbers that some units choose by are known to be no larger than `sizes`: those that `steps` make, from these on. */
export function refined(
  bounds: readonly Bounds[],
  slot: number,
  sizes: Float64Array,
  steps: readonly Step[],
  sigma: Sigma,
): Bounds[] {
  const better = bounds.slice()
  const { error, slope, size, ...norms } = bounds[slot]
  const measured = size.map((x, i) => Math.min(x, up(sizes[i] + error[i])))
  better[slot] = withNorms(measured, error, slope, {
    size: norms.sizeNorm,
    error: norms.errorNorm,
    slope: norms.slopeNorm,
  })
  for (const step of steps) better[step.to] = behind(step, better, sigma)
  return better
}

function ofPlane({ origin, u, v, s, t }: WindowOfPlane): Bounds {
  const [far, high] = [largest(s), largest(t)]
  const size = Float64Array.from(
    u,
    (ui, i) => Math.abs(ui) * far + Math.abs(v[i]) * high + Math.abs(origin[i]),
  )
  // Forms are composed, then evaluated: twice as many terms.
  const error = size.map((x) => 8 * UNIT * x)
  const slope = Float64Array.from(u, (ui, i) => up(Math.hypot(ui, v[i])))
  return withNorms(size, error, slope)
}

const largest = ([a, b]: readonly [number, number]): number => Math.max(Math.abs(a), Math.abs(b))

/** Rounding of the bounds themselves. */
const up = (x: number): number => x * (1 + 2 ** -40)

export const normOf = (x: Float64Array): number => {
  const most = x.reduce((a, b) => Math.max(a, b), 0)
  return most === 0 ? 0 : up(most * Math.sqrt(x.reduce((sum, xi) => sum + (xi / most) ** 2, 0)))
}

const withNorms = (
  size: Float64Array,
  error: Float64Array,
  slope: Float64Array,
  most: { size: number; error: number; slope: number } = { size: Infinity, error: Infinity, slope: Infinity },
): Bounds => ({
  size,
  error,
  slope,
  sizeNorm: Math.min(most.size, normOf(size)),
  errorNorm: Math.min(most.error, normOf(error)),
  slopeNorm: Math.min(most.slope, normOf(slope)),
})

function behind(step: Step, bounds: readonly Bounds[], sigma: Sigma): Bounds {
  switch (step.kind) {
    case 'affine':
      return behindAffine(step, bounds[step.from], sigma)
    case 'sum': {
      const [a, b] = [bounds[step.a], bounds[step.b]]
      const size = a.size.map((x, i) => up(x + b.size[i]))
      const error = a.error.map((x, i) => up(x + b.error[i] + 2 * UNIT * size[i]))
      const slope = a.slope.map((x, i) => up(x + b.slope[i]))
      return withNorms(size, error, slope, {
        size: up(a.sizeNorm + b.sizeNorm),
        error: up(a.errorNorm + b.errorNorm + 2 * UNIT * (a.sizeNorm + b.sizeNorm)),
        slope: up(a.slopeNorm + b.slopeNorm),
      })
    }
    case 'sign': {
      const from = chosenBy(bounds[step.from])
      const steepest = Math.max(1, Math.abs(step.slope))
      const times = (x: Float64Array) => x.map((xi) => up(xi * steepest))
      return withNorms(times(from.size), times(from.error), times(from.slope), {
        size: up(from.sizeNorm * steepest),
        error: up(from.errorNorm * steepest),
        slope: up(from.slopeNorm * steepest),
      })
    }
    case 'largest': {
      const from = chosenBy(bounds[step.from])
      const { places, states } = step
      const most = (x: Float64Array) =>
        Float64Array.from({ length: places.length / states }, (_, unit) => {
          let best = 0
          for (let c = 0; c < states; c++) {
            const place = places[unit * states + c]
            if (place >= 0) best = Math.max(best, x[place])
          }
          return best
        })
      return withNorms(most(from.size), most(from.error), most(from.slope))
    }
  }
}

/** Chains of as many vertices of one level are within the bounds; `MOST_GENERATIONS` of the kernels. */
const GENERATIONS = 64

/**
 * The bounds of numbers that units have chosen by: vertices that the level has made take them from the ends of their edges, and the walls of the levels before
 * are as far off as their own numbers are.
 */
export function chosenBy({ size, error, slope, sizeNorm, errorNorm, slopeNorm }: Bounds): Bounds {
  const between = (3 * GENERATIONS + 8) * UNIT
  return {
    size,
    error: error.map((e, i) => up(4 * e + between * size[i])),
    slope,
    sizeNorm,
    errorNorm: up(4 * errorNorm + between * sizeNorm),
    slopeNorm,
  }
}

function behindAffine({ matrix, bias }: AffineStep, from: Bounds, sigmaOf: Sigma): Bounds {
  const count = matrix?.rows ?? from.size.length
  const size = new Float64Array(count)
  const error = new Float64Array(count)
  const slope = new Float64Array(count)
  const rounding = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const shift = bias === null ? 0 : Math.abs(bias[i])
    if (matrix === null) {
      size[i] = up(from.size[i] + shift)
      rounding[i] = 3 * UNIT * size[i]
      error[i] = up(from.error[i] + rounding[i])
      slope[i] = from.slope[i]
      continue
    }
    const { terms, norm, x, e, g } = rowSums(matrix, i, from)
    size[i] = up(Math.min(x, norm * from.sizeNorm) + shift)
    // Products and sums of the terms, of what bends, and of the ends of an edge.
    rounding[i] = 2 * (terms + 6) * UNIT * size[i]
    error[i] = up(Math.min(e, norm * from.errorNorm) + rounding[i])
    slope[i] = up(Math.min(g, norm * from.slopeNorm))
  }
  const sigma = matrix === null ? 1 : sigmaOf(matrix)
  const shift = bias === null ? 0 : normOf(bias.map(Math.abs))
  return withNorms(size, error, slope, {
    size: up(sigma * from.sizeNorm + shift),
    error: up(sigma * from.errorNorm + normOf(rounding)),
    slope: up(sigma * from.slopeNorm),
  })
}

function rowSums({ start, column, value }: SparseMatrix, i: number, { size, error, slope }: Bounds) {
  let [x, e, g, most, square] = [0, 0, 0, 0, 0]
  for (let k = start[i]; k < start[i + 1]; k++) most = Math.max(most, Math.abs(value[k]))
  for (let k = start[i]; k < start[i + 1]; k++) {
    const weight = Math.abs(value[k])
    const j = column[k]
    x += weight * size[j]
    e += weight * error[j]
    g += weight * slope[j]
    square += (weight / most) ** 2
  }
  return { terms: start[i + 1] - start[i], norm: up(most * Math.sqrt(square)), x: up(x), e: up(e), g: up(g) }
}
