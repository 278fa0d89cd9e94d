import { exp, expm1, log, pow } from '../mathematics'
import { get, set, swap } from './matrices'

// Divided differences as the reference backend computes them, which says why.

// codes
export enum ScalarFunction {
  exp,
  log,
  power,
}

const TERMS: i32 = 32
const HIGHEST_POLYNOMIAL: f64 = 64

export function scalarValue(kind: i32, exponent: f64, x: f64): f64 {
  if (kind == ScalarFunction.exp) return exp(x)
  return kind == ScalarFunction.log ? log(x) : pow(x, exponent)
}

/** f[x₀, …] of `count` nodes, which are overwritten; `work` has room for as many. */
export function dividedDifference(kind: i32, exponent: f64, x: usize, count: i32, work: usize): f64 {
  if (count == 1) return scalarValue(kind, exponent, get(x, 0))
  const isWhole = kind == ScalarFunction.power && floor<f64>(exponent) == exponent
  if (isWhole && exponent >= 0 && exponent <= HIGHEST_POLYNOMIAL) return homogeneous(x, count, <i32>exponent - count + 1, work)
  sort(x, count)
  if (get(x, 0) < 0 && kind != ScalarFunction.exp && !isWhole) return NaN
  return ofSorted(kind, exponent, x, 0, count - 1, work)
}

function ofSorted(kind: i32, exponent: f64, x: usize, first: i32, last: i32, work: usize): f64 {
  const low = get(x, first)
  const high = get(x, last)
  if (first == last) return scalarValue(kind, exponent, low)
  if (areNear(kind, exponent, low, high)) return taylor(kind, exponent, x, first, last, work)
  if (last == first + 1) return difference(kind, exponent, low, high) / (high - low)
  return (ofSorted(kind, exponent, x, first + 1, last, work) - ofSorted(kind, exponent, x, first, last - 1, work)) / (high - low)
}

function areNear(kind: i32, exponent: f64, low: f64, high: f64): bool {
  if (kind == ScalarFunction.exp) return high - low <= 1
  return high - low <= (0.5 * min<f64>(abs<f64>(low), abs<f64>(high))) / max<f64>(1, abs<f64>(exponent))
}

function difference(kind: i32, exponent: f64, low: f64, high: f64): f64 {
  const ratio = log(high / low)
  if (isFinite<f64>(ratio)) {
    if (kind == ScalarFunction.log) return ratio
    const u = exponent * ratio
    if (kind == ScalarFunction.power && abs<f64>(u) < 1) return scalarValue(kind, exponent, low) * expm1(u)
  }
  return scalarValue(kind, exponent, high) - scalarValue(kind, exponent, low)
}

function taylor(kind: i32, exponent: f64, x: usize, first: i32, last: i32, work: usize): f64 {
  const order = last - first
  const centre = get(x, first) + (get(x, last) - get(x, first)) / 2
  let coefficient = taylorCoefficient(kind, exponent, centre, order)
  if (get(x, first) == get(x, last)) return coefficient
  let sum = coefficient
  for (let i = 0; i <= order; i++) set(work, i, 1)
  for (let m = 1; m < TERMS; m++) {
    coefficient *= nextOver(kind, exponent, centre, order + m)
    let total: f64 = 0
    for (let i = 0; i <= order; i++) {
      total += (get(x, first + i) - centre) * get(work, i)
      set(work, i, total)
    }
    sum += coefficient * total
  }
  return sum
}

/** f⁽ᵏ⁾(c) / k!, k ≥ 1. */
function taylorCoefficient(kind: i32, exponent: f64, c: f64, k: i32): f64 {
  if (kind == ScalarFunction.log) return (k % 2 == 1 ? 1.0 : -1.0) / (<f64>k * pow(c, <f64>k))
  let product = kind == ScalarFunction.exp ? exp(c) : pow(c, exponent - <f64>k)
  for (let j = 0; j < k; j++) product *= (kind == ScalarFunction.exp ? 1 : exponent - <f64>j) / <f64>(j + 1)
  return product
}

function nextOver(kind: i32, exponent: f64, c: f64, k: i32): f64 {
  const order = <f64>k
  if (kind == ScalarFunction.exp) return 1 / order
  return (kind == ScalarFunction.log ? 1 - order : exponent - order + 1) / (order * c)
}

/** The sum of all products of `degree` nodes, repetitions among them. */
function homogeneous(x: usize, count: i32, degree: i32, work: usize): f64 {
  if (degree < 0) return 0
  for (let i = 0; i < count; i++) set(work, i, 1)
  for (let m = 1; m <= degree; m++) {
    let total: f64 = 0
    for (let i = 0; i < count; i++) {
      total += get(x, i) * get(work, i)
      set(work, i, total)
    }
  }
  return get(work, count - 1)
}

function sort(x: usize, count: i32): void {
  for (let i = 1; i < count; i++) for (let at = i; at > 0 && get(x, at - 1) > get(x, at); at--) swap(x, at, at - 1)
}
