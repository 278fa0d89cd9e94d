import { scratch } from '../contraction/scratch'
import { size } from '../lanes'
import { dots } from './dots'
import { copyRun } from './lay-out'
import { writeTaps } from './taps'

// Sums over windows are added up in blocks of this many bytes of a line, so that rounding errors stay small and both sides stay in the
// first-level cache.
const BLOCK: usize = 1024
/** Terms whose columns are packed together, and places in the scratch: 128 KB of columns, where the terms are. */
const TERMS: i32 = 128
const TAPS: usize = 1024 * 128
/** Up to so many channels of g the columns are read as they lie: packing them takes as long as their products. */
const FEW: i32 = 2

@inline function tap(k: i32): usize {
  return <usize>load<u32>(scratch + TAPS + <usize>k * 4)
}

/** Of each term the elements of windows `from` to `last` of an image, in lines of {@link BLOCK} bytes. */
@inline function packColumns<T>(terms: i32, x: usize, from: i32, last: i32, columns: i32, rowStep: usize): void {
  const firstRow = from / columns
  const firstColumn = from % columns
  for (let k = 0; k < terms; k++) {
    let to = scratch + <usize>k * BLOCK
    let row = x + tap(k) + <usize>firstRow * rowStep
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

/** Adds the products of packed columns and g, `bytes` of each line, in tiles of 4 channels and 2 terms, or of 4 terms where there are few channels. */
@inline function addPacked<T>(terms: i32, given: i32, bytes: usize, g: usize, gRow: usize, to: usize, line: usize): void {
  if (given > FEW) {
    for (let k = 0; k < terms; k += 2) {
      const b = scratch + <usize>k * BLOCK
      const b1 = b + (k + 1 < terms ? BLOCK : 0)
      for (let o = 0; o < given; o += 4) {
        const left = given - o
        const a = g + <usize>o * gRow
        const a1 = a + (left > 1 ? gRow : 0)
        const a2 = a1 + (left > 2 ? gRow : 0)
        const a3 = a2 + (left > 3 ? gRow : 0)
        dots<T>(1, bytes, 0, left, terms - k, a, a1, a2, a3, b, b1, to + <usize>o * line + <usize>k * size<T>(), line, size<T>())
      }
    }
    return
  }
  for (let k = 0; k < terms; k += 4) {
    const left = terms - k
    const a = scratch + <usize>k * BLOCK
    const a1 = a + (left > 1 ? BLOCK : 0)
    const a2 = a1 + (left > 2 ? BLOCK : 0)
    const a3 = a2 + (left > 3 ? BLOCK : 0)
    dots<T>(1, bytes, 0, left, given, a, a1, a2, a3, g, g + (given > 1 ? gRow : 0), to + <usize>k * size<T>(), size<T>(), line)
  }
}

/** The same with columns as they lie in the images, whole rows of whole vectors. */
@inline function addDirect<T>(terms: i32, given: i32, rows: i32, bytes: usize, x: usize, rowStep: usize, g: usize, gRow: usize, to: usize, line: usize): void {
  for (let k = 0; k < terms; k += 4) {
    const last = terms - 1
    dots<T>(rows, bytes, rowStep - bytes, terms - k, given, x + tap(k), x + tap(min(k + 1, last)), x + tap(min(k + 2, last)), x + tap(min(k + 3, last)), g, g + (given > 1 ? gRow : 0), to + <usize>k * size<T>(), size<T>(), line)
  }
}

/**
 * What the weight gets of a cotangent g: for its terms `first` to `last` of every group, sums over images and windows of products of x and g.
 * Images and terms lie as `convolve` reads them.
 */
// instances: f32 f64
function weigh<T>(
  first: i32, last: i32, count: i32, groups: i32, taken: i32, given: i32, rows: i32, columns: i32,
  x: usize, channel: i32, rowStep: i32,
  tapRows: i32, tapColumns: i32, tapStep: i32, distance: i32, phases: i32, wide: i32,
  g: usize, out: usize,
): void {
  const gRow = <usize>(rows * columns) * size<T>()
  const rowBytes = <usize>columns * size<T>()
  const line = <usize>(taken * tapRows * tapColumns) * size<T>()
  for (let o = 0; o < groups * given; o++)
    memory.fill(out + <usize>o * line + <usize>first * size<T>(), 0, <usize>(last - first) * size<T>())
  const isDirect = given <= FEW && rowBytes % 16 == 0 && rowBytes <= BLOCK
  // Blocks of one length, of whole vectors.
  const most = <i32>(BLOCK / size<T>())
  const units = isDirect ? rows : rows * columns
  const each = isDirect ? <i32>(BLOCK / rowBytes) : most
  const blocks = (units + each - 1) / each
  const even = isDirect ? (units + blocks - 1) / blocks : ((units + blocks - 1) / blocks + 3) & ~3
  for (let k0 = first; k0 < last; k0 += TERMS) {
    const kc = min(TERMS, last - k0)
    writeTaps<T>(k0, k0 + kc, tapRows, tapColumns, channel, tapStep, distance, phases, wide, scratch + TAPS)
    for (let n = 0; n < count; n++) {
      for (let group = 0; group < groups; group++) {
        const xAt = x + <usize>((n * groups + group) * taken) * channel
        const gAt = g + <usize>((n * groups + group) * given) * gRow
        const to = out + <usize>(group * given) * line + <usize>k0 * size<T>()
        for (let from = 0; from < units; from += even) {
          const some = min(even, units - from)
          if (isDirect) {
            addDirect<T>(kc, given, some, rowBytes, xAt + <usize>from * rowStep, rowStep, gAt + <usize>from * rowBytes, gRow, to, line)
            continue
          }
          packColumns<T>(kc, xAt, from, from + some, columns, rowStep)
          addPacked<T>(kc, given, <usize>some * size<T>(), gAt + <usize>from * size<T>(), gRow, to, line)
        }
      }
    }
  }
}
