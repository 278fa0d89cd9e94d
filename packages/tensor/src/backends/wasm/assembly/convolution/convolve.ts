import { copyCorner } from '../contraction/packing'
import { scratch } from '../contraction/scratch'
import { ROWS, tile, width } from '../contraction/tile'
import { size } from '../lanes'
import { writeTaps } from './taps'

// Places in the scratch: a panel, 256 terms of 64 bytes; a tile that is not stored as it is; places of terms, of a panel's columns in the
// images and in the result; weights, 128 rows of 256 terms.
const TERMS: i32 = 256
const LINES: i32 = 128
const CORNER: usize = 16384
const TAPS: usize = CORNER + 128
const SOURCES: usize = TAPS + 4 * 256
const TARGETS: usize = SOURCES + 4 * 16
const WEIGHTS: usize = TARGETS + 4 * 16

/** Lays the weights of `terms` terms from the `from`th of `rows` channels in pairs: a[i / 2][k][i % 2]. */
function packWeights<T>(rows: i32, from: i32, terms: i32, tapRows: i32, tapColumns: i32, weight: usize, oStep: i32, cStep: i32, yStep: i32, xStep: i32): void {
  const each = tapRows * tapColumns
  const next = <usize>oStep * size<T>()
  let to = scratch + WEIGHTS
  for (let i = 0; i < rows; i += ROWS) {
    const isPair = i + 1 < rows
    let row = (from % each) / tapColumns
    let column = from % tapColumns
    let line = weight + <usize>((from / each) * cStep + row * yStep) * size<T>()
    for (let k = 0; k < terms; k++) {
      const at = line + <usize>(column * xStep) * size<T>()
      store<T>(to, load<T>(at))
      store<T>(to + size<T>(), isPair ? load<T>(at + next) : <T>0)
      to += 2 * size<T>()
      if (++column == tapColumns) {
        column = 0
        line += <usize>yStep * size<T>()
        if (++row == tapRows) {
          row = 0
          line += <usize>(cStep - tapRows * yStep) * size<T>()
        }
      }
    }
    weight += 2 * next
  }
}

/** A vector of a panel, of elements that lie beside each other, for each of `terms`. */
@inline function packVector(terms: i32, from: usize, to: usize): void {
  let tap = scratch + TAPS
  for (let k = 0; k < terms; k++) {
    v128.store(to, v128.load(from + load<u32>(tap)))
    tap += 4
    to += 64
  }
}

/** One column of a panel. */
@inline function packColumn<T>(terms: i32, from: usize, to: usize): void {
  let tap = scratch + TAPS
  for (let k = 0; k < terms; k++) {
    store<T>(to, load<T>(from + load<u32>(tap)))
    tap += 4
    to += 64
  }
}

/** A panel of columns of which all lie beside each other. */
@inline function packRow(terms: i32, from: usize): void {
  let tap = scratch + TAPS
  let to = scratch
  for (let k = 0; k < terms; k++) {
    const at = from + load<u32>(tap)
    v128.store(to, v128.load(at))
    v128.store(to, v128.load(at, 16), 16)
    v128.store(to, v128.load(at, 32), 32)
    v128.store(to, v128.load(at, 48), 48)
    tap += 4
    to += 64
  }
}

/** Rows of the corner to the places of their columns; `back` copies from there. */
@inline function scatter<T>(rows: i32, columns: i32, c: usize, cStep: usize, back: bool): void {
  for (let i = 0; i < rows; i++) {
    const line = scratch + CORNER + <usize>i * 64
    for (let j = 0; j < columns; j++) {
      const at = c + <usize>load<u32>(scratch + TARGETS + <usize>j * 4)
      const corner = line + <usize>j * size<T>()
      if (back) store<T>(corner, load<T>(at))
      else store<T>(at, load<T>(corner))
    }
    c += cStep
  }
}

/**
 * Products of weights and windows, of images `first` to `last`: windows are gathered into panels of 16 (float32) columns, which the weights
 * multiply in tiles of 2 rows. No column is stored beyond its panel.
 *
 * @param first and last, of the images
 * @param given channels of a group's result, of `taken` of the images
 * @param rows and columns of windows: grid
 * @param x the first element of the first window; `channel` bytes from a channel to the next, `rowStep` from a row of windows to the next;
 *   columns of windows are neighbours
 * @param tapRows and tapColumns of the kernel, laid out as {@link writeTaps} says
 * @param weight `group` elements of each group; steps between elements along the result's channels, the images', rows and columns
 * @param y the first element of the result, bytes of a channel, and between elements of the result along rows and columns of the grid
 */
// instances: f32 f64
function convolve<T>(
  first: i32, last: i32, groups: i32, taken: i32, given: i32, rows: i32, columns: i32,
  x: usize, channel: i32, rowStep: i32,
  tapRows: i32, tapColumns: i32, tapStep: i32, distance: i32, phases: i32, wide: i32,
  weight: usize, group: i32, oStep: i32, cStep: i32, yStep: i32, xStep: i32,
  y: usize, yChannel: i32, yRow: i32, yColumn: i32,
): void {
  const w = width<T>()
  const lanes = <i32>(16 / size<T>())
  const grid = rows * columns
  const image = <usize>(groups * taken) * channel
  const yImage = <usize>(groups * given) * yChannel
  const isDense = yColumn == <i32>size<T>() && yRow == columns * yColumn
  const terms = taken * tapRows * tapColumns
  const blocks = max(1, (terms + TERMS - 1) / TERMS)
  const even = (terms + blocks - 1) / blocks
  for (let g = 0; g < groups; g++) {
    for (let block = 0; block < blocks; block++) {
      const k0 = block * even
      const kc = min(even, terms - k0)
      if (kc > 0) writeTaps<T>(k0, k0 + kc, tapRows, tapColumns, channel, tapStep, distance, phases, wide, scratch + TAPS)
      for (let m0 = 0; m0 < given; m0 += LINES) {
        const mc = min(LINES, given - m0)
        if (kc > 0) packWeights<T>(mc, k0, kc, tapRows, tapColumns, weight + <usize>(g * group + m0 * oStep) * size<T>(), oStep, cStep, yStep, xStep)
        const xAt = x + <usize>(g * taken) * channel
        const yAt = y + <usize>(g * given + m0) * yChannel
        // The place of the first column of a panel.
        let n = first
        let r = 0
        let c = 0
        while (n < last) {
          const from = r * columns + c
          const start = xAt + <usize>n * image + <usize>r * rowStep + <usize>c * size<T>()
          const isWhole = isDense && from + w <= grid
          const to = yAt + <usize>n * yImage
          let count = w
          if (isWhole && c + w <= columns) {
            packRow(kc, start)
            c += w
            if (c == columns) {
              c = 0
              r++
            }
          } else {
            let j = 0
            while (j < w && n < last) {
              const run = min(w - j, columns - c)
              let source = xAt + <usize>n * image + <usize>r * rowStep + <usize>c * size<T>()
              let target = <u32>(yAt + <usize>n * yImage + <usize>r * yRow + <usize>c * yColumn)
              c += run
              const end = j + run
              for (; j < end; j++) {
                store<u32>(scratch + SOURCES + <usize>j * 4, <u32>source)
                store<u32>(scratch + TARGETS + <usize>j * 4, target)
                source += size<T>()
                target += yColumn
              }
              if (c == columns) {
                c = 0
                if (++r == rows) {
                  r = 0
                  n++
                }
              }
            }
            count = j
            for (let v = 0; v < w; v += lanes) {
              const at = scratch + SOURCES + <usize>v * 4
              const to = scratch + <usize>v * size<T>()
              const source = <usize>load<u32>(at)
              if (v + lanes <= count && <usize>load<u32>(at + <usize>(lanes - 1) * 4) == source + <usize>(lanes - 1) * size<T>()) packVector(kc, source, to)
              else for (let l = 0; l < lanes && v + l < count; l++) packColumn<T>(kc, <usize>load<u32>(at + <usize>l * 4), to + <usize>l * size<T>())
            }
          }
          if (r == rows) {
            r = 0
            n++
          }
          for (let i = 0; i < mc; i += ROWS) {
            const a = scratch + WEIGHTS + <usize>(i * kc) * size<T>()
            const lines = min(ROWS, mc - i)
            const line = <usize>i * yChannel
            const at = to + <usize>from * size<T>() + line
            if (isWhole && lines == ROWS) {
              tile<T>(kc, a, size<T>(), 2 * size<T>(), scratch, 64, at, yChannel, block > 0)
              continue
            }
            if (block > 0) {
              if (isWhole) copyCorner<T>(lines, w, at, yChannel, scratch + CORNER, 64)
              else scatter<T>(lines, count, line, yChannel, true)
            }
            tile<T>(kc, a, size<T>(), 2 * size<T>(), scratch, 64, scratch + CORNER, 64, block > 0)
            if (isWhole) copyCorner<T>(lines, w, scratch + CORNER, 64, at, yChannel)
            else scatter<T>(lines, count, line, yChannel, false)
          }
        }
      }
    }
  }
}
