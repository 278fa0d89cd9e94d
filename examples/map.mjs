import { syntheticControl } from '@facet/data'
import { fit } from '@facet/facet'
import { init } from '@facet/tensor'

await init()
const { train, trainLabels } = syntheticControl()
const series = await train.data()
const names = ['normal', 'cyclic', 'rising', 'falling', 'upward shift', 'downward shift']
const colours = ['#8a8a8a', '#c9621a', '#2a8a4a', '#3b7dd8', '#b0408f', '#a58a00']
// Parts of a picture.
const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-300 -300 800 600" font-family="sans-serif">'
const dot = (x, y, fill) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${fill}"/>`
const word = (text, y, fill) => `<text x="320" y="${y}" font-size="18" fill="${fill}">● ${text}</text>`

const model = await fit(series, { columns: 60, bottleneck: 2 })
const codes = model.encode(series)
const scale = 290 / Math.max(...codes.flat().map(Math.abs))
const dots = codes.map(([x, y], i) => dot(x * scale, y * scale, colours[trainLabels[i] - 1]))
const words = names.map((name, i) => word(name, 30 * i - 75, colours[i]))
console.log([head, ...dots, ...words, '</svg>'].join('\n'))
