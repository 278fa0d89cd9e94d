import type { Panel } from '../../../report/figure.ts'
import { attributes, type Html, html, trusted } from '../../../report/html.ts'
import { coloursCss, modelShades, pageColour } from '../../../report/palette.ts'
import { distanceColoursCss, distanceLegend } from './distance-colours.ts'

/** Room around pictures and between them, and for a panel's title, in pixels. */
const gap = 18
const titleRoom = 24

/** Panels side by side; with the legend of distances under them where their colours are those. */
export interface SheetRow {
  readonly panels: readonly Panel[]
  readonly ofDistances?: boolean
}

/** Both schemes' colours: a picture that stands alone follows its reader's as well. */
const style = trusted(
  `:root{${coloursCss('light', modelShades)}}@media(prefers-color-scheme:dark){:root{${coloursCss('dark', modelShades)}}}${distanceColoursCss}`,
)

const sideOf = (svg: Html, name: 'width' | 'height'): number =>
  Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(String(svg))![1])

const text = (x: number, y: number, words: string, look: Readonly<Record<string, string>> = {}): Html =>
  html`<text${attributes({ x, y, 'font-size': 13, fill: pageColour('ink'), ...look })}>${words}</text>`

const titleOf = ({ title, colour = 'none', note = '', svg }: Panel): Html[] => [
  html`<circle cx="5" cy="9" r="5" fill="${colour}"/>`,
  text(16, 14, title, { 'font-weight': '600' }),
  text(sideOf(svg, 'width'), 14, note, { 'text-anchor': 'end', fill: pageColour('faint') }),
]

/** Width of an entry of the legend. */
const entry = 104

const legendBlock = (): Block => ({
  parts: distanceLegend.flatMap(({ colour, text: words }, i) => [
    html`<rect x="${entry * i}" y="2" width="20" height="10" fill="${colour}"/>`,
    text(entry * i + 26, 12, words),
  ]),
  width: entry * distanceLegend.length,
  height: 14,
})

interface Block {
  readonly parts: readonly Html[]
  readonly width: number
  readonly height: number
}

const blockOf = (svg: Html): Block => ({
  parts: [svg],
  width: sideOf(svg, 'width'),
  height: sideOf(svg, 'height'),
})

function panelBlock(panel: Panel): Block {
  const { parts, width, height } = blockOf(panel.svg)
  return { parts: [...titleOf(panel), moved(parts, 0, titleRoom)], width, height: height + titleRoom }
}

const moved = (parts: readonly Html[], x: number, y: number): Html =>
  html`<g transform="translate(${x},${y})">${parts}</g>\n`

function beside(blocks: readonly Block[]): Block {
  let x = 0
  const parts = blocks.map((block) => {
    const at = moved(block.parts, x, 0)
    x += block.width + gap
    return at
  })
  return { parts, width: x - gap, height: Math.max(...blocks.map(({ height }) => height)) }
}

/** Rows of panels, and charts beside each other under them, as one SVG file: readable by itself, in light and dark. */
export function sheetOf(rows: readonly SheetRow[], charts: readonly Html[]): string {
  const blocks = [
    ...rows.flatMap(({ panels, ofDistances }) => [
      beside(panels.map(panelBlock)),
      ...(ofDistances ? [legendBlock()] : []),
    ]),
    ...(charts.length === 0 ? [] : [beside(charts.map(blockOf))]),
  ]
  let y = gap
  const placed = blocks.map((block) => {
    const at = moved(block.parts, gap, y)
    y += block.height + gap
    return at
  })
  const width = 2 * gap + Math.max(...blocks.map((block) => block.width))
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" color="${pageColour('ink')}">
<style>${style}</style>
<rect width="${width}" height="${y}" fill="${pageColour('paper')}"/>
${placed}</svg>
`.toString()
}
