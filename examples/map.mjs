import { syntheticControl } from '@facet/data'
import { fit } from '@facet/facet'
import { init } from '@facet/tensor'

await init()
const { train, trainLabels } = syntheticControl()
const series = await train.data()
const names = ['normal', 'cyclic', 'rising', 'falling', 'upward shift', 'downward shift']
const colours = ['#8a8a8a', '#c9621a', '#2a8a4a', '#3b7dd8', '#b0408f', '#a58a00']

const model = await fit(series, { columns: 60, bottleneck: 2 })
const points = model.encode(series).map(([x, y], i) => ({ x, y, kind: trainLabels[i] - 1 }))
const scale = 290 / Math.max(...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))
const dots = points.map(
  ({ x, y, kind }) => `<circle cx="${x * scale}" cy="${y * scale}" r="4" fill="${colours[kind]}"/>`,
)
const key = names.map((name, i) => `<text x="320" y="${30 * i - 75}" fill="${colours[i]}">● ${name}</text>`)
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-300 -300 800 600" font-family="sans-serif" font-size="18">
${[...dots, ...key].join('\n')}
</svg>`)
