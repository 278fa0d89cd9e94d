/** The inverse by Gauss and Jordan with the largest pivots of columns; `a` is overwritten. @returns false for a pivot of 0 */
export function invert(a: Float64Array, inverse: Float64Array, n: number, rowOf: Int32Array): boolean {
  inverse.fill(0)
  for (let i = 0; i < n; i++) {
    inverse[i * n + i] = 1
    rowOf[i] = i
  }
  for (let c = 0; c < n; c++) {
    let p = c
    for (let i = c + 1; i < n; i++) if (Math.abs(a[i * n + c]) > Math.abs(a[p * n + c])) p = i
    const pivot = a[p * n + c]
    if (pivot === 0 || !Number.isFinite(pivot)) return false
    for (let j = 0; j < n; j++) {
      const [x, y] = [a[p * n + j], inverse[p * n + j]]
      a[p * n + j] = a[c * n + j]
      inverse[p * n + j] = inverse[c * n + j]
      a[c * n + j] = x / pivot
      inverse[c * n + j] = y / pivot
    }
    for (let i = 0; i < n; i++) {
      const factor = a[i * n + c]
      if (i === c || factor === 0) continue
      for (let j = 0; j < n; j++) {
        a[i * n + j] -= factor * a[c * n + j]
        inverse[i * n + j] -= factor * inverse[c * n + j]
      }
    }
  }
  return true
}
