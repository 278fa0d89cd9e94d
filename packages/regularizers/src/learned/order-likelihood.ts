/**
 * How much more likely each of some rows is under a Gaussian chain along a path than under independence, in nats a step.
 *
 * The chain is of first order and stationary, each row has its own scale, and all rows one correlation ρ of neighbours. With the row's mean
 * square as its scale what is left of a row is its own correlation of neighbours, `r = Σ z_p z_q / ½ Σ (z_p² + z_q²)` over the steps
 * from p to q, and the gain of the chain (the bivariate densities of neighbours over the product of their margins) is
 *
 *     g(r, ρ) = (ρ r − ρ²) / (1 − ρ²) − ½ log(1 − ρ²)
 *
 * a step, most for ρ = r, and above 0 for small ρ where r > ρ/2. The ρ that fits several rows best is the mean of their r. Each row is judged by the mean of
 * the others, so that the gain is what a forecast would have; below 0, where neighbours are not alike, it counts as 0, and so does the gain.
 *
 * @param rows [d, m], column after column, each of mean 0 and variance 1
 * @returns [m]
 */
export function chainGains(rows: Float64Array, path: Int32Array): Float64Array {
  const d = path.length
  const m = rows.length / d
  const own = ownCorrelations(rows, path)
  const total = own.reduce((a, b) => a + b, 0)
  return own.map((r) => {
    const others = Math.min(Math.max(0, (total - r) / (m - 1)), MOST)
    const left = 1 - others * others
    return (others * r - others * others) / left + Math.log(1 / left) / 2
  })
}

/** Correlations count as at most this: copies of columns gain 3.6 nats a step, not infinitely many. */
const MOST = 0.999

/** The correlation of neighbours on a path within each row, in [−1, 1]; 0 in a row of zeros. */
function ownCorrelations(rows: Float64Array, path: Int32Array): Float64Array {
  const m = rows.length / path.length
  const products = new Float64Array(m)
  const squares = new Float64Array(m)
  for (let k = 1; k < path.length; k++) {
    const [p, q] = [path[k - 1] * m, path[k] * m]
    for (let i = 0; i < m; i++) {
      const [a, b] = [rows[p + i], rows[q + i]]
      products[i] += a * b
      squares[i] += a * a + b * b
    }
  }
  return products.map((product, i) => (squares[i] === 0 ? 0 : (2 * product) / squares[i]))
}
