import { fit } from '@facet/facet'

// Readings of a pump: flow and power follow from speed and valve.
const wobble = (i) => (Math.sin(12.9898 * i) * 43758.5453) % 1
const reading = (i) => {
  const [speed, valve] = [1500 + 300 * Math.sin(i / 9), 0.6 + 0.3 * Math.cos(i / 23)]
  const flow = 0.04 * speed * Math.sqrt(valve) + 0.3 * wobble(i)
  return { speed, valve, flow, power: (flow * speed) / 6000 + 0.1 * wobble(i + 0.5) }
}
const usual = Array.from({ length: 1000 }, (_, i) => reading(i))
const today = [reading(5000), { ...reading(5001), flow: 35 }, reading(5002)]

const model = await fit(usual, { bottleneck: 2 })
console.log(model.isAnomaly(today))
const [, { columns, cause }] = model.explain(today)
console.log(columns.map(({ column, share }) => `${column} ${(100 * share).toFixed()} %`).join(', '))
console.log(`${cause.column} is ${cause.value}, expected ${cause.expected.toFixed(1)}`)
const { error, pca, mean } = model.report
for (const [what, { validation }] of Object.entries({ error, pca, mean }))
  console.log(what, validation.toFixed(4))
