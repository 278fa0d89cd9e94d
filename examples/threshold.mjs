import { fit } from '@facet/facet'

let state = 1
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const row = () => {
  const [a, b] = [2 * random() - 1, 2 * random() - 1]
  return [a, b, a * b, a * a - b, Math.sin(3 * a) + 0.1 * random()]
}
const rows = (count) => Array.from({ length: count }, row)
const odd = [0.5, 0.5, 0.25, -0.25, -1]

const model = await fit(rows(2000), { alarms: 0.01 })
const { kind, threshold, calibrating, smallestP } = model.report.alarms
console.log(`${kind}: error > ${threshold.toFixed(4)}, by ${calibrating} rows held out`)
console.log(`p of three rows: ${model.pValues([row(), row(), odd]).map((p) => p.toFixed(3))}`)
console.log(`the smallest p there can be: ${smallestP.toFixed(4)}`)
const falseAlarms = model.isAnomaly(rows(10_000)).filter(Boolean).length
console.log(`false alarms among 10000 new rows: ${falseAlarms}`)
