import { gather, key, type Tensor, tensor } from '@facet/tensor'

/** Rows [n, d] in float64, made place by place. */
export function rowsOf(n: number, d: number, at: (row: number, place: number) => number): Tensor {
  const values = Float64Array.from({ length: n * d }, (_, a) => at(Math.floor(a / d), a % d))
  return tensor(values, { shape: [n, d], dtype: 'float64' })
}

/** Random smooth series: five waves of random phase and amplitude, of periods from four lengths down. */
export function randomSmooth(n: number, d: number, seed: number): Tensor {
  const draws = key(seed)
    .child('smooth')
    .normalArray(10 * n)
  return rowsOf(n, d, (row, t) => {
    let value = 0
    for (let k = 0; k < 5; k++) {
      const angle = ((k + 0.5) * Math.PI * t) / (2 * d)
      value += draws[10 * row + 2 * k] * Math.cos(angle) + draws[10 * row + 2 * k + 1] * Math.sin(angle)
    }
    return value
  })
}

/** Stationary autoregressive series: x_t = φ x_{t−1} + √(1 − φ²) n_t. */
export function autoregressive(n: number, d: number, phi: number, seed: number): Tensor {
  const noise = key(seed)
    .child('autoregressive')
    .normalArray(n * d)
  const values = noise.slice()
  for (let row = 0; row < n; row++)
    for (let t = 1; t < d; t++)
      values[row * d + t] = phi * values[row * d + t - 1] + Math.sqrt(1 - phi * phi) * noise[row * d + t]
  return tensor(values, { shape: [n, d], dtype: 'float64' })
}

/** Columns in random order: column k of the result is column `places[k]` of the data. */
export function shuffledColumns(data: Tensor, seed: number): { data: Tensor; places: Int32Array } {
  const places = key(seed).child('shuffled').permutation(data.shape[1])
  return { data: gather(data, tensor(places), 1), places }
}

/** The share of neighbours in an order that were neighbours before the columns were shuffled. */
export function trueNeighbours(order: Int32Array, places: Int32Array): number {
  let count = 0
  for (let k = 1; k < order.length; k++) if (Math.abs(places[order[k]] - places[order[k - 1]]) === 1) count++
  return count / (order.length - 1)
}
