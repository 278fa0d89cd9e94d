import type { ScalarFunction } from '../../../ops/linear-algebra/scalar-function.ts'
import { dividedDifference } from './divided-difference.ts'
import { multiply, multiplyTransposed } from './products.ts'

/**
 * `f(A)` of a symmetric A = V diag(λ) Vᵀ, or its derivative of order k in as many symmetric directions: with `E = Vᵀ direction V`,
 * entry (i, j) of it between Vᵀ and V is the sum over all paths i → … → j of k steps and all orders of the directions of
 * `f[λᵢ, …, λⱼ] · E(i, ·) ⋯ E(·, j)` (Daleckiĭ & Kreĭn 1965; Higham, "Functions of Matrices", Thm 3.11 for k = 1).
 *
 * @param values λ `[n]`
 * @param vectors V `[n, n]` row-major, vector k is column k
 * @param directions `[n, n]` each, their symmetric parts are taken; overwritten
 * @param out `[n, n]`, overwritten
 */
export function symmetricFunction(
  f: ScalarFunction,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
  directions: readonly Float64Array[],
  out: Float64Array,
): void {
  const inner = new Float64Array(n * n)
  for (const direction of directions) {
    symmetrise(direction, n)
    multiply(direction, vectors, inner, n)
    multiplyTransposed(vectors, inner, direction, n)
  }
  const k = directions.length
  const nodes = new Float64Array(k + 1)
  const path = new Int32Array(k + 1)
  if (k === 0) {
    for (let i = 0; i < n; i++) {
      nodes[0] = values[i]
      const value = dividedDifference(f, nodes, 1)
      for (let r = 0; r < n; r++) inner[i * n + r] = value * vectors[r * n + i]
    }
    multiply(vectors, inner, out, n)
    return
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      path.fill(0)
      path[0] = i
      path[k] = j
      let sum = 0
      do {
        for (let m = 0; m <= k; m++) nodes[m] = values[path[m]]
        sum += dividedDifference(f, nodes, k + 1) * products(directions, n, path, 0, 0)
      } while (advance(path, n))
      out[i * n + j] = sum
    }
  }
  multiply(vectors, out, inner, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let c = 0; c < n; c++) sum += inner[i * n + c] * vectors[j * n + c]
      out[i * n + j] = sum
    }
  }
}

/** The next path between the same ends; false behind the last. */
function advance(path: Int32Array, n: number): boolean {
  for (let m = 1; m < path.length - 1; m++) {
    if (++path[m] < n) return true
    path[m] = 0
  }
  return false
}

/** Σ over the orders of the directions that are not `taken` (bits), from step m of the path on, of the products along it. */
function products(
  directions: readonly Float64Array[],
  n: number,
  path: Int32Array,
  m: number,
  taken: number,
): number {
  if (m === directions.length) return 1
  let sum = 0
  for (let d = 0; d < directions.length; d++) {
    if ((taken >> d) & 1) continue
    sum += directions[d][path[m] * n + path[m + 1]] * products(directions, n, path, m + 1, taken | (1 << d))
  }
  return sum
}

function symmetrise(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i] = a[i * n + j] / 2 + a[j * n + i] / 2
}
