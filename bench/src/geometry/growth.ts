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
      const run = (until: number) => {
        const begun = performance.now()
        regions = planePartition(network, { window: [-1, 1] }).regions
        seconds.push((performance.now() - begun) / 1000)
        return performance.now() < until
      }
      const now = performance.now()
      const [warm, timed] = isQuick ? [1, 1] : [400, 800]
      while (run(now + warm));
      // What came before was compiled on the way.
      seconds.length = 0
      for (let i = 0; run(now + warm + timed) || i < 4; i++);
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
  const of = { width: 'width, three hidden layers', depth: 'hidden layers, width 32' }
  const points = (['width', 'depth'] as const).flatMap((by) =>
    rows
      .filter((row) => row.by === by)
      .flatMap((row, place) => {
        const at = { panel: of[by], place, label: String(row[by]) }
        return [
          { ...at, quantity: 'regions', value: row.regions },
          { ...at, quantity: 'regions a second', value: row.regionsPerSecond },
        ]
      }),
  )
  return withCaption(
    svgOf({
      width: 720,
      height: 380,
      marginLeft: 60,
      marginBottom: 50,
      marginTop: 40,
      style: { background: 'white', fontFamily: 'system-ui, sans-serif' },
      ariaLabel: 'regions in ±1 and regions a second against width and depth',
      fx: { label: null, axis: 'top', domain: Object.values(of) },
      x: { type: 'point', label: null, axis: null },
      y: {
        type: 'log',
        // Room for the words above the highest line.
        domain: [50, 4e6],
        label: '↑ regions in ±1; regions a second',
        grid: true,
        ticks: [100, 1e3, 1e4, 1e5, 1e6],
        tickFormat: '~s',
      },
      color: { domain: ['regions', 'regions a second'], range: ['#1f6feb', '#d1570a'] },
      marks: [
        Plot.text(
          points.filter(({ quantity }) => quantity === 'regions'),
          { fx: 'panel', x: 'place', text: 'label', frameAnchor: 'bottom', dy: 16 },
        ),
        Plot.line(points, { fx: 'panel', x: 'place', y: 'value', stroke: 'quantity' }),
        Plot.dot(points, { fx: 'panel', x: 'place', y: 'value', fill: 'quantity', r: 3 }),
        Plot.text(
          points.filter(({ panel, place }) => panel === of.depth && place === 2),
          {
            fx: 'panel',
            x: 'place',
            y: 'value',
            text: 'quantity',
            fill: 'quantity',
            dy: -12,
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
    .replace(
      /<\/svg>\s*$/,
      `<g font-family="system-ui, sans-serif" text-anchor="start">${texts.join('')}</g></svg>`,
    )
}
