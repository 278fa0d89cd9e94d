import { escaped } from '../draw/escaped.ts'
import { inks, type Scheme } from '../draw/inks.ts'
import { dotRadius } from '../draw/paint-marks.ts'
import { sampleGroups } from '../draw/sample-groups.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { polygonColours, roomFor } from '../views/surface-colours.ts'
import { CURVE, creaseLook, FOLDED } from '../views/surface-look.ts'
import { extentOf, placedIn, type Sight, sightOf, type Turn } from '../views/surface-sight.ts'
import type { SurfacePicture } from '../work/messages.ts'

/** How a surface is written. */
export interface SurfaceSvgOptions {
  readonly turn: Turn
  readonly scheme: Scheme
  readonly title: string
  readonly facts: DataFacts | null
}

const [WIDTH, HEIGHT, TITLE] = [640, 560, 34]

/** Something that is drawn, and how near it is to whoever looks. */
interface Drawn {
  readonly near: number
  readonly svg: string
}

/**
 * The decoder's image as a file of SVG that stands alone. Pieces and samples are drawn from the farthest to the nearest by their middles: of long pieces that
 * pass each other a part may lie wrong, where the page itself decides pixel by pixel.
 */
export function surfaceSvg(
  picture: SurfacePicture,
  { turn, scheme, title, facts }: SurfaceSvgOptions,
): string {
  const sight = sightOf(extentOf(picture.samples), picture.isFlat ? null : turn, 1, WIDTH, HEIGHT)
  const { ink, paper } = inks[scheme]
  const pieces =
    picture.dimension === 1 ? curvePieces(picture, sight, scheme) : polygons(picture, sight, scheme)
  const dots = dotsOf(picture, sight, scheme, facts)
  // Dots would hide a curve, and are hidden by what is before them alone.
  const all = picture.dimension === 1 ? [...dots, ...pieces] : [...pieces, ...dots]
  const isDeep = picture.dimension === 2 && !picture.isFlat
  const drawn = isDeep ? all.toSorted((a, b) => a.near - b.near) : all
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${TITLE + HEIGHT}" viewBox="0 0 ${WIDTH} ${TITLE + HEIGHT}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${TITLE + HEIGHT}" fill="${paper}"/>`,
    `<clipPath id="surface"><rect width="${WIDTH}" height="${HEIGHT}"/></clipPath>`,
    `<g transform="translate(0 ${TITLE})" clip-path="url(#surface)" stroke-linejoin="round">`,
    ...drawn.map(({ svg }) => svg),
    axes(picture, sight, scheme),
    '</g>',
    `<text x="12" y="20" font-size="14" fill="${ink}">${escaped(title)}</text>`,
    '</svg>',
  ].join('\n')
}

const short = (value: number): string => String(Math.round(10 * value) / 10 + 0)

const at = (placed: Float32Array, k: number): string => `${short(placed[3 * k])},${short(placed[3 * k + 1])}`

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

function coloursOf(picture: SurfacePicture, scheme: Scheme): (piece: number) => string {
  const colours = roomFor(picture, new Uint8Array(0))
  polygonColours(picture, scheme, colours)
  return (piece) => `rgb(${colours.slice(4 * piece, 4 * piece + 3).join()})`
}

function polygons(picture: SurfacePicture, sight: Sight, scheme: Scheme): Drawn[] {
  const { starts, isFlat } = picture
  const placed = placedIn(new Float32Array(0), picture.corners, sight)
  const colourOf = coloursOf(picture, scheme)
  const { colour, opacity } = creaseLook(picture, sight, scheme)
  const crease = `stroke="rgb(${colour.join()})" stroke-opacity="${opacity.toFixed(2)}" stroke-width="0.75"`
  return range(0, starts.length - 1).map((i) => {
    const corners = range(starts[i], starts[i + 1])
    const near = corners.reduce((sum, k) => sum + placed[3 * k + 2], 0) / corners.length
    const fill = `fill="${colourOf(i)}"${isFlat ? ` fill-opacity="${FOLDED}"` : ''}`
    return { near, svg: `<path d="M${corners.map((k) => at(placed, k)).join('L')}Z" ${fill} ${crease}/>` }
  })
}

function curvePieces(picture: SurfacePicture, sight: Sight, scheme: Scheme): Drawn[] {
  const { starts } = picture
  const placed = placedIn(new Float32Array(0), picture.corners, sight)
  const colourOf = coloursOf(picture, scheme)
  const { ink, paper } = inks[scheme]
  const points = range(0, starts.length).map((k) => at(placed, k))
  const svgs = [
    ...range(0, starts.length - 1).map(
      (i) =>
        `<path d="M${points[i]}L${points[i + 1]}" stroke="${colourOf(i)}" stroke-width="${CURVE.band}" stroke-linecap="round"/>`,
    ),
    `<path d="M${points.join('L')}" fill="none" stroke="${ink}" stroke-width="${CURVE.line}"/>`,
    ...points.slice(1, -1).map((point) => {
      const [x, y] = point.split(',')
      return `<circle cx="${x}" cy="${y}" r="3" fill="${paper}" stroke="${ink}"/>`
    }),
  ]
  return svgs.map((svg) => ({ near: 0, svg }))
}

function dotsOf({ samples }: SurfacePicture, sight: Sight, scheme: Scheme, facts: DataFacts | null): Drawn[] {
  const placed = placedIn(new Float32Array(0), samples, sight)
  const count = samples.length / 3
  const radius = dotRadius(count)
  // Of samples it asks how many there are: two numbers each.
  return sampleGroups(new Float32Array(2 * count), facts, scheme).flatMap(({ rows, colour }) =>
    Array.from(rows, (row) => {
      const [x, y] = at(placed, row).split(',')
      // Those on the surface are seen.
      const near = placed[3 * row + 2] + 2 * radius
      return {
        near,
        svg: `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}" stroke="${inks[scheme].paper}" stroke-width="0.5"/>`,
      }
    }),
  )
}

/** Pixels of an axis that is not shortened, and of where they begin from the lower left corner. */
const [AXIS, CORNER] = [26, 64]

function axes({ axes: names, isFlat }: SurfacePicture, { height, right, up }: Sight, scheme: Scheme): string {
  const { faint } = inks[scheme]
  const lines = names.slice(0, isFlat ? 2 : 3).map((name, k) => {
    const [dx, dy] = [right[k] * AXIS, -up[k] * AXIS]
    return `<path d="M0,0l${short(dx)},${short(dy)}" stroke="${faint}"/><text x="${short(1.5 * dx)}" y="${short(1.5 * dy + 4)}" fill="${faint}" text-anchor="middle">${escaped(name)}</text>`
  })
  return `<g transform="translate(${CORNER} ${height - CORNER})">${lines.join('')}</g>`
}
