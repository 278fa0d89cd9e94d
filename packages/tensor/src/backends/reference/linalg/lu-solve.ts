/**
 * Solves `A X = B` for a general square A by elimination with partial pivoting; both arguments are overwritten, `a` by its
 * triangular factor on and above the diagonal, `b` by the solution. A singular A gives infinities or NaN.
 *
 * @param a `[n, n]` row-major
 * @param b `[n, m]` row-major
 * @returns the sign of the permutation of the rows: `det A` is it times the product of the diagonal of the factor
 */
export function luSolveInPlace(a: Float64Array, n: number, b: Float64Array, m: number): number {
  let sign = 1
  for (let k = 0; k < n; k++) {
    const pivotRow = largestBelow(a, n, k)
    if (pivotRow !== k) {
      sign = -sign
      swapRows(a, n, k, pivotRow)
      swapRows(b, m, k, pivotRow)
    }
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k] / a[k * n + k]
      for (let c = k + 1; c < n; c++) a[i * n + c] -= factor * a[k * n + c]
      for (let c = 0; c < m; c++) b[i * m + c] -= factor * b[k * m + c]
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const factor = a[i * n + k]
      for (let c = 0; c < m; c++) b[i * m + c] -= factor * b[k * m + c]
    }
    for (let c = 0; c < m; c++) b[i * m + c] /= a[i * n + i]
  }
  return sign
}

function largestBelow(a: Float64Array, n: number, k: number): number {
  let best = k
  for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i
  return best
}

function swapRows(values: Float64Array, width: number, first: number, second: number): void {
  for (let c = 0; c < width; c++) {
    const held = values[first * width + c]
    values[first * width + c] = values[second * width + c]
    values[second * width + c] = held
  }
}
