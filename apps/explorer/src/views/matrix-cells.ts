/** Red, green and blue of numbers above and below 0: at least 3 : 1 from white paper and from a dark page, and apart for every sight by being blue and orange. */
export const signColours = { above: [204, 96, 24], below: [58, 114, 216] } as const

/** The largest size of a number. */
export const largestOf = (values: ArrayLike<number>): number => {
  let largest = 0
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]))
  return largest
}

/** How strong a number's colour is, 0 … 1: its part of the largest. */
const strengthOf = (value: number, largest: number): number => (largest > 0 ? Math.abs(value) / largest : 0)

const colourOf = (value: number) => (value < 0 ? signColours.below : signColours.above)

/** The numbers of a matrix as pixels, red, green, blue and opacity, on whatever is behind them. */
export function matrixPixels(values: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const largest = largestOf(values)
  const pixels = new Uint8ClampedArray(4 * values.length)
  for (let i = 0; i < values.length; i++) {
    pixels.set(colourOf(values[i]), 4 * i)
    pixels[4 * i + 3] = 255 * strengthOf(values[i], largest)
  }
  return pixels
}

/** Text stays readable on a colour of this opacity: 6.4 : 1 at least in both themes. */
const STRONGEST = 0.5

/** The ground of a cell whose number stands in it. */
export const cellColour = (value: number, largest: number): string =>
  `rgb(${colourOf(value).join(' ')} / ${(STRONGEST * strengthOf(value, largest)).toFixed(3)})`

/** Most pixels of a side of the picture. */
const SIDE = 192

/** Least pixels: a side that can be seen and pointed at. */
const LEAST = 16

/** Pixels of a side with so many cells: whole pixels for each where they fit. */
export const sideOf = (cells: number): number =>
  Math.max(LEAST, Math.min(SIDE, cells * Math.min(LEAST, Math.max(1, Math.floor(SIDE / cells)))))

/** Row and column under a place of the picture, given in parts of its sides. */
export function cellAt(
  x: number,
  y: number,
  rows: number,
  columns: number,
): { readonly row: number; readonly column: number } {
  const within = (part: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(part * count)))
  return { row: within(y, rows), column: within(x, columns) }
}
