import * as Plot from '@observablehq/plot'
import type { Html } from '../report/html.ts'
import { hues, type Palette, pageColour } from '../report/palette.ts'
import { svgOf } from '../report/plot.ts'
import { faint, ink, paper } from './colours.ts'

/** A point of a {@link CodesChart}. */
export interface ShownCode {
  readonly x: number
  readonly y: number
  /** Index of its class; −1 for one that has no sign of its own. */
  readonly group: number
  /** What is said of it. */
  readonly title: string
}

/** Codes in a plane. */
export interface CodesChart {
  /** In the order in which they are drawn. */
  readonly points: readonly ShownCode[]
  /** Names of the classes; empty where there are no labels. */
  readonly classes: readonly string[]
  readonly axes: readonly [x: string, y: string]
}

const { teal: _, ...ofModels } = hues

/**
 * Ten colours, as there are ten digits: eight of models and two more. The closest two are 0.12 apart in OKLab for normal sight, 0.07 for each colour
 * blindness; shapes tell them apart as well.
 */
export const classHues = {
  ...ofModels,
  ninth: { light: '#b43c00', dark: '#00ff96' },
  tenth: { light: '#871e87', dark: '#87b400' },
} as const satisfies Palette

type ColourName = keyof typeof classHues

const colourNames: readonly ColourName[] = [
  'blue',
  'amber',
  'green',
  'pink',
  'sky',
  'brown',
  'violet',
  'grey',
  'ninth',
  'tenth',
]
const shapes = ['circle', 'triangle', 'square', 'star', 'diamond'] as const

/** As many classes as have a sign of their own. */
export const mostClasses = shapes.length * colourNames.length

/** Colours of a picture that stands alone, or of a page, which is light or dark. */
export interface Look {
  colour(name: ColourName): string
  readonly ink: string
  readonly faint: string
  readonly paper: string
}

export const alone: Look = { colour: (name) => classHues[name].light, ink, faint, paper }

export const onPage: Look = {
  colour: (name) => `var(--${name})`,
  ink: pageColour('ink'),
  faint: pageColour('faint'),
  paper: pageColour('paper'),
}

interface Sign {
  readonly symbol: Plot.SymbolType
  readonly colour: string
}

/** The tenth colour is followed by the first in another shape. */
function signOf(group: number, { colour, faint }: Look): Sign {
  if (group < 0) return { symbol: 'times', colour: faint }
  const round = Math.floor(group / colourNames.length)
  return {
    symbol: shapes[(group + round) % shapes.length],
    colour: colour(colourNames[group % colourNames.length]),
  }
}

const width = 640
const margins = { marginTop: 14, marginRight: 14, marginBottom: 48, marginLeft: 76 } as const
const inner = width - margins.marginLeft - margins.marginRight
const [lowest, highest] = [320, 600]

/** From the smallest to the largest with some room, in any case of some width. */
function domainOf(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const room = 0.03 * (high - low) || Math.abs(high) * 0.1 || 1
  return [low - room, high + room]
}

/** Points may be told apart as far as a picture goes: fewer are larger. */
const radiusOf = (count: number): number => (count <= 500 ? 4 : count <= 2500 ? 3.2 : 2.5)

/** Both axes have one scale where the picture does not become too flat or too high by it. */
export function codesChart(
  { points, classes, axes }: CodesChart,
  look: Look,
): { svg: Html; isEven: boolean } {
  const x = domainOf(points.map((point) => point.x))
  const y = domainOf(points.map((point) => point.y))
  const even = (inner * (y[1] - y[0])) / (x[1] - x[0])
  const isEven = even >= lowest && even <= highest
  const height = Math.min(highest, Math.max(lowest, even))
  const signs = new Map([-1, ...classes.keys()].map((group) => [group, signOf(group, look)]))
  const sign = ({ group }: ShownCode): Sign => (classes.length === 0 ? signOf(0, look) : signs.get(group)!)
  const axis = { labelAnchor: 'center', labelArrow: 'none', ticks: 6, grid: true } as const
  const words = { fill: look.ink, stroke: look.paper, strokeWidth: 5, fontSize: 16, fontWeight: 700 } as const
  const names = namePlaces(points, classes, {
    x: (value) => ((value - x[0]) / (x[1] - x[0])) * inner,
    y: (value) => ((y[1] - value) / (y[1] - y[0])) * height,
  })
  const svg = svgOf({
    ariaLabel: `${points.length} codes by ${axes.join(' and ')}${classes.length === 0 ? '' : `; classes ${classes.join(', ')}`}`,
    width,
    height: height + margins.marginTop + margins.marginBottom,
    ...margins,
    x: { ...axis, domain: x, label: axes[0], labelOffset: 46 },
    y: { ...axis, domain: y, label: axes[1], labelOffset: 68 },
    marks: [
      Plot.dot(points, {
        x: 'x',
        y: 'y',
        r: radiusOf(points.length),
        fill: (point: ShownCode) => sign(point).colour,
        fillOpacity: 0.8,
        symbol: (point: ShownCode) => sign(point).symbol,
        title: 'title',
      }),
      Plot.text(names, { x: 'x', y: 'y', text: 'name', ...words }),
    ],
  })
  return { svg, isEven }
}

/** The sign of a class, for a legend. */
export function codeSign(group: number, look: Look): Html {
  const { symbol, colour } = signOf(group, look)
  return svgOf({
    ariaLabel: 'sign',
    className: 'sign',
    width: 16,
    height: 16,
    margin: 8,
    axis: null,
    marks: [Plot.dot([{ x: 0, y: 0 }], { x: 'x', y: 'y', r: 5, symbol, fill: colour })],
  })
}

/** More names than this would hide the points. */
const mostNames = 20
const mostLetters = 16

/** Pixels that a name takes on a phone, where it is largest: half a letter across, and a line. */
const letterWidth = 8
const nameHeight = 24

type Place = Pick<ShownCode, 'x' | 'y'>

interface NamePlace extends Place {
  readonly name: string
}

interface Pixels {
  x(value: number): number
  y(value: number): number
}

/** The name of each class at the point nearest to its middle where no other name stands. */
function namePlaces(points: readonly ShownCode[], classes: readonly string[], pixels: Pixels): NamePlace[] {
  const places: NamePlace[] = []
  if (classes.length > mostNames) return places
  const apart = (a: Place, b: Place): readonly [across: number, down: number] => [
    Math.abs(pixels.x(a.x) - pixels.x(b.x)),
    Math.abs(pixels.y(a.y) - pixels.y(b.y)),
  ]
  for (const [group, name] of classes.entries()) {
    if (name.length > mostLetters) continue
    const own = points.filter((point) => point.group === group)
    const middle = { x: median(own.map(({ x }) => x)), y: median(own.map(({ y }) => y)) }
    const isFree = (point: Place): boolean =>
      places.every((other) => {
        const [across, down] = apart(other, point)
        return down > nameHeight || across > letterWidth * (other.name.length + name.length)
      })
    const nearest = own
      .filter(isFree)
      .map((point) => ({ point, distance: Math.hypot(...apart(point, middle)) }))
      .reduce<{ point: Place; distance: number } | null>(
        (best, one) => (best !== null && best.distance <= one.distance ? best : one),
        null,
      )
    if (nearest !== null) places.push({ name, x: nearest.point.x, y: nearest.point.y })
  }
  return places
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]
