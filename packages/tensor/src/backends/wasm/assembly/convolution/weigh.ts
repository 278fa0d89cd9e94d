import { scratch } from '../contraction/scratch'
import { lanesSum, madd, size, zero } from '../lanes'
import { copyRun } from './lay-out'
import { writeTaps } from './taps'

// Sums over windows are added up in blocks of this many bytes of a row, so that rounding errors stay small and both sides stay in the
// first-level cache.
const BLOCK: usize = 1024
// Places in the scratch: columns, 128 terms of a block; places of all these terms.
const TERMS: i32 = 128
const TAPS: usize = 1024 * 128

/** c [lines, pairs] += a [lines, count] · b [pairs, count]ᵀ, at most 4 × 2: rows of a and b are steps of bytes apart, elements of c as well. */
function dots<T>(bytes: usize, lines: i32, a: usize, aStep: usize, pairs: i32, b: usize, bStep: usize, c: usize, cLine: usize, cPair: usize): void {
  // Rows that are not there are the last one again, and their sums not used.
  const a1 = a + (lines > 1 ? aStep : 0)
  const a2 = a1 + (lines > 2 ? aStep : 0)
  const a3 = a2 + (lines > 3 ? aStep : 0)
  const b1 = b + (pairs > 1 ? bStep : 0)
  let c0 = zero()
  let c1 = zero()
  let c2 = zero()
  let c3 = zero()
  let d0 = zero()
  let d1 = zero()
  let d2 = zero()
  let d3 = zero()
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) {
    const y0 = v128.load(b + at)
    const y1 = v128.load(b1 + at)
    let x = v128.load(a + at)
    c0 = madd<T>(x, y0, c0)
    d0 = madd<T>(x, y1, d0)
    x = v128.load(a1 + at)
    c1 = madd<T>(x, y0, c1)
    d1 = madd<T>(x, y1, d1)
    x = v128.load(a2 + at)
    c2 = madd<T>(x, y0, c2)
    d2 = madd<T>(x, y1, d2)
    x = v128.load(a3 + at)
    c3 = madd<T>(x, y0, c3)
    d3 = madd<T>(x, y1, d3)
  }
  let s0 = lanesSum<T>(c0)
  let s1 = lanesSum<T>(c1)
  let s2 = lanesSum<T>(c2)
  let s3 = lanesSum<T>(c3)
  let t0 = lanesSum<T>(d0)
  let t1 = lanesSum<T>(d1)
  let t2 = lanesSum<T>(d2)
  let t3 = lanesSum<T>(d3)
  for (; at < bytes; at += size<T>()) {
    const y0 = load<T>(b + at)
    const y1 = load<T>(b1 + at)
    s0 += load<T>(a + at) * y0
    t0 += load<T>(a + at) * y1
    s1 += load<T>(a1 + at) * y0
    t1 += load<T>(a1 + at) * y1
    s2 += load<T>(a2 + at) * y0
    t2 += load<T>(a2 + at) * y1
    s3 += load<T>(a3 + at) * y0
    t3 += load<T>(a3 + at) * y1
  }
  add<T>(lines, pairs, 0, s0, t0, c, cPair)
  add<T>(lines, pairs, 1, s1, t1, c + cLine, cPair)
  add<T>(lines, pairs, 2, s2, t2, c + 2 * cLine, cPair)
  add<T>(lines, pairs, 3, s3, t3, c + 3 * cLine, cPair)
}

@inline function add<T>(lines: i32, pairs: i32, line: i32, s: T, t: T, c: usize, cPair: usize): void {
  if (line >= lines) return
  store<T>(c, load<T>(c) + s)
  if (pairs > 1) store<T>(c + cPair, load<T>(c + cPair) + t)
}

/** Elements of the columns: of each term those of the windows `from` to `last` of an image, in rows of {@link BLOCK} bytes. */
@inline function packColumns<T>(terms: i32, x: usize, from: i32, last: i32, columns: i32, rowStep: usize): void {
  const firstRow = from / columns
  const firstColumn = from % columns
  for (let k = 0; k < terms; k++) {
    let to = scratch + <usize>k * BLOCK
    let row = x + <usize>load<u32>(scratch + TAPS + <usize>k * 4) + <usize>firstRow * rowStep
    let column = firstColumn
    let left = last - from
    while (left > 0) {
      const run = min(left, columns - column)
      copyRun<T>(run, row + <usize>column * size<T>(), to)
      to += <usize>run * size<T>()
      left -= run
      column = 0
      row += rowStep
    }
  }
}

/**
 * What the weight gets of a cotangent g: for its terms `first` to `last` of every group, sums over images and windows of products of x and g.
 * Images are laid out as {@link convolve} reads them.
 *
 * @param add whether to what stands there
 */
// instances: f32 f64
function weigh<T>(
  first: i32, last: i32, count: i32, groups: i32, taken: i32, given: i32, rows: i32, columns: i32,
  x: usize, channel: i32, rowStep: i32,
  tapRows: i32, tapColumns: i32, tapStep: i32, distance: i32, phases: i32, wide: i32,
  g: usize, out: usize, add: bool,
): void {
  const grid = rows * columns
  const gRow = <usize>grid * size<T>()
  const terms = taken * tapRows * tapColumns
  const line = <usize>terms * size<T>()
  if (!add) {
    for (let o = 0; o < groups * given; o++)
      memory.fill(out + <usize>o * line + <usize>first * size<T>(), 0, <usize>(last - first) * size<T>())
  }
  const most = <i32>(BLOCK / size<T>())
  const blocks = max(1, (grid + most - 1) / most)
  // Blocks of one length, of whole vectors.
  const even = ((grid + blocks - 1) / blocks + 3) & ~3
  for (let k0 = first; k0 < last; k0 += TERMS) {
    const kc = min(TERMS, last - k0)
    writeTaps<T>(k0, k0 + kc, tapRows, tapColumns, channel, tapStep, distance, phases, wide, scratch + TAPS)
    for (let n = 0; n < count; n++) {
      for (let group = 0; group < groups; group++) {
        const xAt = x + <usize>((n * groups + group) * taken) * channel
        const gAt = g + <usize>((n * groups + group) * given) * gRow
        const to = out + <usize>(group * given) * line + <usize>k0 * size<T>()
        for (let from = 0; from < grid; from += even) {
          const end = min(grid, from + even)
          const bytes = <usize>(end - from) * size<T>()
          const gFrom = gAt + <usize>from * size<T>()
          packColumns<T>(kc, xAt, from, end, columns, rowStep)
          if (given > 2) {
            for (let k = 0; k < kc; k += 2) {
              const b = scratch + <usize>k * BLOCK
              for (let o = 0; o < given; o += 4)
                dots<T>(bytes, given - o, gFrom + <usize>o * gRow, gRow, kc - k, b, BLOCK, to + <usize>o * line + <usize>k * size<T>(), line, size<T>())
            }
          } else {
            for (let k = 0; k < kc; k += 4)
              dots<T>(bytes, kc - k, scratch + <usize>k * BLOCK, BLOCK, given, gFrom, gRow, to + <usize>k * size<T>(), size<T>(), line)
          }
        }
      }
    }
  }
}
