import * as Plot from '@observablehq/plot'
import { type ModelName, modelColour, modelShades, models, objectives } from '../../objectives.ts'
import { figure } from '../../report/figure.ts'
import { attributes, type Html, html, trusted } from '../../report/html.ts'
import { coloursCss, pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import { compareModels } from '../../study/grid-report.ts'
import { counted, signedPercent } from '../../text/number.ts'
import type { BenefitReport } from './report.ts'

/** Pixels a set, and from the first model of a set to the last. */
const [rowHeight, spread] = [30, 20]

const width = 640
const heightOf = ({ settings }: BenefitReport): number => 52 + rowHeight * settings.sets.length

interface Change {
  readonly set: string
  readonly model: ModelName
  /** Mean test error against AE's, in per cent. */
  readonly change: number
  readonly y: number
}

/** What every model changes on every set; none where AE has no result. */
function changesOf(report: BenefitReport, shown: readonly ModelName[]): Change[] {
  const offset = (i: number): number => ((i + 0.5) / shown.length - 0.5) * (spread / rowHeight)
  return report.settings.sets.flatMap((set, row) =>
    shown.flatMap((model, i) => {
      const compared = compareModels(report, set, model)
      return compared === null ? [] : [{ set, model, change: 100 * compared.relative, y: row + offset(i) }]
    }),
  )
}

const shownOf = ({ settings }: BenefitReport): ModelName[] =>
  settings.models.filter((model) => model !== 'ae')

function chart(report: BenefitReport, changes: readonly Change[]): Html {
  const { sets } = report.settings
  const said = sets.map((set) => {
    const own = changes.filter((change) => change.set === set)
    return `${set}: ${own.map(({ model, change }) => `${models[model].title} ${signedPercent(change / 100)}`).join(', ')}`
  })
  return svgOf({
    ariaLabel: `Change of the mean test error against AE, by set and model. ${said.join('; ')}`,
    width,
    height: heightOf(report),
    marginLeft: 130,
    marginRight: 14,
    marginTop: 8,
    marginBottom: 36,
    x: {
      label: 'change of the test error, %',
      nice: true,
      grid: true,
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
      Plot.ruleX([0], { stroke: pageColour('ink'), strokeDasharray: '5 3' }),
      Plot.dot(changes, {
        x: 'change',
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
