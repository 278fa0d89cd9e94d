import { densityOf } from './density.ts'
import { inks, type Scheme } from './inks.ts'
import { type Place, yOf } from './place.ts'

/** Cells along a side: of a picture of 400 pixels they are 5 wide, and smoothed over 4 of them. */
const CELLS = 80

/** Of 255, where it is densest. */
const STRONGEST = 130

let grid: { readonly context: CanvasRenderingContext2D; readonly pixels: ImageData } | null = null

/** One small canvas for all pictures. */
function smallGrid() {
  if (grid === null) {
    const context = Object.assign(document.createElement('canvas'), {
      width: CELLS,
      height: CELLS,
    }).getContext('2d')!
    grid = { context, pixels: context.createImageData(CELLS, CELLS) }
  }
  return grid
}

/** Lays the density of samples over a picture: the more there are, the more ink. */
export function paintDensity(
  context: CanvasRenderingContext2D,
  samples: Float32Array,
  place: Place,
  scheme: Scheme,
): void {
  const { values } = densityOf(samples, place, CELLS, CELLS)
  const { context: small, pixels } = smallGrid()
  const accent = Number.parseInt(inks[scheme].accent.slice(1), 16)
  for (let i = 0; i < values.length; i++) {
    pixels.data[4 * i] = accent >> 16
    pixels.data[4 * i + 1] = (accent >> 8) & 255
    pixels.data[4 * i + 2] = accent & 255
    pixels.data[4 * i + 3] = STRONGEST * Math.sqrt(values[i])
  }
  small.putImageData(pixels, 0, 0)
  context.imageSmoothingEnabled = true
  context.drawImage(small.canvas, 0, 0, place.width, place.height)
}

/** Columns of a density along s. */
const COLUMNS = 160

/** Draws the density of samples along s as a curve above their strip. */
export function paintDensityCurve(
  context: CanvasRenderingContext2D,
  samples: Float32Array,
  place: Place,
  scheme: Scheme,
): void {
  const { values } = densityOf(samples, place, COLUMNS, 1)
  const bottom = yOf(place, 1) - 6
  const height = 0.85 * bottom
  context.beginPath()
  context.moveTo(0, bottom)
  values.forEach((value, i) => context.lineTo(((i + 0.5) * place.width) / COLUMNS, bottom - height * value))
  context.lineTo(place.width, bottom)
  const { accent } = inks[scheme]
  context.fillStyle = `${accent}33`
  context.fill()
  context.strokeStyle = accent
  context.lineWidth = 1.5
  context.stroke()
}
