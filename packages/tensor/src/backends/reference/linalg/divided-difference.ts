import { exponential } from '../../../elementary/exponential.ts'
import type { ScalarFunction } from '../../../ops/linear-algebra/scalar-function.ts'

/** Terms of a Taylor series about the middle of nodes that are near each other: the last is below 0.2³² · 32³ = 1e-18. */
const TERMS = 32

/** Powers up to this one are polynomials, whose divided differences are sums without a division. */
const HIGHEST_POLYNOMIAL = 64

const isWhole = ({ kind, exponent }: ScalarFunction): boolean =>
  kind === 'power' && Number.isInteger(exponent)

export function scalarValue({ kind, exponent }: ScalarFunction, x: number): number {
  if (kind === 'exp') return exponential(x)
  return kind === 'log' ? Math.log(x) : x ** exponent
}

/**
 * The divided difference `f[x₀, …, xₖ]`, accurate where nodes are equal or nearly so: nodes that are near each other take the Taylor
 * series about their middle, `Σ f⁽ᵏ⁺ᵐ⁾(c)/(k + m)! · hₘ(x − c)` with hₘ the complete homogeneous symmetric polynomial; of others the
 * differences of those of one order less lose no more than some units in the last place. NaN where a node is outside the domain.
 *
 * @param x the first `count` are the nodes; overwritten
 */
export function dividedDifference(f: ScalarFunction, x: Float64Array, count: number): number {
  if (count === 1) return scalarValue(f, x[0])
  if (isWhole(f) && f.exponent >= 0 && f.exponent <= HIGHEST_POLYNOMIAL)
    return homogeneous(x, count, f.exponent - count + 1)
  sort(x, count)
  if (x[0] < 0 && f.kind !== 'exp' && !isWhole(f)) return Number.NaN
  return ofSorted(f, x, 0, count - 1)
}

function ofSorted(f: ScalarFunction, x: Float64Array, first: number, last: number): number {
  const [low, high] = [x[first], x[last]]
  if (first === last) return scalarValue(f, low)
  if (areNear(f, low, high)) return taylor(f, x, first, last)
  if (last === first + 1) return difference(f, low, high) / (high - low)
  return (ofSorted(f, x, first + 1, last) - ofSorted(f, x, first, last - 1)) / (high - low)
}

function areNear({ kind, exponent }: ScalarFunction, low: number, high: number): boolean {
  if (kind === 'exp') return high - low <= 1
  return high - low <= (0.5 * Math.min(Math.abs(low), Math.abs(high))) / Math.max(1, Math.abs(exponent))
}

/** `f(high) − f(low)` of nodes that are not near. */
function difference(f: ScalarFunction, low: number, high: number): number {
  const ratio = Math.log(high / low)
  if (Number.isFinite(ratio)) {
    if (f.kind === 'log') return ratio
    const u = f.exponent * ratio
    if (f.kind === 'power' && Math.abs(u) < 1) return scalarValue(f, low) * Math.expm1(u)
  }
  return scalarValue(f, high) - scalarValue(f, low)
}

function taylor(f: ScalarFunction, x: Float64Array, first: number, last: number): number {
  const order = last - first
  const centre = x[first] + (x[last] - x[first]) / 2
  let coefficient = taylorCoefficient(f, centre, order)
  if (x[first] === x[last]) return coefficient
  let sum = coefficient
  // hₘ of the first 1, 2, … nodes, from hₘ₋₁ of them.
  const h = new Float64Array(order + 1).fill(1)
  for (let m = 1; m < TERMS; m++) {
    coefficient *= nextOver(f, centre, order + m)
    let total = 0
    for (let i = 0; i <= order; i++) {
      total += (x[first + i] - centre) * h[i]
      h[i] = total
    }
    sum += coefficient * total
  }
  return sum
}

/** `f⁽ᵏ⁾(c) / k!`, k ≥ 1. */
function taylorCoefficient({ kind, exponent }: ScalarFunction, c: number, k: number): number {
  if (kind === 'log') return (k % 2 === 1 ? 1 : -1) / (k * c ** k)
  let product = kind === 'exp' ? exponential(c) : c ** (exponent - k)
  for (let j = 0; j < k; j++) product *= (kind === 'exp' ? 1 : exponent - j) / (j + 1)
  return product
}

/** Coefficient k of the Taylor series divided by coefficient k − 1. */
function nextOver({ kind, exponent }: ScalarFunction, c: number, k: number): number {
  if (kind === 'exp') return 1 / k
  return (kind === 'log' ? 1 - k : exponent - k + 1) / (k * c)
}

/** The sum of all products of `degree` nodes, repetitions among them; 0 for a negative degree. */
function homogeneous(x: Float64Array, count: number, degree: number): number {
  if (degree < 0) return 0
  const h = new Float64Array(count).fill(1)
  for (let m = 1; m <= degree; m++) {
    let total = 0
    for (let i = 0; i < count; i++) {
      total += x[i] * h[i]
      h[i] = total
    }
  }
  return h[count - 1]
}

/** Ascending, by insertion: `count` is one more than the order of the derivative. */
function sort(x: Float64Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const held = x[i]
    let at = i
    for (; at > 0 && x[at - 1] > held; at--) x[at] = x[at - 1]
    x[at] = held
  }
}
