import { dividedDifference } from './divided-difference'
import { at, copyNumbers, fillNumbers, get, multiply, narrow, set, widen } from './matrices'

// Functions of symmetric matrices and their derivatives as the reference backend computes them.

/** out = aᵀ · b. */
function multiplyTransposed(a: usize, b: usize, out: usize, n: i32): void {
  fillNumbers(out, n * n, 0)
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const factor = get(a, k * n + i)
      for (let j = 0; j < n; j++) set(out, i * n + j, get(out, i * n + j) + factor * get(b, k * n + j))
    }
  }
}

function symmetrise(a: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const entry = get(a, i * n + j) / 2 + get(a, j * n + i) / 2
      set(a, i * n + j, entry)
      set(a, j * n + i, entry)
    }
  }
}

/** Σ over the orders of the directions not taken, from step m of the path on, of the products along it. */
function products(directions: usize, order: i32, n: i32, path: usize, m: i32, taken: i32): f64 {
  if (m == order) return 1
  let sum: f64 = 0
  const entry = <i32>get(path, m) * n + <i32>get(path, m + 1)
  for (let d = 0; d < order; d++) {
    if ((taken >> d) & 1) continue
    sum += get(directions, d * n * n + entry) * products(directions, order, n, path, m + 1, taken | (1 << d))
  }
  return sum
}

/** The next path between the same ends; false behind the last. */
function advance(path: usize, order: i32, n: i32): bool {
  for (let m = 1; m < order; m++) {
    set(path, m, get(path, m) + 1)
    if (<i32>get(path, m) < n) return true
    set(path, m, 0)
  }
  return false
}

/** The workspace holds the vectors, the inner and the outer matrix, the directions, the values, a path, nodes and as many numbers again. */
function functionOf(kind: i32, exponent: f64, order: i32, n: i32, workspace: usize): void {
  const square = n * n
  const vectors = workspace
  const inner = at(vectors, square)
  const out = at(inner, square)
  const directions = at(out, square)
  const values = at(directions, order * square)
  const path = at(values, n)
  const nodes = at(path, order + 1)
  const work = at(nodes, order + 1)
  for (let d = 0; d < order; d++) {
    const direction = at(directions, d * square)
    symmetrise(direction, n)
    multiply(direction, vectors, inner, n)
    multiplyTransposed(vectors, inner, direction, n)
  }
  if (order == 0) {
    for (let i = 0; i < n; i++) {
      set(nodes, 0, get(values, i))
      const value = dividedDifference(kind, exponent, nodes, 1, work)
      for (let r = 0; r < n; r++) set(inner, i * n + r, value * get(vectors, r * n + i))
    }
    multiply(vectors, inner, out, n)
    return
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      fillNumbers(path, order, 0)
      set(path, 0, <f64>i)
      set(path, order, <f64>j)
      let sum: f64 = 0
      do {
        for (let m = 0; m <= order; m++) set(nodes, m, get(values, <i32>get(path, m)))
        sum += dividedDifference(kind, exponent, nodes, order + 1, work) * products(directions, order, n, path, 0, 0)
      } while (advance(path, order, n))
      set(out, i * n + j, sum)
    }
  }
  multiply(vectors, out, inner, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum: f64 = 0
      for (let c = 0; c < n; c++) sum += get(inner, i * n + c) * get(vectors, j * n + c)
      set(out, i * n + j, sum)
    }
  }
}

/**
 * `directions` are those of all matrices in float64, direction by direction; `workspace` has room for (3 + order) n² + n + 3 (order + 1)
 * numbers in float64.
 */
// instances: f32 f64
@inline function symmetricFunction<T>(count: i32, n: i32, kind: i32, exponent: f64, order: i32, values: usize, vectors: usize, directions: usize, out: usize, workspace: usize): void {
  const square = n * n
  const bytes = <usize>square * sizeof<T>()
  for (let i = 0; i < count; i++) {
    widen<T>(vectors, square, workspace)
    for (let d = 0; d < order; d++) copyNumbers(at(directions, (d * count + i) * square), square, at(workspace, (3 + d) * square))
    widen<T>(values, n, at(workspace, (3 + order) * square))
    functionOf(kind, exponent, order, n, workspace)
    narrow<T>(at(workspace, 2 * square), square, out)
    vectors += bytes
    out += bytes
    values += <usize>n * sizeof<T>()
  }
}

/** Numbers of one direction into those in float64. */
// instances: f32 f64
@inline function direction<T>(from: usize, count: i32, to: usize): void {
  widen<T>(from, count, to)
}
