/** `out = a · b`, all `[n, n]` row-major. */
export function multiply(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0, 0, n * n)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]
      for (let j = 0; j < n; j++) out[i * n + j] += factor * b[k * n + j]
    }
  }
}

/** `out = aᵀ · b`. */
export function multiplyTransposed(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0, 0, n * n)
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const factor = a[k * n + i]
      for (let j = 0; j < n; j++) out[i * n + j] += factor * b[k * n + j]
    }
  }
}
