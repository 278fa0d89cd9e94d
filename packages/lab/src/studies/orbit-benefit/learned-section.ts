import * as Plot from '@observablehq/plot'
import { modelColour } from '../../objectives.ts'
import { figure, type Panel, panels, underName } from '../../report/figure.ts'
import { heatMaps } from '../../report/heat-map.ts'
import { type Html, html } from '../../report/html.ts'
import { type LegendEntry, legend } from '../../report/legend.ts'
import { pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import { htmlTableOf, type Table } from '../../report/table.ts'
import { percent } from '../../text/number.ts'
import { isOfImage, type LearnedRow, learnedRows, orderText } from './learned-table.ts'
import type { BenefitReport } from './report.ts'

/** Of x or of its derivative a stencil explains so much at least where it is called an average or a movement. */
const leastShare = 0.25

/** What a stencil does to samples, in a word. */
function roleOf(identity: number, derivative: readonly number[]): 'averages' | 'moves' | 'neither' {
  const moving = Math.max(...derivative)
  if (Math.max(identity, moving) < leastShare) return 'neither'
  return identity > moving ? 'averages' : 'moves'
}

/** Text in which numbers stay with what is before them and with their sign. */
const unbroken = (text: string): string => text.replaceAll(/ (?=[\d%])/g, '\u00a0')

/** What each stencil does, with its shares. */
const wordsOf = ({ identity, derivative, ...row }: LearnedRow): string[] =>
  identity.map((share, k) => {
    const names = isOfImage({ ...row, identity, derivative }) ? ['across', 'down'] : ['dx/dt']
    const shares = derivative[k].map((value, axis) => `${names[axis]} ${percent(value)}`)
    return unbroken(`${roleOf(share, derivative[k])}: x ${percent(share)}, ${shares.join(', ')}`)
  })

/** Stencils have no size of their own: responses are scaled to mean square 1, so that each is drawn to its largest number. */
function toItsLargest(stencil: readonly number[]): number[] {
  const largest = stencil.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return stencil.map((value) => (largest === 0 ? 0 : value / largest))
}

/** How the first, the second, … stencil of a line is drawn. */
const lines = [
  { width: 2, dash: undefined },
  { width: 1.8, dash: '5 4' },
  { width: 1.6, dash: '1.5 3' },
] as const

const lineOf = (k: number) => lines[Math.min(k, lines.length - 1)]

const colourOf = ({ model }: LearnedRow): string => (model === null ? pageColour('ink') : modelColour(model))

/** As wide as a panel of five on a desktop. */
const width = 220

/** Weights over the taps, as lines. */
function series(row: LearnedRow, ariaLabel: string): Html {
  const reach = (row.stencils.reduce((most, { length }) => Math.max(most, length), 1) - 1) / 2
  return svgOf({
    ariaLabel,
    width,
    height: 120,
    marginLeft: 8,
    marginRight: 8,
    marginTop: 4,
    marginBottom: 22,
    x: {
      label: null,
      domain: [-reach, reach],
      ticks: [-reach, 0, reach],
      tickFormat: signedText,
      tickSize: 3,
    },
    y: { axis: null, domain: [-1.05, 1.05] },
    marks: [
      Plot.ruleY([0], { stroke: pageColour('rule') }),
      ...row.stencils.map((stencil, k) =>
        Plot.lineY(toItsLargest(stencil), {
          x: (_, tap: number) => tap - reach,
          y: (v: number) => v,
          stroke: colourOf(row),
          strokeWidth: lineOf(k).width,
          strokeDasharray: lineOf(k).dash,
        }),
      ),
    ],
  })
}

const signedText = (step: number): string => (step > 0 ? `+${step}` : step < 0 ? `−${-step}` : '0')

/** Weights over the neighbouring pixels, as fields of colour. */
function image({ stencils }: LearnedRow, ariaLabel: string): Html {
  const maps = stencils.map((stencil) => {
    const side = Math.sqrt(stencil.length)
    const values = toItsLargest(stencil)
    return Array.from({ length: side }, (_, y) => values.slice(y * side, (y + 1) * side))
  })
  return heatMaps({ ariaLabel, maps, largest: 1, signed: true, width })
}

function panel(row: LearnedRow): Panel {
  const ofImage = isOfImage(row)
  const words = wordsOf(row)
  const explains = unbroken(`explains ${percent(row.heldOut)} of held-out differences`)
  const ariaLabel = `Stencils of ${row.title} on ${row.set}: ${words.join('; ')}; ${explains}`
  const entries: LegendEntry[] = words.map((text, k) =>
    ofImage
      ? { text: `${k + 1} ${text}` }
      : { sign: { shape: 'line', colour: colourOf(row), ...lineOf(k) }, text },
  )
  return {
    title: row.title,
    colour: colourOf(row),
    svg: html`${(ofImage ? image : series)(row, ariaLabel)}${legend([...entries, { text: explains }])}`,
  }
}

function setHtml(report: BenefitReport, set: string): Html | null {
  const rows = learnedRows(report, set)
  if (rows.length === 0) return null
  const derivative = rows.some(isOfImage) ? 'its derivatives across and down' : 'its derivative'
  const order = orderText(report, set)
  const caption = `${set}: the stencils of each bank, what they do, and their shares of x and of ${derivative}.`
  return underName(set, [
    order === null ? null : html`<p>Order of the coordinates: ${unbroken(order)}.</p>`,
    figure(panels(rows.map(panel)), caption),
  ])
}

/** How stencils are drawn, of the kinds that there are. */
function drawnNote({ groups }: Table<LearnedRow>): string {
  const rows = groups.flatMap((group) => group.rows)
  const ofSeries =
    'Stencils of series are weights of a value (0) and its neighbours in steps of taps: the first is a full line, the second dashed.'
  const ofImages =
    'Stencils of images are weights of a pixel and its neighbours: purple below 0, orange above.'
  const texts = [...(rows.every(isOfImage) ? [] : [ofSeries]), ...(rows.some(isOfImage) ? [ofImages] : [])]
  return [...texts, 'Each is drawn to its largest weight.'].join(' ')
}

/** The stencils of each set beside those of random mixtures and wrong orders, and what they explain, in pictures and in a table. */
export const learnedSection = (report: BenefitReport, table: Table<LearnedRow>): Html =>
  html`<p>Nobody supplies these generators. A stencil is a small pattern of weights, the same at every place, found in the training part alone. One that averages makes samples swell and shrink; one that is like a derivative moves them. It is said to do neither where it explains less than a quarter of x and of its derivative. What each bank is stands among the <a href="#settings">settings</a>.</p>
<p>${drawnNote(table)}</p>
${report.settings.sets.map((set) => setHtml(report, set))}
${htmlTableOf(table)}`
