import { luSolve } from './elimination'
import { at, copyNumbers, fillNumbers, get, multiply, narrow, set, widen } from './matrices'

// exp by scaling and squaring with the [13/13] Padé approximant, as the reference backend does (Higham 2005).

/** Largest 1-norm at which the approximant is exact to double precision. */
const THETA_13: f64 = 5.371920351148152

/** Numerator of the approximant by degree, scaled to whole numbers. */
function coefficient(degree: i32): f64 {
  switch (degree) {
    case 0: return 64764752532480000
    case 1: return 32382376266240000
    case 2: return 7771770303897600
    case 3: return 1187353796428800
    case 4: return 129060195264000
    case 5: return 10559470521600
    case 6: return 670442572800
    case 7: return 33522128640
    case 8: return 1323241920
    case 9: return 40840800
    case 10: return 960960
    case 11: return 16380
    case 12: return 182
    default: return 1
  }
}

function oneNorm(a: usize, n: i32): f64 {
  let norm: f64 = 0
  for (let j = 0; j < n; j++) {
    let sum: f64 = 0
    for (let i = 0; i < n; i++) sum += abs<f64>(get(a, i * n + j))
    norm = max<f64>(norm, sum)
  }
  return norm
}

/** x += b₂ₖ₊ₚ A²ᵏ for three even powers. */
function addPowers(x: usize, count: i32, degree: i32, a2: usize, a4: usize, a6: usize): void {
  const b6 = coefficient(degree + 4)
  const b4 = coefficient(degree + 2)
  const b2 = coefficient(degree)
  for (let i = 0; i < count; i++) set(x, i, get(x, i) + (b6 * get(a6, i) + b4 * get(a4, i) + b2 * get(a2, i)))
}

/** The terms of one parity: A⁶ (b₁₂₊ A⁶ + b₁₀₊ A⁴ + b₈₊ A²) + b₆₊ A⁶ + b₄₊ A⁴ + b₂₊ A² + b₀₊ I. */
function polynomial(a2: usize, a4: usize, a6: usize, parity: i32, inner: usize, out: usize, n: i32): void {
  fillNumbers(inner, n * n, 0)
  addPowers(inner, n * n, 8 + parity, a2, a4, a6)
  multiply(a6, inner, out, n)
  addPowers(out, n * n, 2 + parity, a2, a4, a6)
  for (let i = 0; i < n; i++) set(out, i * n + i, get(out, i * n + i) + coefficient(parity))
}

/** exp of the matrix at the start of the workspace of 7 n² numbers, in its place. */
function exponential(n: i32, workspace: usize): void {
  const square = n * n
  const a = workspace
  const a2 = at(a, square)
  const a4 = at(a2, square)
  const a6 = at(a4, square)
  const odd = at(a6, square)
  const even = at(odd, square)
  const out = at(even, square)
  const norm = oneNorm(a, n)
  if (!isFinite<f64>(norm)) {
    fillNumbers(a, square, NaN)
    return
  }
  let squarings = 0
  let scale: f64 = 1
  for (let scaled = norm; scaled > THETA_13; scaled /= 2) {
    squarings++
    scale /= 2
  }
  for (let i = 0; i < square; i++) set(a, i, get(a, i) * scale)
  multiply(a, a, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  polynomial(a2, a4, a6, 1, out, odd, n)
  multiply(a, odd, out, n)
  copyNumbers(out, square, odd)
  polynomial(a2, a4, a6, 0, out, even, n)
  for (let i = 0; i < square; i++) {
    set(a, i, get(even, i) + get(odd, i))
    set(even, i, get(even, i) - get(odd, i))
  }
  luSolve(even, n, a, n)
  for (let k = 0; k < squarings; k++) {
    copyNumbers(a, square, odd)
    multiply(odd, odd, a, n)
  }
}

// @ts-expect-error: decorator
@inline function each<T>(count: i32, n: i32, a: usize, out: usize, workspace: usize): void {
  const bytes = <usize>(n * n) * sizeof<T>()
  for (let i = 0; i < count; i++, a += bytes, out += bytes) {
    widen<T>(a, n * n, workspace)
    exponential(n, workspace)
    narrow<T>(workspace, n * n, out)
  }
}

/** `workspace` has room for 7 n² numbers in float64. */
export function expm_f32(count: i32, n: i32, a: usize, out: usize, workspace: usize): void {
  each<f32>(count, n, a, out, workspace)
}
export function expm_f64(count: i32, n: i32, a: usize, out: usize, workspace: usize): void {
  each<f64>(count, n, a, out, workspace)
}
