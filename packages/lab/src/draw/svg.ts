import { escapeText } from '../report/html.ts'

/** Attributes of an element; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element of SVG. Numbers are rounded to hundredths of a pixel, which nobody sees. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escapeText(String(value))}"`,
    )
  return inside.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${inside.join('')}</${name}>`
}

/** A number in hundredths. */
export const short = (value: number): string => String(Math.round(100 * value) / 100 + 0)

export const text = (x: number, y: number, words: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeText(words))

/** Some SVG with its size in pixels. */
export interface Drawn {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/** SVG moved to a place of another. */
export const placed = ({ svg }: Pick<Drawn, 'svg'>, x: number, y: number): string =>
  element('g', { transform: `translate(${short(x)},${short(y)})` }, svg)

/** A point of a picture. */
export type Flat = readonly [x: number, y: number]

/** Closed polygons as the data of one path. */
export const polygonsPath = (polygons: readonly (readonly Flat[])[]): string =>
  polygons.map((corners) => `M${corners.map(([x, y]) => `${short(x)},${short(y)}`).join('L')}Z`).join('')
