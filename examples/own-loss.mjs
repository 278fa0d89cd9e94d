import { fit } from '@facet/facet'
import { abs, mean, sub } from '@facet/tensor'

let state = 1
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const row = () => {
  const [a, b] = [2 * random() - 1, 2 * random() - 1]
  return [a, b, a * b, a * a - b, Math.sin(3 * a)]
}
const clean = Array.from({ length: 1000 }, row)
// One number in fifty is wrong.
const spoilt = clean.map((row) => row.map((x) => (random() < 0.02 ? 20 * random() - 10 : x)))
/** Half of the numbers are nearer. */
const median = (a, b) =>
  a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i][j]))).sort((x, y) => x - y)[a.length * 2]

const squares = await fit(spoilt, { bottleneck: 2 })
const loss = (output, target) => mean(abs(sub(output, target)))
const distances = await fit(spoilt, { bottleneck: 2, loss })
console.log(`squares:   clean numbers are off by ${median(clean, squares.reconstruct(clean)).toFixed(3)}`)
console.log(`distances: clean numbers are off by ${median(clean, distances.reconstruct(clean)).toFixed(3)}`)
