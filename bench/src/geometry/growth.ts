import { planePartition } from '@facet/geometry'
import * as Plot from '@observablehq/plot'
import { median } from '../harness/statistics.ts'
import { svgOf } from '../report/plot.ts'
import { denseNetwork } from './networks.ts'

/** Regions of networks of one width and depth in ±1, and how many a second; medians. */
export interface Grown {
  readonly by: 'width' | 'depth'
  readonly width: number
  readonly depth: number
  readonly regions: number
  readonly regionsPerSecond: number
}

const SEEDS = [1, 2, 3]

/** Widths of three hidden layers, and depths at a width of 32. */
export function growth(isQuick: boolean, onCase: (grown: Grown) => void): Grown[] {
  const widths = isQuick ? [8, 16] : [8, 16, 32, 64, 128, 256]
  const depths = isQuick ? [1, 2] : [1, 2, 3, 4, 5, 6]
  const shapes = [
    ...widths.map((width) => ({ by: 'width', width, depth: 3 }) as const),
    ...depths.map((depth) => ({ by: 'depth', width: 32, depth }) as const),
  ]
  return shapes.map(({ by, width, depth }) => {
    const found = SEEDS.map((seed) => {
      const network = denseNetwork([2, ...Array(depth).fill(width), 1], seed)
      const seconds: number[] = []
      let regions = 0
      // The first calls compile.
      for (let i = 0; i < (isQuick ? 2 : width > 100 ? 4 : 9); i++) {
        const begun = performance.now()
        regions = planePartition(network, { window: [-1, 1] }).regions
        if (i > 0) seconds.push((performance.now() - begun) / 1000)
      }
      return { regions, rate: regions / median(seconds) }
    })
    const grown = {
      by,
      width,
      depth,
      regions: median(found.map(({ regions }) => regions)),
      regionsPerSecond: median(found.map(({ rate }) => rate)),
    }
    onCase(grown)
    return grown
  })
}

/** Regions and regions a second against width and depth, on log scales. */
export function growthChart(rows: readonly Grown[], caption: string): string {
  const points = rows.flatMap(({ by, width, depth, regions, regionsPerSecond }) => {
    const panel = by === 'width' ? 'width, three hidden layers' : 'hidden layers, width 32'
    const x = by === 'width' ? width : depth
    return [
      { panel, x: String(x), quantity: 'regions', value: regions },
      { panel, x: String(x), quantity: 'regions a second', value: regionsPerSecond },
    ]
  })
  const order = [...new Set(points.map(({ x }) => x))].sort((a, b) => Number(a) - Number(b))
  return withCaption(
    svgOf({
      width: 720,
      height: 380,
      marginLeft: 60,
      marginBottom: 50,
      marginTop: 40,
      style: { background: 'white', fontFamily: 'system-ui, sans-serif' },
      ariaLabel: 'regions in ±1 and regions a second against width and depth',
      fx: { label: null },
      x: { type: 'point', label: null, domain: order },
      y: { type: 'log', label: '↑ regions in ±1; regions a second', grid: true, tickFormat: '~s' },
      color: { domain: ['regions', 'regions a second'], range: ['#1f6feb', '#d1570a'] },
      marks: [
        Plot.line(points, { fx: 'panel', x: 'x', y: 'value', stroke: 'quantity' }),
        Plot.dot(points, { fx: 'panel', x: 'x', y: 'value', fill: 'quantity', r: 3 }),
        Plot.text(
          points.filter(({ panel, x }) => panel.startsWith('width') && x === '8'),
          {
            fx: 'panel',
            x: 'x',
            y: 'value',
            text: 'quantity',
            fill: 'quantity',
            dy: -12,
            textAnchor: 'start',
          },
        ),
      ],
    }),
    caption,
  )
}

/** A line of text below a chart: the command, and what it ran on. */
export function withCaption(svg: string, caption: string): string {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number)
  const lines = caption.split('\n')
  const taller = height + 16 * lines.length + 6
  const texts = lines.map(
    (line, i) =>
      `<text x="10" y="${height + 14 + 16 * i}" font-size="11" fill="#444">${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`,
  )
  return svg
    .replace(`height="${height}"`, `height="${taller}"`)
    .replace(`viewBox="0 0 ${width} ${height}"`, `viewBox="0 0 ${width} ${taller}"`)
    .replace(/<\/svg>\s*$/, `<g font-family="system-ui, sans-serif">${texts.join('')}</g></svg>`)
}
