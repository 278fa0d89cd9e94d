import { fit } from '@facet/facet'

// Sixty readings an hour of a motor. From hour 20 on a bearing wears out.
let state = 1
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const reading = (hour) => {
  const [load, air] = [random(), random()]
  const wear = Math.max(0, hour - 20) / 50
  const motor = 0.6 * load * load + 0.4 * air + wear + 0.02 * random()
  return { load, air, motor, oil: 0.5 * load + 0.5 * air * air + 0.02 * random() }
}
const readings = (hour) => Array.from({ length: 60 }, () => reading(hour))

const model = await fit(Array.from({ length: 15 }, (_, hour) => readings(hour)).flat(), { bottleneck: 2 })
for (let hour = 15; hour < 24; hour++) {
  const rows = readings(hour)
  const alarms = model.isAnomaly(rows).filter(Boolean).length
  const { martingale, changed } = await model.partialFit(rows)
  console.log(`${hour}:00  ${alarms} alarms  evidence ${martingale.toFixed(1)}  changed: ${changed}`)
}
