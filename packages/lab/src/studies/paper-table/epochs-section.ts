import * as Plot from '@observablehq/plot'
import { modelColour, models } from '../../objectives.ts'
import { figure, type Panel, panels, underNames } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { type LegendEntry, legend } from '../../report/legend.ts'
import { pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import type { Cell } from '../../study/choose.ts'
import { counted, meanAndSpread } from '../../text/number.ts'
import { extent, mean, standardDeviation } from '../../text/statistics.ts'
import { figureNote } from './figure-note.ts'
import type { PaperOutcome } from './outcome.ts'
import { baselinesOf, type PaperReport } from './report.ts'

type PaperCell = Cell<PaperOutcome>

interface Point {
  /** Counted from 1. */
  readonly epoch: number
  readonly centre: number
  readonly low: number
  readonly high: number
}

/** Test errors × 100, mean and standard deviation over runs. */
const curve = ({ outcomes }: PaperCell): Point[] =>
  (outcomes[0]?.epochs ?? []).map((_, i) => {
    const errors = outcomes.map(({ epochs }) => 100 * epochs[i].test)
    const centre = mean(errors)
    const std = standardDeviation(errors) ?? 0
    return { epoch: i + 1, centre, low: centre - std, high: centre + std }
  })

const bestPoints = ({ outcomes }: PaperCell): { epoch: number; error: number }[] =>
  outcomes.map(({ bestEpoch, testError }) => ({ epoch: bestEpoch + 1, error: 100 * testError }))

function chart(report: PaperReport, cell: PaperCell, domain: readonly [number, number]): Panel {
  const { model, set, outcomes } = cell
  const { title } = models[model]
  const colour = modelColour(model)
  const pca10 = baselinesOf(report, set)?.pca10
  const points = curve(cell)
  const best = bestPoints(cell)
  const epochs = report.settings.epochs
  const text = meanAndSpread(outcomes.map(({ testError }) => testError))
  const svg = svgOf({
    ariaLabel: `${title} on ${set}: mean test error × 100 from ${points[0].centre.toFixed(2)} after the first epoch to ${points[points.length - 1].centre.toFixed(2)} after epoch ${epochs}; validation-best epoch ${best.map(({ epoch }) => epoch).join(', ')}; there ${text}`,
    width: 220,
    height: 190,
    marginLeft: 32,
    marginRight: 8,
    marginTop: 8,
    marginBottom: 32,
    x: {
      label: 'epoch',
      domain: epochs === 1 ? [0, 2] : [1, epochs],
      ticks: Math.min(4, epochs),
      tickFormat: (epoch: number) => (Number.isInteger(epoch) ? String(epoch) : ''),
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { label: null, domain, ticks: 5, grid: true },
    marks: [
      ...(pca10 === undefined
        ? []
        : [Plot.ruleY([100 * pca10], { stroke: pageColour('ink'), strokeDasharray: '5 3' })]),
      Plot.areaY(points, { x: 'epoch', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.22 }),
      Plot.lineY(points, { x: 'epoch', y: 'centre', stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(best, {
        x: 'epoch',
        y: 'error',
        r: 3.2,
        stroke: colour,
        fill: pageColour('paper'),
        strokeWidth: 1.5,
      }),
    ],
  })
  return { title, colour, note: text, svg }
}

/** One scale for all models of a set, PCA-10 on it. */
function domainOf(report: PaperReport, cells: readonly PaperCell[], set: string): [number, number] {
  const pca10 = baselinesOf(report, set)?.pca10
  const values = [
    ...cells.flatMap((cell) => curve(cell).flatMap(({ low, high }) => [low, high])),
    ...cells.flatMap((cell) => bestPoints(cell).map(({ error }) => error)),
    ...(pca10 === undefined ? [] : [100 * pca10]),
  ]
  const [low, high] = extent(values)
  const margin = 0.05 * (high - low) || 1
  return [Math.max(0, low - margin), high + margin]
}

function setHtml(report: PaperReport, set: string): Html {
  const trained = report.cells.filter((cell) => cell.set === set && cell.outcomes.length > 0)
  if (trained.length === 0) return html`<p>No run finished.</p>`
  const domain = domainOf(report, trained, set)
  const missing = report.settings.models.length - trained.length
  const failed = missing === 0 ? '' : ` ${counted(missing, 'model')} without a result is left out.`
  return figure(
    panels(trained.map((cell) => chart(report, cell, domain))),
    html`${set}: test error × 100 after each epoch, all panels on one scale; the number is the error at the validation-best epochs.${failed} ${figureNote(report, 'epochs', set)}`,
  )
}

const band = (runs: number): LegendEntry =>
  runs === 1
    ? { sign: { shape: 'line', width: 2 }, text: 'the run' }
    : { sign: { shape: 'band', width: 2 }, text: `mean ± std of ${runs} runs` }

/** How test errors fall while training goes on (Figs. 4 and 6). */
export function epochsSection(report: PaperReport): Html {
  const signs = legend([
    band(report.settings.runs),
    {
      sign: { shape: 'ring', radius: 4.5, width: 2 },
      text: 'validation-best epoch of each run: the error that counts',
    },
    { sign: { shape: 'line', dash: '5 3' }, text: 'PCA-10' },
  ])
  return html`<p>As in the paper's Figs. 4 and 6, a panel a model, each at the λ or σ chosen by validation. Test errors choose nothing; they are only watched.</p>
${signs}
${underNames(report.settings.sets, (set) => setHtml(report, set))}`
}
