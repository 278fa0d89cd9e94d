import { type Html, html } from './html.ts'

/** A sign of a figure, drawn 32 × 16 pixels large; its colour is the text's where none is said. */
export interface Sign {
  /** A line across, one from top to bottom, a ring, a diamond, a band around a line, or a field of colour. */
  readonly shape: 'line' | 'rule' | 'ring' | 'diamond' | 'band' | 'field'
  /** A CSS colour. */
  readonly colour?: string
  /** Of the stroke, in pixels. Default: 1.5. */
  readonly width?: number
  /** As SVG has it: `4 3`. */
  readonly dash?: string
  /** Radius of a ring, or of a dot on a line. */
  readonly radius?: number
}

export interface LegendEntry {
  readonly sign: Sign
  readonly text: string
}

type Drawn = Required<Pick<Sign, 'colour' | 'width' | 'dash' | 'radius'>>

const line = ({ colour, width, dash }: Drawn): Html =>
  html`<line x1="0" x2="32" y1="8" y2="8" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`

const shapes: Readonly<Record<Sign['shape'], (sign: Drawn) => Html>> = {
  line: (sign) => html`${line(sign)}<circle cx="16" cy="8" r="${sign.radius}" fill="${sign.colour}"/>`,
  rule: ({ colour, width, dash }) =>
    html`<line x1="16" x2="16" y1="0" y2="16" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`,
  ring: ({ colour, width, radius }) =>
    html`<circle cx="16" cy="8" r="${radius}" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
  diamond: ({ colour, width }) =>
    html`<path d="M16 2 22 8 16 14 10 8Z" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
  band: (sign) =>
    html`<rect x="0" y="2" width="32" height="12" fill="${sign.colour}" opacity=".22"/>${line(sign)}`,
  field: ({ colour }) => html`<rect x="2" y="3" width="28" height="10" fill="${colour}"/>`,
}

const signHtml = ({ shape, colour = 'currentColor', width = 1.5, dash = 'none', radius = 0 }: Sign): Html =>
  shapes[shape]({ colour, width, dash, radius })

/** What the signs of a figure mean. */
export const legend = (entries: readonly LegendEntry[]): Html =>
  html`<ul class="legend">${entries.map(
    ({ sign, text }) =>
      html`<li><svg viewBox="0 0 32 16" aria-hidden="true">${signHtml(sign)}</svg>${text}</li>`,
  )}</ul>`
