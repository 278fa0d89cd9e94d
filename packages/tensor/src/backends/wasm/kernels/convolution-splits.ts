import { productMicroseconds, ranges, type Splits } from '../threads/splits.ts'

/** Microseconds of a copied element of 4 bytes. */
const COPY = 0.5e-3

/** Windows of a tile at least: each tile packs the weights again, which takes as long as the products of 20 windows. */
const FEWEST = 512

/** How calls of the family's functions are divided: see their parameters in `assembly/convolution`. */
export const convolutionSplits: Splits = {
  /** By images, whose results are their own. */
  convolve: {
    microseconds([first, last, groups, taken, given, rows, columns, , , , tapRows, tapColumns], bytes) {
      const terms = taken * tapRows * tapColumns
      return productMicroseconds((last - first) * groups * given * rows * columns * terms, bytes)
    },
    tiles([first, last, ...others], _, wanted) {
      const [, , , rows, columns] = others
      const step = Math.ceil(FEWEST / Math.max(1, rows * columns))
      return ranges(last - first, step, wanted, (from, end) => [first + from, first + end, ...others])
    },
  },
  /** By terms, an even number of them, so that each sum is computed by one thread. */
  weigh: {
    microseconds([first, last, count, groups, , given, rows, columns], bytes) {
      return productMicroseconds((last - first) * count * groups * given * rows * columns, bytes)
    },
    tiles: ([first, last, ...others], _, wanted) =>
      ranges(last - first, 4, wanted, (from, end) => [first + from, first + end, ...others]),
  },
  layOut: {
    microseconds: ([planes, , , , , rows, phases, wide], bytes) =>
      (planes * rows * phases * wide * COPY * bytes) / 4,
    tiles([planes, height, width, top, left, rows, phases, wide, x, to], bytes, wanted) {
      return ranges(planes, 1, wanted, (from, end) => {
        const [source, target] = [from * height * width, from * rows * phases * wide]
        return [
          ...[end - from, height, width, top, left, rows, phases, wide],
          ...[x + source * bytes, to + target * bytes],
        ]
      })
    },
  },
}
