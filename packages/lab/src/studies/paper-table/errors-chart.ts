import * as Plot from '@observablehq/plot'
import { type ModelName, modelColour, models } from '../../objectives.ts'
import type { Html } from '../../report/html.ts'
import { pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import { errorsOf } from '../../study/grid-report.ts'
import { meanAndSpread } from '../../text/number.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'
import { paperRow } from './printed.ts'
import { baselinesOf, type PaperReport } from './report.ts'

/** Test errors of one set: a line a model, ours and the paper's, with the baselines as rules. */
export function errorsChart(report: PaperReport, set: string): Html {
  const { settings } = report
  const rows = settings.models.flatMap((model) => {
    const errors = errorsOf(report, set, model).map((error) => 100 * error)
    if (errors.length === 0) return []
    const centre = mean(errors)
    const std = standardDeviation(errors) ?? 0
    return [{ name: models[model].title, model, centre, low: centre - std, high: centre + std, errors }]
  })
  const printed = settings.models.flatMap((model) => {
    const figure = paperRow(set)[model]
    return figure ? [{ name: models[model].title, model, centre: figure.mean }] : []
  })
  const row = baselinesOf(report, set)
  const rules = row ? [100 * row.pca10, 100 * row.meanPredictor] : []
  const said = rows.map(({ name, errors }) => `${name} ${meanAndSpread(errors.map((e) => e / 100))}`)
  const colour = (d: { model: ModelName }): string => modelColour(d.model)
  return svgOf({
    ariaLabel: `Test errors × 100 on ${set}: ${said.join(', ')}${row ? `; PCA-10 ${rules[0].toFixed(2)}, mean predictor ${rules[1].toFixed(2)}` : ''}`,
    width: 360,
    height: 48 + 26 * settings.models.length,
    marginLeft: 74,
    marginRight: 14,
    marginTop: 8,
    marginBottom: 36,
    x: {
      label: 'test error × 100',
      nice: true,
      grid: true,
      ticks: 5,
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: settings.models.map((model) => models[model].title), label: null, tickSize: 0 },
    marks: [
      Plot.ruleX(rules.slice(0, 1), { stroke: pageColour('ink'), strokeDasharray: '5 3' }),
      Plot.ruleX(rules.slice(1), { stroke: pageColour('ink'), strokeDasharray: '1.5 3' }),
      Plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 2 }),
      Plot.dot(rows, { y: 'name', x: 'centre', fill: colour, r: 4.5 }),
      Plot.dot(printed, {
        y: 'name',
        x: 'centre',
        stroke: colour,
        symbol: 'diamond',
        r: 4.5,
        strokeWidth: 1.5,
      }),
    ],
  })
}
