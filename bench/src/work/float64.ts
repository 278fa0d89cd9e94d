/** Plain float64 loops: what results are held against, written without any of the libraries compared. */

/** `a [m, k] · b [k, n]`. */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  k: number,
  n: number,
): Float64Array {
  const out = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    const row = out.subarray(i * n, (i + 1) * n)
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p]
      for (let j = 0, at = p * n; j < n; j++, at++) row[j] += factor * b[at]
    }
  }
  return out
}

/** `x Wᵀ + b`: x [rows, inputs], W [outputs, inputs]. */
export function layer(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  rows: number,
  inputs: number,
): Float64Array {
  const outputs = bias.length
  const out = new Float64Array(rows * outputs)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < outputs; j++) {
      let sum = bias[j]
      for (let p = 0; p < inputs; p++) sum += x[i * inputs + p] * weight[j * inputs + p]
      out[i * outputs + j] = sum
    }
  }
  return out
}
