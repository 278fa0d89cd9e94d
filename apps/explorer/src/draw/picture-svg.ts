import type { DataFacts } from '../run/data-facts.ts'
import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { axisTicks, shortNumber } from './axis-ticks.ts'
import { COLOURS, cssOf } from './colour-table.ts'
import { endOfScale, errorColours } from './error-colours.ts'
import { escaped } from './escaped.ts'
import { fillsOf, showsErrors } from './fills.ts'
import { inks, type Scheme } from './inks.ts'
import { type Place, placeOf, stripPlaceOf, xOf, yOf } from './place.ts'
import { sampleGroups } from './sample-groups.ts'
import { wallLook } from './wall-look.ts'

/** How a picture is written. */
export interface SvgOptions {
  /** Pixels, of the plane without its axes. */
  readonly width: number
  readonly scheme: Scheme
  readonly shading: Shading
  readonly title: string
  /** Which samples are of the validation part, and their labels; without it all are drawn alike. */
  readonly facts?: DataFacts | null
  /** Words of the two axes. */
  readonly axes?: readonly [s: string, t: string]
  /** A bottleneck of one: intervals of s as a strip. */
  readonly isStrip?: boolean
}

/** Room for numbers and words around the plane. */
const room = { left: 44, top: 30, right: 12, bottom: 36 }
const SCALE_ROOM = 44
const STRIP_SHARE = 0.3

/**
 * A picture as a file of SVG that stands alone: polygons with a path for each colour, walls, samples, axes, and the scale of errors where they are drawn (a polygon in the
 * colour of its centroid's error).
 *
 * @example
 * import { pictureSvg } from './picture-svg.ts'
 * const save = (frame: FrameFacts) => pictureSvg(frame.input!, { width: 600, scheme: 'light', shading: 'region', title: 'Regions after 200 steps' })
 */
export function pictureSvg(picture: RegionsPicture, options: SvgOptions): string {
  const { width, scheme, shading, title, facts = null, axes = ['', ''], isStrip = false } = options
  const { s, t } = picture.frame
  const height = Math.round(isStrip ? STRIP_SHARE * width : (width * (t[1] - t[0])) / (s[1] - s[0]))
  const place = (isStrip ? stripPlaceOf : placeOf)(picture.frame, width, height)
  const { ink, paper, faint } = inks[scheme]
  const isError = showsErrors(picture, shading)
  const [all, high] = [
    room.left + width + room.right,
    room.top + height + room.bottom + (isError ? SCALE_ROOM : 0),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${all}" height="${high}" viewBox="0 0 ${all} ${high}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${all}" height="${high}" fill="${paper}"/>`,
    `<text x="${room.left}" y="19" font-size="14" fill="${ink}">${escaped(title)}</text>`,
    `<clipPath id="plane"><rect width="${width}" height="${height}"/></clipPath>`,
    `<g transform="translate(${room.left} ${room.top})">`,
    '<g clip-path="url(#plane)">',
    ...polygons(picture, shading, scheme, place),
    walls(picture, shading, scheme, place),
    ...samples(picture, facts, scheme, place),
    '</g>',
    `<rect width="${width}" height="${height}" fill="none" stroke="${faint}"/>`,
    ...axisLines(place, axes, faint, isStrip),
    ...(isError ? scaleOfErrors(endOfScale(picture), scheme, height + room.bottom + 4, width) : []),
    '</g>',
    '</svg>',
  ].join('\n')
}

const short = (value: number): string => String(Math.round(100 * value) / 100 + 0)

const point = (place: Place, values: Float32Array, k: number): string =>
  `${short(xOf(place, values[k]))},${short(yOf(place, values[k + 1]))}`

function polygons(picture: RegionsPicture, shading: Shading, scheme: Scheme, place: Place): string[] {
  const { table, order, starts } = fillsOf(picture, shading, scheme)
  const { corners, starts: ends } = picture
  const paths: string[] = []
  for (let colour = 0; colour < COLOURS; colour++) {
    let path = ''
    for (let i = starts[colour]; i < starts[colour + 1]; i++) {
      const points: string[] = []
      for (let k = ends[order[i]]; k < ends[order[i] + 1]; k++) points.push(point(place, corners, 2 * k))
      path += `M${points.join('L')}Z`
    }
    // A line of the same colour closes the cracks that smoothing leaves between two polygons.
    const css = cssOf(table, colour)
    if (path !== '') paths.push(`<path d="${path}" fill="${css}" stroke="${css}" stroke-width="0.3"/>`)
  }
  return paths
}

function walls(picture: RegionsPicture, shading: Shading, scheme: Scheme, place: Place): string {
  const { colour, opacity, width } = wallLook(picture, place, shading, scheme)
  const lines: string[] = []
  for (let k = 0; k < picture.walls.length; k += 4)
    lines.push(`M${point(place, picture.walls, k)}L${point(place, picture.walls, k + 2)}`)
  return `<path d="${lines.join('')}" fill="none" stroke="rgb(${colour.join()})" stroke-opacity="${short(opacity)}" stroke-width="${width}"/>`
}

function samples(picture: RegionsPicture, facts: DataFacts | null, scheme: Scheme, place: Place): string[] {
  const { paper } = inks[scheme]
  return sampleGroups(picture.samples, facts, scheme).map(({ rows, colour, isHollow }) => {
    const style = isHollow
      ? `fill="${paper}" stroke="${colour}" stroke-width="1"`
      : `fill="${colour}" stroke="${paper}" stroke-width="0.5"`
    const dots = Array.from(rows, (row) => {
      const [x, y] = point(place, picture.samples, 2 * row).split(',')
      return `<circle cx="${x}" cy="${y}" r="2.2"/>`
    })
    return `<g ${style}>${dots.join('')}</g>`
  })
}

function axisLines(
  place: Place,
  [s, t]: readonly [string, string],
  colour: string,
  isStrip: boolean,
): string[] {
  const { width, height } = place
  const ticks = axisTicks(place)
  const text = (x: number, y: number, words: string, anchor: string) =>
    `<text x="${short(x)}" y="${short(y)}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`
  return [
    ...ticks.s.flatMap(({ at, label }) => [
      `<path d="M${short(at)},${height}v4" stroke="${colour}"/>`,
      text(at, height + 15, label, 'middle'),
    ]),
    text(width / 2, height + 30, s, 'middle'),
    ...(isStrip ? [] : ticks.t).flatMap(({ at, label }) => [
      `<path d="M0,${short(at)}h-4" stroke="${colour}"/>`,
      text(-7, at + 4, label, 'end'),
    ]),
    `<g transform="translate(-34 ${short(height / 2)}) rotate(-90)">${text(0, 0, t, 'middle')}</g>`,
  ]
}

/** Steps of the scale that is drawn: more are not seen. */
const STEPS = 64

function scaleOfErrors(end: number, scheme: Scheme, y: number, width: number): string[] {
  const bar = Math.min(width, 260)
  const { ink } = inks[scheme]
  const rects = Array.from({ length: STEPS }, (_, i) => {
    const colour = cssOf(errorColours, Math.floor(((i + 0.5) * COLOURS) / STEPS))
    return `<rect x="${short((i * bar) / STEPS)}" y="${y + 14}" width="${short(bar / STEPS + 0.3)}" height="8" fill="${colour}"/>`
  })
  // Colours grow with the square root.
  const labels = [0, end / 4, end].map((error, i) => {
    const anchor = ['start', 'middle', 'end'][i]
    return `<text x="${short((i * bar) / 2)}" y="${y + 35}" fill="${ink}" text-anchor="${anchor}">${i === 2 ? '≥ ' : ''}${shortNumber(error)}</text>`
  })
  return [`<text x="0" y="${y + 9}" fill="${ink}">squared error ‖x − f(x)‖²</text>`, ...rects, ...labels]
}
