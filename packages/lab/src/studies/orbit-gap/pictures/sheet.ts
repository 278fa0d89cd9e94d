import { modelShades } from '../../../objectives.ts'
import type { Panel } from '../../../report/figure.ts'
import { attributes, type Content, type Html, html, trusted } from '../../../report/html.ts'
import { coloursCss, pageColour } from '../../../report/palette.ts'
import { distanceColoursCss, distanceLegend } from './distance-colours.ts'

/** Room around pictures and between them, for a panel's title, and for an entry of the legend, in pixels. */
const gap = 18
const titleRoom = 24
const entryRoom = 104

/** Panels side by side; with the legend of distances under them where their colours are those. */
export interface SheetRow {
  readonly panels: readonly Panel[]
  readonly ofDistances?: boolean
}

interface Block {
  readonly html: Content
  readonly width: number
  readonly height: number
}

const ink = { fill: pageColour('ink') }
const faint = { fill: pageColour('faint') }

const text = (x: number, y: number, words: string, more: Readonly<Record<string, string>>): Html =>
  html`<text x="${x}" y="${y}" font-size="13"${attributes(more)}>${words}</text>`

const moved = (content: Content, x: number, y: number): Html =>
  html`<g transform="translate(${x},${y})">${content}</g>`

function chartBlock(svg: Html): Block {
  const sideOf = (name: string): number =>
    Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(String(svg))![1])
  return { html: svg, width: sideOf('width'), height: sideOf('height') }
}

function panelBlock({ title, colour = '', note = '', svg }: Panel): Block {
  const { width, height } = chartBlock(svg)
  const heading = [
    html`<circle cx="5" cy="9" r="5" fill="${colour}"/>`,
    text(16, 14, title, { 'font-weight': '600', ...ink }),
    text(width, 14, note, { 'text-anchor': 'end', ...faint }),
  ]
  return { html: [heading, moved(svg, 0, titleRoom)], width, height: height + titleRoom }
}

const distances: Block = {
  html: distanceLegend.map(({ colour, text: words }, i) => [
    html`<rect x="${entryRoom * i}" y="2" width="20" height="10" fill="${colour}"/>`,
    text(entryRoom * i + 26, 12, words, ink),
  ]),
  width: entryRoom * distanceLegend.length,
  height: 14,
}

function beside(blocks: readonly Block[]): Block {
  let x = 0
  const placed = blocks.map(({ html: content, width }) => {
    const at = moved(content, x, 0)
    x += width + gap
    return at
  })
  return { html: placed, width: x - gap, height: Math.max(...blocks.map(({ height }) => height)) }
}

/** Both schemes' colours: a picture that stands alone follows its reader's as well. */
const style = trusted(
  `:root{${coloursCss('light', modelShades)}}@media(prefers-color-scheme:dark){:root{${coloursCss('dark', modelShades)}}}${distanceColoursCss}`,
)

/** Rows of panels, and charts beside each other under them, as one SVG file: readable by itself, in light and dark. */
export function sheetOf(rows: readonly SheetRow[], charts: readonly Html[]): string {
  const blocks = [
    ...rows.flatMap(({ panels, ofDistances }) => [
      beside(panels.map(panelBlock)),
      ...(ofDistances ? [distances] : []),
    ]),
    ...(charts.length === 0 ? [] : [beside(charts.map(chartBlock))]),
  ]
  let y = gap
  const placed = blocks.map(({ html: content, height }) => {
    const at = html`${moved(content, gap, y)}\n`
    y += height + gap
    return at
  })
  const width = 2 * gap + Math.max(...blocks.map((block) => block.width))
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" color="${pageColour('ink')}">
<style>${style}</style>
<rect width="${width}" height="${y}" fill="${pageColour('paper')}"/>
${placed}</svg>
`.toString()
}
