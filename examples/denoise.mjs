import { fit } from '@facet/facet'

let state = 1
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const wave = () => {
  const [height, shift, slope] = [0.5 + random(), 6.3 * random(), random() - 0.5]
  return Array.from({ length: 40 }, (_, t) => height * Math.sin(t / 5 + shift) + slope * (t / 20 - 1))
}
const waves = (count) => Array.from({ length: count }, wave)
const noisy = (rows) => rows.map((row) => row.map((x) => x + 2 * random() - 1))
/** Mean squared difference. */
const between = (a, b) => {
  const squares = a.flatMap((row, i) => row.map((x, j) => (x - b[i][j]) ** 2))
  return squares.reduce((sum, x) => sum + x) / squares.length
}

const [clean, unseen] = [waves(1000), waves(200)]
const model = await fit(noisy(clean), { target: clean, bottleneck: 6 })
const received = noisy(unseen)
const cleaned = model.reconstruct(received)
console.log(`as received: ${between(received, unseen).toFixed(3)} from the clean waves`)
console.log(`cleaned:     ${between(cleaned, unseen).toFixed(3)}`)
