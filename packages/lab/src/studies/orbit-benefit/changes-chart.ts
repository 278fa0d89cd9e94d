import * as Plot from '@observablehq/plot'
import { type ModelName, modelColour, modelShades, models, objectives } from '../../objectives.ts'
import { figure } from '../../report/figure.ts'
import { attributes, type Html, html, trusted } from '../../report/html.ts'
import { coloursCss, pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import { compareModels } from '../../study/grid-report.ts'
import { counted, signedPercent } from '../../text/number.ts'
import { extent } from '../../text/statistics.ts'
import type { BenefitReport } from './report.ts'

/** Pixels a set, and from the first model of a set to the last. */
const [rowHeight, spread] = [30, 20]

const width = 640
const heightOf = ({ settings }: BenefitReport): number => 52 + rowHeight * settings.sets.length

/** Of the axis, as shares of AE's error: a gain of a half is as far from none as a doubling. */
const ticks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.2, 1.5, 2, 3, 5, 10]

interface Change {
  readonly set: string
  readonly model: ModelName
  /** Mean test error as a share of AE's. */
  readonly share: number
  readonly y: number
}

/** What every model changes on every set; none where AE has no result. */
function changesOf(report: BenefitReport, shown: readonly ModelName[]): Change[] {
  const offset = (i: number): number => ((i + 0.5) / shown.length - 0.5) * (spread / rowHeight)
  return report.settings.sets.flatMap((set, row) =>
    shown.flatMap((model, i) => {
      const compared = compareModels(report, set, model)
      return compared === null ? [] : [{ set, model, share: 1 + compared.relative, y: row + offset(i) }]
    }),
  )
}

const shownOf = ({ settings }: BenefitReport): ModelName[] =>
  settings.models.filter((model) => model !== 'ae')

function chart(report: BenefitReport, changes: readonly Change[]): Html {
  const { sets } = report.settings
  const said = sets.map((set) => {
    const own = changes.filter((change) => change.set === set)
    return `${set}: ${own.map(({ model, share }) => `${models[model].title} ${signedPercent(share - 1)}`).join(', ')}`
  })
  const [low, high] = extent(changes.map(({ share }) => share))
  return svgOf({
    ariaLabel: `Change of the mean test error against AE, by set and model. ${said.join('; ')}`,
    width,
    height: heightOf(report),
    marginLeft: 150,
    marginRight: 14,
    marginTop: 8,
    marginBottom: 36,
    x: {
      type: 'log',
      label: 'change of the test error, %',
      grid: true,
      ticks: ticks.filter((share) => share >= low && share <= high),
      tickFormat: (share: number) =>
        share === 1 ? '0' : `${share < 1 ? '−' : '+'}${Math.round(100 * Math.abs(share - 1))}`,
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [-0.5, sets.length - 0.5],
      reverse: true,
      ticks: sets.map((_, i) => i),
      tickFormat: (i: number) => sets[i],
      tickSize: 0,
      label: null,
    },
    marks: [
      Plot.ruleX([1], { stroke: pageColour('ink'), strokeDasharray: '5 3' }),
      Plot.dot(changes, {
        x: 'share',
        y: 'y',
        r: 3.6,
        fill: ({ model }: Change) => (isMoved(model) ? modelColour(model) : 'none'),
        stroke: ({ model }: Change) => modelColour(model),
        strokeWidth: 1.4,
      }),
    ],
  })
}

/** Width of a name in the legend, and of how many there are in a line. */
const [nameRoom, inLine] = [124, 5]
const lineRoom = 20

/** Models that move samples along generators are dots; all others rings. */
const isMoved = (model: ModelName): boolean => objectives[models[model].objective].options.includes('bank')

const look = (model: ModelName) =>
  attributes(
    isMoved(model)
      ? { fill: modelColour(model) }
      : { fill: 'none', stroke: modelColour(model), 'stroke-width': 1.6 },
  )

const entry = (model: ModelName, i: number): Html => {
  const [x, y] = [10 + nameRoom * (i % inLine), 12 + lineRoom * Math.floor(i / inLine)]
  return html`<circle cx="${x}" cy="${y}" r="4"${look(model)}/><text x="${x + 10}" y="${y + 4}" font-size="12" fill="${pageColour('ink')}">${models[model].title}</text>`
}

/** The chart under the names of its colours, as a picture; `null` where there is nothing to compare. */
function picture(report: BenefitReport, style: Html | null): Html | null {
  const shown = shownOf(report)
  const changes = changesOf(report, shown)
  if (changes.length === 0) return null
  const top = lineRoom * Math.ceil(shown.length / inLine) + 8
  const height = heightOf(report) + top
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">${style}${shown.map(entry)}<g transform="translate(0,${top})">${chart(report, changes)}</g></svg>`
}

/** What all models change on all sets, in one figure; `null` where there is nothing to compare. */
export function changesFigure(report: BenefitReport): Html | null {
  const drawn = picture(report, null)
  return (
    drawn &&
    figure(
      drawn,
      `Mean test error of each model against AE’s, ${counted(report.settings.runs, 'paired run')}: left of the line is better. Dots move samples along generators, rings do not.`,
    )
  )
}

/** The same as an SVG that stands alone, light or dark as its reader has it. */
export function changesPicture(report: BenefitReport): string | null {
  const dark = `@media (prefers-color-scheme: dark) { svg { ${coloursCss('dark', modelShades)} } }`
  const drawn = picture(
    report,
    html`<style>${trusted(`svg { ${coloursCss('light', modelShades)} } ${dark}`)}</style>`,
  )
  return drawn && String(drawn)
}
