import { escapeText } from '../report/html.ts'
import { wrap } from '../text/wrap.ts'
import { versions } from '../version.ts'
import { faint, ink, paper } from './colours.ts'
import { type Drawn, element, placed, short, text } from './svg.ts'

/** What a picture was made by: it is written under it and into its metadata. */
export interface Provenance {
  /** The command that makes it again. */
  readonly command: string
  /** Of what was drawn at random; left out where nothing was. */
  readonly seed?: number | string
  /** What computed it; default: this build. */
  readonly build?: string
}

/** The version of Facet and what it runs on. */
export const build = `facet ${versions.facet}, node ${versions.node}, ${versions.platform}`

/** A chart with its heading. */
export interface Titled extends Drawn {
  readonly title: string
  /** Stands back behind the heading. */
  readonly note?: string
}

/** Rows of charts, then what they show in words. */
export interface Sheet {
  readonly rows: readonly (readonly Titled[])[]
  /** Under the charts, such as a scale of colours. */
  readonly legends?: readonly Drawn[]
  readonly caption: string
  readonly provenance: Provenance
}

const gap = 20
const titleRoom = 24
const lineHeight = 16
/** A letter of 11 pixels is about so wide. */
const letter = 5.9

const families =
  "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', 'Liberation Sans', sans-serif"

function titled(chart: Titled): Drawn {
  const heading = text(0, 14, chart.title, { 'font-size': 13, 'font-weight': 600, fill: ink })
  const note =
    chart.note === undefined
      ? ''
      : text(chart.width, 14, chart.note, { 'text-anchor': 'end', 'font-size': 12, fill: faint })
  return {
    svg: heading + note + placed(chart, 0, titleRoom),
    width: chart.width,
    height: chart.height + titleRoom,
  }
}

function beside(charts: readonly Drawn[]): Drawn {
  let x = 0
  const parts = charts.map((chart) => {
    const at = placed(chart, x, 0)
    x += chart.width + gap
    return at
  })
  return { svg: parts.join('\n'), width: x - gap, height: Math.max(...charts.map(({ height }) => height)) }
}

/** Words as lines of so many letters. */
export const wrapped = (words: string, most: number): string[] => wrap(words, most).split('\n')

/** A picture that stands alone: charts, caption, and the command, seed and build that made it. */
export function sheetOf({ rows, legends = [], caption, provenance }: Sheet): string {
  const blocks = [
    ...rows.map((row) => beside(row.map(titled))),
    ...(legends.length === 0 ? [] : [beside(legends)]),
  ]
  const inner = Math.max(...blocks.map(({ width }) => width))
  const { command, seed, build: by = build } = provenance
  const origin = [`$ ${command}`, ...(seed === undefined ? [] : [`seed ${seed}`]), by]
  let y = gap
  const parts = blocks.map((block) => {
    const at = placed(block, gap, y)
    y += block.height + gap
    return at
  })
  const write = (words: string, fill: string) => {
    for (const line of wrapped(words, Math.floor(inner / letter))) {
      parts.push(text(gap, y + 8, line, { 'font-size': 11, fill }))
      y += lineHeight
    }
  }
  write(caption, ink)
  write(origin.join(' · '), faint)
  const [width, height] = [inner + 2 * gap, y + gap / 2]
  const metadata = JSON.stringify({ command, ...(seed !== undefined && { seed }), build: by })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" font-family="${families}" color="${ink}">`,
    `<title>${escapeText(caption)}</title>`,
    `<metadata>${escapeText(metadata)}</metadata>`,
    element('rect', { width, height, fill: paper }),
    ...parts,
    '</svg>\n',
  ].join('\n')
}
