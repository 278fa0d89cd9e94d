/**
 * How much more likely each of some rows is under a Gaussian chain along a path than under independence, in nats a step.
 *
 * The chain is of first order and stationary, each row has its own scale, and all rows one correlation ρ of neighbours. With the row's scale
 * at its most likely value what is left of a row is its own correlation of neighbours, `r = Σ z_p z_q / ½ Σ (z_p² + z_q²)` over the steps
 * from p to q, and the gain of the chain (the bivariate densities of neighbours over the product of their margins) is
 *
 *     g(r, ρ) = (ρ r − ρ²) / (1 − ρ²) − ½ log(1 − ρ²)
 *
 * a step: above 0 for r above some ρ/2, and r²/2 or so at best. Each row is judged by the ρ of the other rows, the mean of their r, so that the
 * gain is what a forecast would have; ρ below 0 counts as 0, where neighbours are not alike and the gain is 0.
 *
 * @param rows [d, m], column after column, each of mean 0 and variance 1 over all rows of the set
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
    return (others * r - others * others) / left - Math.log(left) / 2
  })
}

/** Correlations count as at most this: copies of columns gain 3.1 nats a step, not infinitely many. */
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
