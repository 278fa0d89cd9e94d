import { dividedDifference, ScalarFunction } from './divided-difference'
import { decompose } from '../spectral/eigh'
import { luSolve } from './elimination'
import { exp, log, pow } from '../mathematics'
import { at, copyNumbers, fillNumbers, get, multiply, narrow, set, widen } from './matrices'

// exp by scaling and squaring with the [13/13] Padé approximant, as the reference backend does (Higham 2005; Al-Mohy & Higham 2009).

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

/** The reference backend says why these. */
const SQUARINGS_OF_WHOLE: i32 = 6
const MOST_SQUARINGS: i32 = 52
const LARGEST_OF_POWERS: f64 = 1e30
const FIRST_ERROR: f64 = 8.830098664012178e-36

/** How often a norm is halved until the approximant is exact. */
function halvings(norm: f64): i32 {
  let count = 0
  for (let scaled = norm; scaled > THETA_13; scaled /= 2) count++
  return count
}

/** a ← a², `copy` overwritten. */
function square(a: usize, n: i32, copy: usize): void {
  copyNumbers(a, n * n, copy)
  multiply(copy, copy, a, n)
}

/** The approximant of exp(A / 2ˢ) in place of A, which 6 n² numbers follow. */
function approximant(a: usize, n: i32, squarings: i32): void {
  const count = n * n
  const a2 = at(a, count)
  const a4 = at(a2, count)
  const a6 = at(a4, count)
  const odd = at(a6, count)
  const even = at(odd, count)
  const out = at(even, count)
  const scale = pow(2, -squarings)
  for (let i = 0; i < count; i++) set(a, i, get(a, i) * scale)
  multiply(a, a, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  polynomial(a2, a4, a6, 1, out, odd, n)
  multiply(a, odd, out, n)
  copyNumbers(out, count, odd)
  polynomial(a2, a4, a6, 0, out, even, n)
  for (let i = 0; i < count; i++) {
    set(a, i, get(even, i) + get(odd, i))
    set(even, i, get(even, i) - get(odd, i))
  }
  luSolve(even, n, a, n)
}

/** By the norms of powers where they can be had; `powers` has room for 4 n² numbers. */
function squaringsOf(a: usize, n: i32, powers: usize): i32 {
  const norm = oneNorm(a, n)
  const byNorm = halvings(norm)
  if (norm > LARGEST_OF_POWERS) return byNorm
  const a2 = powers
  const a4 = at(a2, n * n)
  const a6 = at(a4, n * n)
  const product = at(a6, n * n)
  multiply(a, a, a2, n)
  multiply(a2, a2, a4, n)
  multiply(a2, a4, a6, n)
  const d6 = pow(oneNorm(a6, n), 1.0 / 6)
  multiply(a4, a4, product, n)
  const d8 = pow(oneNorm(product, n), 1.0 / 8)
  multiply(a4, a6, product, n)
  const d10 = pow(oneNorm(product, n), 1.0 / 10)
  const least = halvings(min<f64>(max<f64>(d6, d8), max<f64>(d8, d10)))
  const scale = pow(2, -least)
  let sums = powers
  let next = at(powers, n)
  fillNumbers(sums, n, 1)
  for (let k = 0; k < 27; k++) {
    fillNumbers(next, n, 0)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) set(next, j, get(next, j) + get(sums, i) * abs<f64>(get(a, i * n + j) * scale))
    const held = sums
    sums = next
    next = held
  }
  let most: f64 = 0
  for (let i = 0; i < n; i++) most = max<f64>(most, get(sums, i))
  const missing = FIRST_ERROR * (most / (norm * scale))
  const more = max<f64>(0, ceil<f64>((log(missing * pow(2, 53)) / 0.6931471805599453) / 26))
  return isFinite<f64>(more) ? min<i32>(byNorm, least + <i32>more) : byNorm
}

/** The diagonal and the one above it of exp(A / 2ᵏ), A upper triangular; `work` has room for 4 numbers. */
function renewDiagonals(a: usize, n: i32, k: i32, out: usize, work: usize): void {
  const scale = pow(2, -k)
  for (let i = 0; i < n; i++) {
    set(out, i * n + i, exp(get(a, i * n + i) * scale))
    if (i + 1 == n) break
    const entry = get(a, i * n + i + 1) * scale
    set(work, 0, get(a, i * n + i) * scale)
    set(work, 1, get(a, (i + 1) * n + i + 1) * scale)
    set(out, i * n + i + 1, entry == 0 ? 0 : entry * dividedDifference(ScalarFunction.exp, 0, work, 2, at(work, 2)))
  }
}

function equalsItsTranspose(a: usize, n: i32): bool {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (get(a, i * n + j) != get(a, j * n + i)) return false
  return true
}

/** exp of a symmetric matrix in its place, by eigenvalues; 2 n² + 2 n numbers follow `work`. −1, or the eigenvalue that does not converge. */
function ofSymmetric(a: usize, n: i32, isLost: bool, work: usize): i32 {
  const scaled = at(work, n * n)
  const values = at(scaled, n * n)
  copyNumbers(a, n * n, work)
  const failed = decompose(work, n, values, at(values, n))
  if (failed >= 0) return failed
  if (isLost && !(get(values, n - 1) < <f64>n * pow(2, -50) * get(values, 0))) {
    fillNumbers(a, n * n, NaN)
    return -1
  }
  for (let k = 0; k < n; k++) {
    const value = exp(get(values, k))
    for (let i = 0; i < n; i++) set(scaled, k * n + i, value * get(work, i * n + k))
  }
  multiply(work, scaled, a, n)
  return -1
}

/** exp of a block in its place; `work` has room for 7 n² + 4 numbers. −1, or the eigenvalue that does not converge. */
function blockExponential(a: usize, n: i32, isTriangular: bool, work: usize): i32 {
  if (n == 1) {
    set(a, 0, exp(get(a, 0)))
    return -1
  }
  const squarings = squaringsOf(a, n, work)
  const isLost = squarings > MOST_SQUARINGS
  if (!isTriangular && equalsItsTranspose(a, n)) return ofSymmetric(a, n, isLost, work)
  // What is squared and what it needs stand behind each other, the block itself stays.
  copyNumbers(a, n * n, work)
  approximant(work, n, squarings)
  for (let k = squarings; ; k--) {
    if (isTriangular) renewDiagonals(a, n, k, work, at(work, 7 * n * n))
    if (k == 0) break
    square(work, n, at(work, n * n))
  }
  if (isLost && !isTriangular) fillNumbers(a, n * n, NaN)
  else copyNumbers(work, n * n, a)
  return -1
}

/** The rows that are connected with the first of `rows`, behind it; how many with it. */
function connectedRows(a: usize, n: i32, taken: usize, rows: usize): i32 {
  let count = 1
  for (let place = 0; place < count; place++) {
    const row = <i32>get(rows, place)
    for (let j = 0; j < n; j++) {
      if (get(taken, j) != 0 || (get(a, row * n + j) == 0 && get(a, j * n + row) == 0)) continue
      set(taken, j, 1)
      set(rows, count++, <f64>j)
    }
  }
  return count
}

/** Each row before those that its entries lead to, into `sorted`; false where entries go round in a circle. */
function sortRows(a: usize, n: i32, rows: usize, count: i32, before: usize, sorted: usize): bool {
  let done = 0
  for (let c = 0; c < count; c++) {
    const j = <i32>get(rows, c)
    let leading = 0
    for (let r = 0; r < count; r++) {
      const i = <i32>get(rows, r)
      if (i != j && get(a, i * n + j) != 0) leading++
    }
    set(before, j, <f64>leading)
    if (leading == 0) set(sorted, done++, <f64>j)
  }
  for (let place = 0; place < done; place++) {
    const i = <i32>get(sorted, place)
    for (let c = 0; c < count; c++) {
      const j = <i32>get(rows, c)
      if (i == j || get(a, i * n + j) == 0) continue
      set(before, j, get(before, j) - 1)
      if (get(before, j) == 0) set(sorted, done++, <f64>j)
    }
  }
  return done == count
}

/** exp of a matrix in its place, block by block; `work` has room for 9 n² + 4 n + 4 numbers. */
function byBlocks(a: usize, n: i32, work: usize): i32 {
  const whole = work
  const taken = at(whole, n * n)
  const rows = at(taken, n)
  const sorted = at(rows, n)
  const before = at(sorted, n)
  const block = at(before, n)
  const rest = at(block, n * n)
  copyNumbers(a, n * n, whole)
  fillNumbers(a, n * n, 0)
  fillNumbers(taken, n, 0)
  for (let first = 0; first < n; first++) {
    if (get(taken, first) != 0) continue
    set(taken, first, 1)
    set(rows, 0, <f64>first)
    const m = connectedRows(whole, n, taken, rows)
    const isTriangular = sortRows(whole, n, rows, m, before, sorted)
    const order = isTriangular ? sorted : rows
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) set(block, i * m + j, get(whole, <i32>get(order, i) * n + <i32>get(order, j)))
    const failed = blockExponential(block, m, isTriangular, rest)
    if (failed >= 0) return failed
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) set(a, <i32>get(order, i) * n + <i32>get(order, j), get(block, i * m + j))
  }
  return -1
}

/** exp of the matrix at the start of the workspace in its place. −1, or the eigenvalue that does not converge. */
function exponential(n: i32, a: usize): i32 {
  const norm = oneNorm(a, n)
  if (!isFinite<f64>(norm)) {
    fillNumbers(a, n * n, NaN)
    return -1
  }
  const squarings = halvings(norm)
  if (squarings > SQUARINGS_OF_WHOLE) return byBlocks(a, n, at(a, n * n))
  approximant(a, n, squarings)
  for (let k = 0; k < squarings; k++) square(a, n, at(a, n * n))
  return -1
}

/** `workspace` has room for 10 n² + 4 n + 4 numbers in float64; −1, or the eigenvalue that does not converge. */
// instances: f32 f64
@inline function expm<T>(count: i32, n: i32, a: usize, out: usize, workspace: usize): i32 {
  const bytes = <usize>(n * n) * sizeof<T>()
  for (let i = 0; i < count; i++, a += bytes, out += bytes) {
    widen<T>(a, n * n, workspace)
    const failed = exponential(n, workspace)
    if (failed >= 0) return failed
    narrow<T>(workspace, n * n, out)
  }
  return -1
}
