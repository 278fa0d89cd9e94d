import { MOST_TILES } from './control.ts'
import type { Tile } from './crew.ts'

/** How calls of one function fall into parts, none of which changes the order in which anything is summed. */
export interface Split {
  /** The function that does a part, where it is another one. */
  readonly name?: string
  /**
   * What the call takes on one thread, about.
   *
   * @param bytes of an element: the suffix of the function says it
   */
  microseconds(numbers: Tile, bytes: number): number
  /** About `wanted` calls, no more than {@link MOST_TILES}, that together do the same in any order. */
  tiles(numbers: Tile, bytes: number, wanted: number): Tile[]
}

/** About `wanted` ranges of `count` units, beginning at multiples of `step`. */
function ranges(
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
const productMicroseconds = (count: number, bytes: number): number => (count * bytes) / 4 / PRODUCTS

/** Rows whose left sides are packed together. */
const BAND = 128
/** Left sides of more rows, or transposed ones, are packed for every tile: that is to be under a twentieth of its work. */
const UNPACKED_ROWS = 32
const NARROWEST_PACKED = 128
/**
 * Of 16 × 7840 · 7840 × 784 all tiles together take 7.4 ms at 64 columns, 9.3 at 16 and 5.9 at 784, on one thread: the fewer
 * columns, the less of a row the hardware sees coming.
 */
const NARROWEST = 64
/** Columns that a kernel computes together. */
const COLUMNS = 16

/** Rectangles, bands of rows by bands of columns. */
const matmul: Split = {
  name: 'matmulPart',
  microseconds: ([m, n, k], bytes) => productMicroseconds(m * n * k, bytes),
  tiles([m, n, k, a, ta, b, tb, c], _, wanted) {
    const half = Math.ceil(Math.min(wanted, MOST_TILES / 2) / 2)
    const down = Math.min(Math.ceil(m / BAND), 2 * half)
    const narrowest = m <= UNPACKED_ROWS && ta === 0 ? NARROWEST : NARROWEST_PACKED
    const across = Math.max(1, Math.min(Math.floor(n / narrowest), Math.ceil((2 * half) / down)))
    const [height, width] = [2 * Math.ceil(m / (2 * down)), COLUMNS * Math.ceil(n / (COLUMNS * across))]
    const tiles: Tile[] = []
    for (let row = 0; row < m; row += height) {
      const lastRow = Math.min(m, row + height)
      for (let column = 0; column < n; column += width)
        tiles.push([m, n, k, a, ta, b, tb, c, row, lastRow, column, Math.min(n, column + width)])
    }
    return tiles
  },
}

/** Ranges of units, the first and the one behind the last of which are the last two arguments. */
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

/** Nanoseconds of an element of 4 bytes whose parameter and moments come from main memory. */
const UPDATE = 0.9

/** Pieces of the gradient. */
const factors: Split = {
  microseconds: ([m, n, k], bytes) => productMicroseconds(m * n * k, bytes) + (m * n * UPDATE * bytes) / 4e3,
  tiles: (numbers, _, wanted) => rangesOfLast(numbers, wanted),
}

/** Elements that vector instructions take together, times 4. */
const STEP = 16

/** Functions that treat all elements alike: the arguments `pointers` move with the range, `bytes` an element. */
const elements = (count: number, pointers: readonly number[], nanoseconds: number): Split => ({
  microseconds: (numbers, bytes) => (numbers[count] * nanoseconds * bytes) / 4e3,
  tiles: (numbers, bytes, wanted) =>
    ranges(numbers[count], STEP, wanted, (from, last) => {
      const part = [...numbers]
      part[count] = last - from
      for (const at of pointers) part[at] += from * bytes
      return part
    }),
})

/** Ops of `map` from this number on are functions that no instruction computes. */
const FIRST_FUNCTION = 9
const [cheap, dear] = [0.4, 10].map((nanoseconds) => elements(1, [2, 3], nanoseconds))
const map: Split = {
  microseconds: (numbers, bytes) => (numbers[0] < FIRST_FUNCTION ? cheap : dear).microseconds(numbers, bytes),
  tiles: cheap.tiles,
}

/** Pairs of whole arrays or of an array and a number are ranges of elements, others ranges of rows. */
const combine: Split = {
  microseconds: (numbers, bytes) => (numbers[1] * numbers[2] * 0.4 * bytes) / 4e3,
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

/** By the axes before those that are reduced: each result is one sum, whoever computes it. */
const reduce: Split = {
  microseconds: (numbers, bytes) => (numbers[1] * numbers[2] * numbers[3] * bytes) / 4e3,
  tiles: ([op, outer, middle, inner, x, out], bytes, wanted) =>
    ranges(outer, 1, wanted, (from, last) => {
      const at = x + from * middle * inner * bytes
      return [op, last - from, middle, inner, at, out + from * inner * bytes]
    }),
}

/** Functions of floats that are worth forking, by their names without the dtype. */
export const splits: Readonly<Record<string, Split>> = {
  matmul,
  matmulBatch,
  adamFactors: factors,
  sgdFactors: factors,
  accumulate: elements(0, [1, 2], UPDATE),
  adam: elements(0, [1, 2, 3, 4], UPDATE),
  sgd: elements(0, [1, 2, 3], UPDATE),
  map,
  combine,
  activate,
  applySlopes,
  reduce,
}
