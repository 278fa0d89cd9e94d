import { fit } from '@facet/facet'

// Readings of a pump, all as they should be: flow and power follow from speed and valve.
const rows = Array.from({ length: 1000 }, (_, i) => {
  const [speed, valve] = [1500 + 300 * Math.sin(i / 9), 0.6 + 0.3 * Math.cos(i / 23)]
  const flow = 0.04 * speed * Math.sqrt(valve)
  return { speed, valve, flow, power: (flow * speed) / 6000 }
})

const model = await fit(rows, { bottleneck: 2, alarms: 0.01 })
const today = [rows[7], { ...rows[8], flow: 35 }]
console.log(model.isAnomaly(today))
console.log(model.explain(today)[1].columns[0])
