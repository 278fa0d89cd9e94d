import { fitted } from '../draw/canvas-place.ts'
import { inks, type Scheme } from '../draw/inks.ts'
import { dotRadius } from '../draw/paint-marks.ts'
import type { SurfacePicture } from '../work/messages.ts'
import type { Sight } from './surface-sight.ts'

/** What is drawn over a surface, whatever paints it. */
export interface SurfaceMarks {
  readonly picture: SurfacePicture
  readonly sight: Sight
  readonly scheme: Scheme
  readonly ratio: number
  /** [x, y, near] of corners and of samples. */
  readonly corners: Float32Array
  readonly samples: Float32Array
  /** Hashes of the regions whose pieces are outlined. */
  readonly selected: readonly [number, number] | null
  readonly hovered: readonly [number, number] | null
  /** Samples with a ring. */
  readonly rows: readonly number[]
}

/** Outlines, rings, and how the axes lie. */
export function paintMarks(canvas: HTMLCanvasElement, marks: SurfaceMarks): void {
  const { sight, ratio, scheme, picture, samples, rows } = marks
  const context = fitted(canvas, sight, ratio)
  outline(context, marks, marks.hovered, 1)
  outline(context, marks, marks.selected, 2)
  const radius = dotRadius(picture.samples.length / 3) + 2.5
  context.beginPath()
  for (const row of rows) {
    if (3 * row >= picture.samples.length) continue
    const [x, y] = [samples[3 * row], samples[3 * row + 1]]
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, 2 * Math.PI)
  }
  strokeTwice(context, scheme, 1.5)
  paintAxes(context, sight, picture, scheme)
}

/** Outlines the pieces of a region's code: one, or none where it is not in the window. */
function outline(
  context: CanvasRenderingContext2D,
  { picture: { starts, hashes, dimension }, corners, scheme }: SurfaceMarks,
  hash: readonly [number, number] | null,
  width: number,
): void {
  if (hash === null) return
  context.beginPath()
  for (let i = 0; i + 1 < starts.length; i++) {
    if (hashes[2 * i] !== hash[0] || hashes[2 * i + 1] !== hash[1]) continue
    const end = dimension === 1 ? starts[i] + 2 : starts[i + 1]
    for (let k = starts[i]; k < end; k++) {
      if (k === starts[i]) context.moveTo(corners[3 * k], corners[3 * k + 1])
      else context.lineTo(corners[3 * k], corners[3 * k + 1])
    }
    if (dimension === 2) context.closePath()
  }
  context.lineJoin = 'round'
  // A curve's piece is a line, which is seen where it is broad.
  strokeTwice(context, scheme, dimension === 1 ? width + 2 : width)
}

function strokeTwice(context: CanvasRenderingContext2D, scheme: Scheme, width: number): void {
  const { ink, paper } = inks[scheme]
  context.strokeStyle = paper
  context.lineWidth = width + 2
  context.stroke()
  context.strokeStyle = ink
  context.lineWidth = width
  context.stroke()
}

/** Pixels of an axis that is not shortened, and from it to its name. */
const LENGTH = 22
const GAP = 9

/** The directions of the axes, in the lower left corner. */
function paintAxes(
  context: CanvasRenderingContext2D,
  { height, right, up, toward }: Sight,
  { axes, isFlat }: SurfacePicture,
  scheme: Scheme,
): void {
  const { faint, paper } = inks[scheme]
  context.font = '11px system-ui, sans-serif'
  context.textBaseline = 'middle'
  context.strokeStyle = faint
  const named = axes.slice(0, isFlat ? 2 : 3).map((name, k) => ({ name, k }))
  const widest = Math.max(...named.map(({ name }) => context.measureText(name).width))
  const [x, y] = isFlat ? [10, height - 10] : [LENGTH + GAP + widest, height - LENGTH - GAP - 6]
  // Those that point away first.
  for (const { name, k } of named.sort((a, b) => toward[a.k] - toward[b.k])) {
    const [dx, dy] = [right[k] * LENGTH, -up[k] * LENGTH]
    context.globalAlpha = toward[k] < -0.1 ? 0.55 : 1
    context.lineWidth = 1.25
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(x + dx, y + dy)
    context.stroke()
    const size = Math.hypot(dx, dy)
    const beyond = size < 4 ? [GAP, 0] : [(dx / size) * GAP, (dy / size) * GAP]
    context.textAlign = dx + beyond[0] < -4 ? 'right' : dx + beyond[0] > 4 ? 'left' : 'center'
    const at = [x + dx + beyond[0], y + dy + beyond[1]] as const
    // Names are read on every fill.
    context.lineWidth = 3
    context.strokeStyle = paper
    context.strokeText(name, ...at)
    context.strokeStyle = faint
    context.fillStyle = faint
    context.fillText(name, ...at)
  }
  context.globalAlpha = 1
}
