import type { Panel } from '../../../report/figure.ts'
import { escapeHtml } from '../../../report/html.ts'
import { coloursCss, pageColour } from '../../../report/palette.ts'
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
const style = `<style>:root{${coloursCss('light')}}@media(prefers-color-scheme:dark){:root{${coloursCss('dark')}}}${distanceColoursCss}</style>`

const sideOf = (svg: string, name: 'width' | 'height'): number =>
  Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)![1])

const text = (x: number, y: number, words: string, attributes = `fill="${pageColour('ink')}"`): string =>
  `<text x="${x}" y="${y}" font-size="13" ${attributes}>${escapeHtml(words)}</text>`

function titleOf({ title, colour, note, svg }: Panel): string[] {
  const bold = `font-weight="600" fill="${pageColour('ink')}"`
  const aside = `text-anchor="end" fill="${pageColour('faint')}"`
  return [
    `<circle cx="5" cy="9" r="5" fill="${colour}"/>`,
    text(16, 14, title, bold),
    text(sideOf(svg, 'width'), 14, note ?? '', aside),
  ]
}

/** Width of an entry of the legend. */
const entry = 104

const legendBlock = (): Block => ({
  parts: distanceLegend.flatMap(({ colour, text: words }, i) => [
    `<rect x="${entry * i}" y="2" width="20" height="10" fill="${colour}"/>`,
    text(entry * i + 26, 12, words),
  ]),
  width: entry * distanceLegend.length,
  height: 14,
})

interface Block {
  readonly parts: readonly string[]
  readonly width: number
  readonly height: number
}

const blockOf = (svg: string): Block => ({
  parts: [svg],
  width: sideOf(svg, 'width'),
  height: sideOf(svg, 'height'),
})

function panelBlock(panel: Panel): Block {
  const { parts, width, height } = blockOf(panel.svg)
  return { parts: [...titleOf(panel), moved(parts, 0, titleRoom)], width, height: height + titleRoom }
}

const moved = (parts: readonly string[], x: number, y: number): string =>
  `<g transform="translate(${x},${y})">${parts.join('')}</g>`

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
export function sheetOf(rows: readonly SheetRow[], charts: readonly string[]): string {
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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" color="${pageColour('ink')}">`,
    style,
    `<rect width="${width}" height="${y}" fill="${pageColour('paper')}"/>`,
    ...placed,
    '</svg>\n',
  ].join('\n')
}
