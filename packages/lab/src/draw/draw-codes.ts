import { figure } from '../report/figure.ts'
import { html } from '../report/html.ts'
import { renderPage } from '../report/page.ts'
import { alone, type CodesChart, classHues, codeSign, codesChart, onPage } from './codes-chart.ts'
import { ink } from './colours.ts'
import { drawnOf } from './drawn-of.ts'
import { build, type Provenance, sheetOf } from './sheet.ts'
import { type Drawn, placed, text } from './svg.ts'

/** What {@link drawCodes} and {@link codesPage} show. */
export interface CodesPicture extends CodesChart {
  readonly title: string
  /** Sentences on what is shown. */
  readonly caption: string
  readonly provenance: Provenance
}

const evenness = 'Both axes have one scale.'
const unevenness = 'Each axis has a scale of its own.'

/** What stands for points whose class has no sign of its own. */
const others = 'other labels'

/** Signs and names of the legend. */
const entriesOf = ({ classes, points }: CodesChart): (readonly [group: number, name: string])[] =>
  classes.length === 0
    ? []
    : [...classes.entries(), ...(points.some(({ group }) => group < 0) ? [[-1, others] as const] : [])]

/** Codes in a plane as one SVG. */
export function drawCodes(picture: CodesPicture): string {
  const { svg, isEven } = codesChart(picture, alone)
  const chart = drawnOf(svg)
  const entries = entriesOf(picture)
  return sheetOf({
    rows: [[{ ...chart, title: picture.title }]],
    legends: entries.length === 0 ? [] : [signLegend(entries, chart.width)],
    caption: `${picture.caption} ${isEven ? evenness : unevenness}`,
    provenance: picture.provenance,
  })
}

const mostLetters = 40
const short = (name: string): string =>
  name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name

/** Signs with their names, in columns as wide as the longest name asks for. */
function signLegend(entries: readonly (readonly [group: number, name: string])[], width: number): Drawn {
  const longest = Math.max(...entries.map(([, name]) => short(name).length))
  const columnWidth = 22 + 7 * longest + 18
  const columns = Math.max(1, Math.floor(width / columnWidth))
  const parts = entries.map(([group, name], i) => {
    const [x, y] = [(i % columns) * columnWidth, Math.floor(i / columns) * 20]
    const sign = placed({ svg: String(codeSign(group, alone)) }, x, y)
    return sign + text(x + 22, y + 12, short(name), { 'font-size': 12, fill: ink })
  })
  return { svg: parts.join('\n'), width, height: 20 * Math.ceil(entries.length / columns) }
}

/** Letters of an axis stay readable where a phone draws the chart half as large. */
const css = `
.codes{max-width:46rem}
.codes .legend{color:var(--ink);gap:.3rem 1rem}
.codes .legend svg{width:1rem}
@media (max-width:34rem){
.codes .chart g[aria-label$="label"],.codes .chart g[aria-label$="label"] text{font-size:21px}
.codes .chart g[aria-label="text"],.codes .chart g[aria-label="text"] text{font-size:24px}
}
`

/** The same as a page that carries all it needs. */
export function codesPage(picture: CodesPicture): string {
  const { title, caption, provenance } = picture
  const { svg, isEven } = codesChart(picture, onPage)
  const signs = entriesOf(picture).map(([group, name]) => html`<li>${codeSign(group, onPage)}${name}</li>`)
  const legend = signs.length === 0 ? null : html`<ul class="legend">${signs}</ul>`
  const { command, seed, build: by = build } = provenance
  return renderPage({
    title,
    kicker: 'Codes of a model',
    lead: html`<p>${caption}</p>`,
    sections: [
      {
        id: 'codes',
        title: 'The codes',
        html: html`<div class="codes">${figure([legend, svg], `${isEven ? evenness : unevenness} A point says its row where a mouse rests on it.`)}</div>`,
      },
    ],
    downloads: [],
    footer: html`<p><code>$ ${command}</code></p><p>${seed === undefined ? null : `seed ${seed} · `}${by}</p>`,
    colours: classHues,
    css,
  })
}
