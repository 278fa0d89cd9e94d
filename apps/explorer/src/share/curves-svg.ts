import { escaped } from '../draw/escaped.ts'
import { inks, labelColours, type Scheme } from '../draw/inks.ts'
import type { Curve } from '../session/curve.ts'
import { type AllSeries, drawCurves, seriesOf } from '../views/curves-drawn.ts'
import type { PanelLine } from '../views/curves-panel.tsx'
import type { Area, Tick } from '../views/curves-plot.ts'
import type { RegionCounts } from '../views/curves-regions.ts'

/** What is written. */
export interface CurvesToWrite {
  readonly curve: Curve
  readonly counts: RegionCounts
  /** The last step of the axis. */
  readonly last: number
  readonly title: string
  readonly scheme: Scheme
}

const [WIDTH, HEIGHT, TITLE, KEY] = [696, 300, 34, 26]

/** Of each series, as on the page: its colour among those of labels, whether it is dashed, and its words. */
const looks: Readonly<Record<keyof AllSeries, { colour: number; isDashed: boolean; words: string }>> = {
  loss: { colour: 0, isDashed: false, words: 'loss' },
  validation: { colour: 1, isDashed: true, words: 'validation error' },
  live: { colour: 2, isDashed: false, words: 'live bottleneck units' },
  regions: { colour: 7, isDashed: true, words: 'regions' },
}

/** The curves of a run as a file of SVG that stands alone. */
export function curvesSvg({ curve, counts, last, title, scheme }: CurvesToWrite): string {
  const {
    upper,
    lower,
    steps,
    errors,
    counts: drawn,
  } = drawCurves(seriesOf(curve, counts), last, {
    width: WIDTH,
    height: HEIGHT,
  })
  const { ink, paper, faint } = inks[scheme]
  const high = TITLE + HEIGHT + KEY
  const ticks = (at: Area, side: 'left' | 'right', each: readonly Tick[]) =>
    each.map(({ at: y, text }) =>
      side === 'left'
        ? `<path d="M${at.left},${y}H${at.right}" stroke="${faint}" stroke-opacity="0.3"/>${words(at.left - 6, y + 4, text, 'end', faint)}`
        : words(at.right + 6, y + 4, text, 'start', faint),
    )
  const line = ({ name, path }: PanelLine) => {
    const look = looks[name as keyof AllSeries]
    return `<path d="${path}" fill="none" ${strokeOf(look, scheme)}/>`
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${high}" viewBox="0 0 ${WIDTH} ${high}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${high}" fill="${paper}"/>`,
    `<text x="12" y="20" font-size="14" fill="${ink}">${escaped(title)}</text>`,
    `<g transform="translate(0 ${TITLE})">`,
    ...ticks(upper, 'left', errors.ticks),
    ...ticks(lower, 'left', drawn.live),
    ...ticks(lower, 'right', drawn.regions),
    ...[...errors.lines, ...drawn.lines].map(line),
    ...steps.map(({ at, text }) => words(at, HEIGHT - 6, text, 'middle', faint)),
    '</g>',
    ...Object.values(looks).map((look, i) => keyEntry(look, 12 + i * 170, high - 10, scheme)),
    '</svg>',
  ].join('\n')
}

type Look = (typeof looks)[keyof AllSeries]

const strokeOf = ({ colour, isDashed }: Look, scheme: Scheme): string =>
  `stroke="${labelColours[scheme][colour]}" stroke-width="1.5"${isDashed ? ' stroke-dasharray="5 2"' : ''}`

const keyEntry = (look: Look, x: number, y: number, scheme: Scheme): string =>
  `<path d="M${x},${y - 4}h18" ${strokeOf(look, scheme)}/>${words(x + 24, y, look.words, 'start', inks[scheme].ink)}`

const words = (x: number, y: number, text: string, anchor: string, colour: string): string =>
  `<text x="${x}" y="${y}" fill="${colour}" text-anchor="${anchor}">${escaped(text)}</text>`
