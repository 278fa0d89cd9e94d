import * as Plot from '@observablehq/plot'
import { svgOf } from './plot.ts'
import type { SuiteResult } from './results.ts'

const [rowHeight, panelWidth, labelWidth] = [18, 130, 190]
const blue = '#1f6feb'

/** One panel a contender, one row a case: its time relative to the base, with the 95 % interval, on a log scale. */
export function suiteChart({ suite, cases }: SuiteResult): string {
  const points = cases.flatMap(({ name, timings }) =>
    timings.flatMap(({ title, ratio }) => (ratio === null ? [] : [{ name, title, ...ratio }])),
  )
  const titles = [...new Set(cases.flatMap(({ timings }) => timings.map(({ title }) => title)))]
  const panels = titles.filter((title) => points.some((point) => point.title === title))
  const values = points.flatMap(({ low, high }) => [low, high])
  const decades = powersOfTen(Math.min(1, ...values), Math.max(10, ...values))
  const base = cases[0]?.timings[0]?.title ?? ''
  return svgOf({
    width: labelWidth + Math.max(1, panels.length) * panelWidth,
    height: 90 + cases.length * rowHeight,
    marginLeft: labelWidth,
    marginTop: 50,
    marginBottom: 40,
    style: { background: 'white', fontFamily: 'system-ui, sans-serif' },
    ariaLabel: `${suite}: time of each contender relative to ${base}`,
    fx: {
      label: null,
      domain: panels,
      padding: 0.08,
      tickFormat: (title: string) => title.replace(', ', '\n'),
    },
    y: { label: null, domain: cases.map(({ name }) => name) },
    x: { type: 'log', label: `time ÷ time of ${base} →`, grid: true, ticks: decades, tickFormat: '~g' },
    marks: [
      Plot.ruleX([1], { stroke: '#888' }),
      Plot.ruleY(points, { fx: 'title', y: 'name', x1: 'low', x2: 'high', stroke: blue, strokeWidth: 2 }),
      Plot.dot(points, { fx: 'title', y: 'name', x: 'value', fill: blue, r: 3 }),
    ],
  })
}

/** The powers of ten within a range. */
function powersOfTen(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))]
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
}
