// Draws docs/picture.svg, the picture of the README: `npx pnpm example scripts/draw-picture.mjs`, 10 s.
import { writeFileSync } from 'node:fs'
import { syntheticControl } from '@facet/data'
import { fit } from '@facet/facet'
import { planePartition } from '@facet/geometry'
import { init } from '@facet/tensor'

await init()
const { train, trainLabels } = syntheticControl()
const series = await train.data()
const model = await fit(series, {
  columns: 60,
  bottleneck: 2,
  hidden: [24, 24],
  seed: Number(process.argv[2] ?? 0),
})
const codes = model.encode(series)

// Of names and colours, which stand out from black and white alike.
const kinds = [
  ['normal', '#8b8f98'],
  ['cyclic', '#e07b1f'],
  ['increasing', '#2f9e5a'],
  ['decreasing', '#3f86e0'],
  ['upward shift', '#c2559f'],
  ['downward shift', '#b08f00'],
]
const [width, height, map] = [800, 460, 560]
const ends = (values) => [Math.min(...values), Math.max(...values)]
const [[left, right], [low, high]] = [0, 1].map((k) => ends(codes.map((code) => code[k])))
const centre = [(left + right) / 2, (low + high) / 2]
const scale = 0.94 * Math.min(map / (right - left), height / (high - low))
const half = [map / 2 / scale, height / 2 / scale]
const place = ([x, y]) =>
  [map / 2 + (x - centre[0]) * scale, height / 2 - (y - centre[1]) * scale].map((n) => n.toFixed(1))

// All regions of the decoder behind the window: on each of them it is one affine map.
const [s, t] = centre.map((c, k) => [c - half[k], c + half[k]])
const partition = planePartition(model.model.decoder, { window: { s, t } })
const regions = Array.from({ length: partition.regions }, (_, i) => partition.region(i))
/** How much a step in the plane moves the series, on the logarithm's scale. */
const slopes = regions.map((region) => Math.log(Math.hypot(...region.map().A.flat())))
const [flattest, steepest] = ends(slopes)
const tints = 24
const byTint = Array.from({ length: tints + 1 }, () => [])
regions.forEach(({ corners }, i) => {
  const tint = Math.round((tints * (slopes[i] - flattest)) / (steepest - flattest))
  byTint[tint].push(`M${corners.map((corner) => place(corner).join(' ')).join('L')}Z`)
})
const polygons = byTint.map(
  (paths, i) => `<path d="${paths.join('')}" fill-opacity="${((i + 3) / 80).toFixed(3)}"/>`,
)
const dots = codes.map((code, i) => {
  const [x, y] = place(code)
  return `<circle cx="${x}" cy="${y}" r="4.5" fill="${kinds[trainLabels[i] - 1][1]}"/>`
})

/** One series of each kind beside its name. */
const legend = kinds.flatMap(([name, colour], kind) => {
  const at = 60 * trainLabels.indexOf(kind + 1)
  const [x, y] = [map + 30, 72 + 66 * kind]
  const line = Array.from(
    series.slice(at, at + 60),
    (value, j) => `${(x + 3.4 * j).toFixed(1)} ${(y - 10 * value).toFixed(1)}`,
  )
  return [
    `<text x="${x}" y="${y - 29}" fill="${colour}">${name}</text>`,
    `<path d="M${line.join('L')}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"/>`,
  ]
})
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="15">
<title>300 series on the plane of a trained autoencoder, and the ${regions.length} regions on which its decoder is affine</title>
<clipPath id="window"><rect width="${map}" height="${height}" rx="10"/></clipPath>
<g clip-path="url(#window)">
<g fill="#6b7fb3" stroke="#6b7fb3" stroke-opacity=".55" stroke-width=".7">
${polygons.join('\n')}
</g>
<g stroke="#fff" stroke-width="1">
${dots.join('\n')}
</g>
</g>
${legend.join('\n')}
</svg>
`
writeFileSync(process.argv[3] ?? 'docs/picture.svg', svg)
console.log(
  `${regions.length} regions, ${svg.length} bytes; error ${JSON.stringify(model.report.error)}, PCA ${JSON.stringify(model.report.pca)}`,
)
