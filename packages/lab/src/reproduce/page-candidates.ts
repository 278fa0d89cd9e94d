import * as Plot from '@observablehq/plot'
import { figure, legend, type Panel, panels } from '../report/figure.ts'
import { escapeHtml } from '../report/html.ts'
import { modelColours } from '../report/palette.ts'
import { svgOf } from '../report/plot.ts'
import { mean, standardDeviation } from '../text/statistics.ts'
import type { FinishedRun } from './cells.ts'
import { type ModelName, models } from './models.ts'
import { candidatesOf, valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'

/** A candidate and its errors × 100. */
interface Candidate {
  readonly value: number
  readonly part: 'validation' | 'test'
  readonly centre: number
  readonly low: number
  readonly high: number
}

const parts = {
  validation: ({ validationError }: { validationError: number }) => validationError,
  test: ({ testError }: { testError: number }) => testError,
} as const

type Grid = readonly number[]

const gridOf = ({ settings }: ReproduceReport, model: ModelName): Grid =>
  [...new Set(candidatesOf(settings, model))].filter((value) => value !== null).sort((a, b) => a - b)

/** Candidates of which all runs finished, for both parts. */
function candidates(
  { settings }: ReproduceReport,
  finished: readonly FinishedRun[],
  set: string,
  model: ModelName,
  grid: Grid,
): Candidate[] {
  return grid.flatMap((value) => {
    const outcomes = finished.flatMap(({ task, outcome }) =>
      task.set === set && task.model === model && task.value === value && outcome ? [outcome] : [],
    )
    if (outcomes.length < settings.runs) return []
    return (['validation', 'test'] as const).map((part) => {
      const errors = outcomes.map((outcome) => 100 * parts[part](outcome))
      const centre = mean(errors)
      const std = standardDeviation(errors) ?? 0
      return { value, part, centre, low: centre - std, high: centre + std }
    })
  })
}

const superscript = (exponent: number): string =>
  [...String(exponent)].map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)])).join('')

/** Labels that a narrow panel has room for: far powers of ten short, and of many candidates not every one. */
const tickLabel =
  (grid: Grid) =>
  (value: number): string => {
    if (grid.indexOf(value) % Math.ceil(grid.length / 4) !== 0) return ''
    const exponent = Math.round(Math.log10(value))
    const isFarPower = Math.abs(exponent) > 1 && Number(`1e${exponent}`) === value
    return isFarPower ? `10${superscript(exponent)}` : String(value)
  }

interface Curve {
  readonly model: ModelName
  readonly grid: Grid
  readonly points: readonly Candidate[]
  readonly chosen: number | null
}

function chart(
  set: string,
  { model, grid, points, chosen }: Curve,
  domain: readonly [number, number],
): Panel {
  const { title, tuned } = models[model]
  const colour = modelColours[model]
  const of = (part: Candidate['part']): Candidate[] => points.filter((point) => point.part === part)
  const [validation, test] = [of('validation'), of('test')]
  const said = test.map(
    ({ value, centre }, i) =>
      `${value}: ${centre.toFixed(2)} (validation ${validation[i].centre.toFixed(2)})`,
  )
  // No logarithm has a place for 0: then every candidate gets the same room.
  const scale =
    grid[0] > 0
      ? { type: 'log' as const, domain: [grid[0] / 1.6, grid[grid.length - 1] * 1.6], ticks: grid }
      : { type: 'point' as const, domain: [...grid], padding: 0.4 }
  const whiskers = (rows: readonly Candidate[], opacity: number) =>
    Plot.ruleX(rows, { x: 'value', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: opacity })
  const svg = svgOf({
    ariaLabel: `${title} on ${set}: mean test error × 100 by ${tuned === 'sigma' ? 'σ' : 'λ'}: ${said.join(', ')}; chosen ${chosen ?? 'none'}`,
    width: 220,
    height: 180,
    marginLeft: 32,
    marginRight: 10,
    marginTop: 8,
    marginBottom: 34,
    x: {
      ...scale,
      label: tuned === 'sigma' ? 'σ' : 'λ',
      tickFormat: tickLabel(grid),
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { label: null, domain, ticks: 5, grid: true },
    marks: [
      whiskers(validation, 0.45),
      whiskers(test, 0.9),
      Plot.lineY(validation, { x: 'value', y: 'centre', stroke: colour, strokeDasharray: '4 3' }),
      Plot.lineY(test, { x: 'value', y: 'centre', stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(validation, { x: 'value', y: 'centre', fill: colour, r: 2 }),
      Plot.dot(test, { x: 'value', y: 'centre', fill: colour, r: 2.6 }),
      Plot.dot(
        test.filter(({ value }) => value === chosen),
        { x: 'value', y: 'centre', r: 6, stroke: 'currentColor', strokeWidth: 1.3 },
      ),
    ],
  })
  return { title, colour, note: chosen === null ? 'failed' : valueLabel(model, chosen), svg }
}

function setHtml(
  report: ReproduceReport,
  finished: readonly FinishedRun[],
  set: string,
  tuned: readonly ModelName[],
): string {
  const curves = tuned.map((model): Curve => {
    const grid = gridOf(report, model)
    return {
      model,
      grid,
      points: candidates(report, finished, set, model, grid),
      chosen: cellOf(report, set, model).chosen,
    }
  })
  const values = curves.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]))
  if (values.length === 0) return `<h3>${escapeHtml(set)}</h3><p>No candidate has a result for all runs.</p>`
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const margin = 0.06 * (high - low) || 1
  const left = curves.reduce((sum, { grid, points }) => sum + grid.length - points.length / 2, 0)
  const gaps = left === 0 ? '' : ` Left out: ${left} of which a run failed.`
  return `<h3>${escapeHtml(set)}</h3>${figure(
    panels(curves.map((curve) => chart(set, curve, [Math.max(0, low - margin), high + margin]))),
    `${escapeHtml(set)}: validation and test error × 100 at each candidate, all panels on one scale; whiskers are the standard deviation over runs.${gaps}`,
  )}`
}

/** What each λ or σ gives, where there was a choice. */
export function candidatesHtml(report: ReproduceReport, finished: readonly FinishedRun[]): string {
  const { settings } = report
  const withValue = settings.models.filter((model) => models[model].tuned !== null)
  const tuned = withValue.filter((model) => gridOf(report, model).length > 1)
  const fixed = withValue
    .filter((model) => !tuned.includes(model))
    .map((model) => `${models[model].title} ${valueLabel(model, gridOf(report, model)[0])}`)
  if (tuned.length === 0) {
    const at =
      fixed.length === 0
        ? 'no model of this run has one'
        : `each model was trained at one value: ${fixed.join(', ')}`
    return `<p>No grid was searched; ${escapeHtml(at)}. The paper chose from σ ∈ {0.001, 0.01, 0.1, 1} and λ ∈ {0.001, 0.01, 0.1, 1, 10, 100, 1000} for every set. Several values for <code>--weight</code> or <code>--sigma</code> draw the curves here.</p>`
  }
  const rest = fixed.length === 0 ? '' : ` Not searched: ${escapeHtml(fixed.join(', '))}.`
  const signs = legend([
    {
      sign: '<line x1="0" x2="32" y1="8" y2="8" stroke="currentColor" stroke-width="2"/><circle cx="16" cy="8" r="3.4" fill="currentColor"/>',
      text: 'test',
    },
    {
      sign: '<line x1="0" x2="32" y1="8" y2="8" stroke="currentColor" stroke-dasharray="4 3"/><circle cx="16" cy="8" r="2.5" fill="currentColor"/>',
      text: 'validation',
    },
    {
      sign: '<circle cx="16" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.3"/>',
      text: 'chosen: lowest mean validation error',
    },
  ])
  return `<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth.${rest}</p>
${signs}
${settings.sets.map((set) => setHtml(report, finished, set, tuned)).join('\n')}`
}
