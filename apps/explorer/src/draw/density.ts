import { type Place, xOf, yOf } from './place.ts'

/** Samples in the cells of a grid over a picture, smoothed. */
export interface Density {
  readonly columns: number
  readonly rows: number
  /** Row after row from above, 1 where it is largest; all 0 where no sample is seen. */
  readonly values: Float32Array
}

/** Three means over so many cells to either side come close to a normal distribution. */
const REACH = 2
const PASSES = 3

/**
 * Where samples are dense.
 *
 * @param samples s, t of each
 * @param rows 1 for the density along s alone
 */
export function densityOf(samples: Float32Array, place: Place, columns: number, rows: number): Density {
  let values = new Float32Array(columns * rows)
  for (let k = 0; k < samples.length; k += 2) {
    const i = Math.floor((columns * xOf(place, samples[k])) / place.width)
    const j = rows === 1 ? 0 : Math.floor((rows * yOf(place, samples[k + 1])) / place.height)
    if (i >= 0 && i < columns && j >= 0 && j < rows) values[j * columns + i]++
  }
  let other = new Float32Array(values.length)
  const smooth = (lines: number, stride: number, length: number, step: number) => {
    for (let pass = 0; pass < PASSES; pass++) {
      for (let line = 0; line < lines; line++) spread(values, other, line * stride, length, step)
      ;[values, other] = [other, values]
    }
  }
  smooth(rows, columns, columns, 1)
  if (rows > 1) smooth(columns, 1, rows, columns)
  let largest = 0
  for (const value of values) largest = Math.max(largest, value)
  if (largest > 0) for (let i = 0; i < values.length; i++) values[i] /= largest
  return { columns, rows, values }
}

/** Sums over neighbours along a line of the grid. */
function spread(from: Float32Array, to: Float32Array, start: number, length: number, step: number): void {
  let sum = 0
  for (let i = 0; i < Math.min(REACH, length); i++) sum += from[start + i * step]
  for (let i = 0; i < length; i++) {
    if (i + REACH < length) sum += from[start + (i + REACH) * step]
    if (i - REACH > 0) sum -= from[start + (i - REACH - 1) * step]
    to[start + i * step] = Math.max(0, sum)
  }
}
