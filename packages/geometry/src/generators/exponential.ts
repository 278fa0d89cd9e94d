import { matmul, scope, tensor } from '@facet/tensor'
import { lengthOf } from '../numbers/length-of.ts'
import { type Mix, ROUNDING } from './mix.ts'

/** The longest step, in norm: terms of its Taylor series add up to e² at most, where the sum may be 1. */
export const LONGEST_STEP = 2

/** A point, and how far it may be from the exact one. */
export interface Acted {
  readonly moved: Float64Array
  readonly error: number
}

/** One step exp(A / steps) as a Taylor polynomial. */
interface Step {
  readonly steps: number
  readonly degree: number
  /** e^{c / steps} */
  readonly factor: number
  /** How much an error grows in a step at most. */
  readonly growth: number
  /** What a step is off, as a share of the point it acts on. */
  readonly error: number
}

/** Truncation, roundings, and what is inexact in A, of a step of that many. */
function stepOf({ d, shift, norm, frobenius, growth, inexact }: Mix, steps: number): Step {
  const size = norm / steps
  let [degree, rest] = [0, size]
  const truncation = () => rest / (1 - size / (degree + 2))
  // rest = size^(degree + 1) / (degree + 1)!
  while (size >= degree + 2 || truncation() > ROUNDING / 4) {
    degree++
    rest *= size / (degree + 1)
  }
  // Term j is off by (d + 3) roundings of |B| on the term before, and passes that on; adding up rounds degree times.
  const rounding = ROUNDING * Math.exp(size) * (((d + 3) * frobenius) / steps + degree)
  const factor = Math.exp(shift / steps)
  const grows = Math.exp(growth / steps)
  const error =
    factor * (truncation() + rounding) +
    grows * (inexact / steps) +
    Math.max(factor, grows) * ROUNDING * (Math.abs(shift / steps) + 4)
  return { steps, degree, factor, growth: grows, error }
}

/** exp(A) x by the Taylor polynomials of steps no longer than {@link LONGEST_STEP}. */
export function actByTaylor(mix: Mix, x: Float64Array): Acted {
  const { d, matrix } = mix
  const step = stepOf(mix, Math.max(1, Math.ceil(mix.norm / LONGEST_STEP)))
  const moved = Float64Array.from(x)
  let [term, next] = [new Float64Array(d), new Float64Array(d)]
  let error = 0
  for (let k = 0; k < step.steps; k++) {
    error = error * step.growth + lengthOf(moved) * step.error
    term.set(moved)
    for (let j = 1; j <= step.degree; j++) {
      const divisor = step.steps * j
      for (let i = 0; i < d; i++) {
        let sum = 0
        for (let c = 0, at = i * d; c < d; c++) sum += matrix[at + c] * term[c]
        next[i] = sum / divisor
        moved[i] += next[i]
      }
      ;[term, next] = [next, term]
    }
    for (let i = 0; i < d; i++) moved[i] *= step.factor
  }
  return { moved, error: error * MARGIN }
}

/** For what is of second order in roundings, and the rounding of the bounds themselves. */
const MARGIN = 1.01

/** exp(A) x by the exponential of A / 2^k as a matrix, squared k times. */
export function actBySquaring(mix: Mix, x: Float64Array): Acted {
  const { d, matrix } = mix
  if (!Number.isFinite(mix.norm)) return { moved: x, error: Number.NaN }
  const squarings = Math.max(0, Math.ceil(Math.log2(mix.norm / LONGEST_STEP)))
  const step = stepOf(mix, 2 ** squarings)
  return scope(() => {
    const small = tensor(
      matrix.map((value) => value / step.steps),
      { shape: [d, d] },
    )
    const sum = identity(d)
    let power = tensor(sum, { shape: [d, d] })
    for (let j = 1; j <= step.degree; j++) {
      const term = (matmul(small, power).dataSync() as Float64Array).map((value) => value / j)
      term.forEach((value, i) => void (sum[i] += value))
      power = tensor(term, { shape: [d, d] })
    }
    let exponential: Float64Array = sum.map((value) => value * step.factor)
    // Column by column a step acts on a unit vector, √d of them in Frobenius norm.
    let error = step.error * Math.sqrt(d)
    for (let k = 0; k < squarings; k++) {
      const length = lengthOf(exponential)
      error =
        2 * Math.exp((mix.growth * 2 ** k) / step.steps) * error + error ** 2 + d * ROUNDING * length ** 2
      const before = tensor(exponential, { shape: [d, d] })
      exponential = matmul(before, before).dataSync() as Float64Array
    }
    const moved = new Float64Array(d)
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) moved[i] += exponential[i * d + j] * x[j]
    const size = lengthOf(x)
    return { moved, error: (error + d * ROUNDING * lengthOf(exponential)) * size * MARGIN }
  })
}

function identity(d: number): Float64Array {
  const matrix = new Float64Array(d * d)
  for (let i = 0; i < d; i++) matrix[i * (d + 1)] = 1
  return matrix
}
