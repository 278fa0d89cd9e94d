import { attributes, type Html, html } from './html.ts'

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
  /** Of a ring (default: 5), or of a dot on a line, which has none by default. */
  readonly radius?: number
}

export interface LegendEntry {
  /** Without one the text stands alone. */
  readonly sign?: Sign
  readonly text: string
}

type Look = Omit<Sign, 'shape'>

const stroke = ({ colour = 'currentColor', width = 1.5, dash }: Look) =>
  attributes({ stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash ?? null })

const line = (sign: Look): Html => html`<line x1="0" x2="32" y1="8" y2="8"${stroke(sign)}/>`

const fillOf = ({ colour = 'currentColor' }: Look): string => colour

const shapes: Readonly<Record<Sign['shape'], (sign: Look) => Html>> = {
  line: ({ radius, ...sign }) => {
    const dot =
      radius === undefined ? null : html`<circle cx="16" cy="8" r="${radius}" fill="${fillOf(sign)}"/>`
    return html`${line(sign)}${dot}`
  },
  rule: (sign) => html`<line x1="16" x2="16" y1="0" y2="16"${stroke(sign)}/>`,
  ring: ({ radius = 5, ...sign }) => html`<circle cx="16" cy="8" r="${radius}" fill="none"${stroke(sign)}/>`,
  diamond: (sign) => html`<path d="M16 2 22 8 16 14 10 8Z" fill="none"${stroke(sign)}/>`,
  band: (sign) =>
    html`<rect x="0" y="2" width="32" height="12" fill="${fillOf(sign)}" opacity=".22"/>${line(sign)}`,
  field: (sign) => html`<rect x="2" y="3" width="28" height="10" fill="${fillOf(sign)}"/>`,
}

/** What the signs of a figure mean. */
export const legend = (entries: readonly LegendEntry[]): Html =>
  html`<ul class="legend">${entries.map(
    ({ sign, text }) =>
      html`<li>${sign ? html`<svg viewBox="0 0 32 16" aria-hidden="true">${shapes[sign.shape](sign)}</svg>` : null}${text}</li>`,
  )}</ul>`
