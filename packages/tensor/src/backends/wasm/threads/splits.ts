import { codes, slow } from '../kernels.generated.ts'
import { MOST_TILES } from './control.ts'
import type { Tile } from './tile-runner.ts'

/** How a call of one function of the module is divided into tiles, calls that threads carry out in any order, with the same bits. */
export interface Split {
  /** The function that carries out a tile; the divided one itself, if absent. */
  readonly name?: string
  /**
   * About how long the undivided call takes on one thread.
   *
   * @param numbers its arguments
   * @param bytes of an element: 4 for float32, 8 for float64
   */
  microseconds(numbers: Tile, bytes: number): number
  /** About `wanted` tiles, no more than {@link MOST_TILES}, that together do what the call does. */
  tiles(numbers: Tile, bytes: number, wanted: number): Tile[]
}

/** Functions of floats that are worth dividing, by their names without the dtype. */
export type Splits = Readonly<Record<string, Split>>

/** About `wanted` ranges of `count` units, beginning at multiples of `step`. */
export function ranges(
  count: number,
  step: number,
  wanted: number,
  part: (from: number, last: number) => Tile,
): Tile[] {
  const length = step * Math.ceil(count / (step * wanted))
  return Array.from({ length: Math.ceil(count / length) }, (_, t) =>
    part(t * length, Math.min(count, (t + 1) * length)),
  )
}

/** Multiplications with additions in a microsecond, float32, batches of 16 (Zen 4). */
const PRODUCTS = 12.5e3
export const productMicroseconds = (count: number, bytes: number): number => (count * bytes) / 4 / PRODUCTS

/**
 * Columns of a tile at least whose left side is packed: every tile of a band packs it again, which must stay under a twentieth of its work.
 */
const NARROWEST_PACKED = 128
/**
 * Columns of other tiles at least: the fewer columns, the less the hardware prefetches of each row. All tiles of 16 × 7840 · 7840 × 784
 * together take 9.3 ms at 16 columns, 7.4 at 64 and 5.9 at 784, on one thread.
 */
const NARROWEST = 64

/** Rectangles, bands of rows by bands of columns. */
const matmul: Split = {
  name: 'matmulPart',
  microseconds: ([m, n, k], bytes) => productMicroseconds(m * n * k, bytes),
  tiles([m, n, k, a, ta, b, tb, c], _, wanted) {
    const half = Math.ceil(Math.min(wanted, MOST_TILES / 2) / 2)
    const down = Math.min(Math.ceil(m / codes.blocking.rows), 2 * half)
    const narrowest = m <= codes.blocking.unpackedRows && ta === 0 ? NARROWEST : NARROWEST_PACKED
    const across = Math.max(1, Math.min(Math.floor(n / narrowest), Math.ceil((2 * half) / down)))
    const { columns } = codes.blocking
    const [height, width] = [2 * Math.ceil(m / (2 * down)), columns * Math.ceil(n / (columns * across))]
    const tiles: Tile[] = []
    for (let row = 0; row < m; row += height) {
      const lastRow = Math.min(m, row + height)
      for (let column = 0; column < n; column += width)
        tiles.push([m, n, k, a, ta, b, tb, c, row, lastRow, column, Math.min(n, column + width)])
    }
    return tiles
  },
}

/** Divides a range of units whose start and end are the last two arguments. */
const rangesOfLast = (numbers: Tile, wanted: number): Tile[] => {
  const [from, last] = numbers.slice(-2)
  const others = numbers.slice(0, -2)
  return ranges(last - from, 1, wanted, (first, end) => [...others, from + first, from + end])
}

const matmulBatch: Split = {
  microseconds(numbers, bytes) {
    const [, m, n, k] = numbers
    return productMicroseconds((numbers[16] - numbers[15]) * m * n * k, bytes)
  },
  tiles: (numbers, _, wanted) => rangesOfLast(numbers, wanted),
}

/** Nanoseconds that updating an element of 4 bytes takes where its parameter and moments come from main memory. */
const UPDATE = 0.9

/** Pieces of the gradient. */
const factors: Split = {
  microseconds: ([m, n, k], bytes) => productMicroseconds(m * n * k, bytes) + (m * n * UPDATE * bytes) / 4e3,
  tiles: (numbers, _, wanted) => rangesOfLast(numbers, wanted),
}

/** Elements of a tile are a multiple of this: four vectors of float32. */
const STEP = 16

/** Ranges of elements: `count` and `pointers` are the places of the arguments with their number and their addresses. */
const elementTiles =
  (count: number, pointers: readonly number[]): Split['tiles'] =>
  (numbers, bytes, wanted) =>
    ranges(numbers[count], STEP, wanted, (from, last) => {
      const part = [...numbers]
      part[count] = last - from
      for (const at of pointers) part[at] += from * bytes
      return part
    })

/** Updates of parameters whose gradients lie in memory, with so many addresses behind the count. */
const update = (arrays: number): Split => ({
  microseconds: ([count], bytes) => (count * UPDATE * bytes) / 4e3,
  tiles: elementTiles(
    0,
    Array.from({ length: arrays }, (_, i) => i + 1),
  ),
})

/** Microseconds of `count` elements, 0.4 ns for 4 bytes where an instruction computes them and 10 ns where none does. */
const opMicroseconds = (count: number, bytes: number, isSlow: boolean): number =>
  (count * (isSlow ? 10 : 0.4) * bytes) / 4e3

const map: Split = {
  microseconds: ([op, count], bytes) => opMicroseconds(count, bytes, slow.map.has(op)),
  tiles: elementTiles(1, [2, 3]),
}

/** A single row, of two whole arrays or an array and a number, is divided into ranges of elements; several rows into ranges of rows. */
const combine: Split = {
  microseconds: ([op, outer, inner], bytes) => opMicroseconds(outer * inner, bytes, slow.combine.has(op)),
  tiles([op, outer, inner, a, ao, ai, b, bo, bi, out], bytes, wanted) {
    if (outer === 1) {
      return ranges(inner, STEP, wanted, (from, last) => {
        return [op, 1, last - from, a + from * ai, ao, ai, b + from * bi, bo, bi, out + from * bytes]
      })
    }
    return ranges(outer, 1, wanted, (from, last) => {
      const to = out + from * inner * bytes
      return [op, last - from, inner, a + from * ao, ao, ai, b + from * bo, bo, bi, to]
    })
  },
}

const wordBytes = (units: number): number => 4 * Math.ceil(units / 32)

const activate: Split = {
  microseconds: (numbers, bytes) => (numbers[0] * numbers[1] * 0.7 * bytes) / 4e3,
  tiles: ([rows, units, y, bias, kind, alpha, code], bytes, wanted) =>
    ranges(rows, 1, wanted, (from, last) => {
      const at = y + from * units * bytes
      return [last - from, units, at, bias, kind, alpha, code + from * wordBytes(units)]
    }),
}

const applySlopes: Split = {
  microseconds: (numbers, bytes) => (numbers[0] * numbers[1] * numbers[2] * 0.7 * bytes) / 4e3,
  tiles([codes, repeats, units, code, g, kind, alpha, out], bytes, wanted) {
    const row = repeats * units * bytes
    return ranges(codes, 1, wanted, (from, last) => {
      const at = code + from * wordBytes(units)
      return [last - from, repeats, units, at, g + from * row, kind, alpha, out + from * row]
    })
  },
}

/** By the axes before the reduced ones, so that each sum is computed by one thread. */
const reduce: Split = {
  microseconds: (numbers, bytes) => (numbers[1] * numbers[2] * numbers[3] * bytes) / 4e3,
  tiles: ([op, outer, middle, inner, x, out], bytes, wanted) =>
    ranges(outer, 1, wanted, (from, last) => {
      const at = x + from * middle * inner * bytes
      return [op, last - from, middle, inner, at, out + from * inner * bytes]
    }),
}

/** Of the module that every program has. */
export const splits: Splits = {
  matmul,
  matmulBatch,
  adamFactors: factors,
  sgdFactors: factors,
  accumulate: update(2),
  adam: update(4),
  sgd: update(3),
  map,
  combine,
  activate,
  applySlopes,
  reduce,
}
