import { scratch } from '../contraction/scratch'
import { width } from '../contraction/tile'
import { size } from '../lanes'

// Places in the scratch: a panel, 256 terms of 64 bytes; a tile that is not stored as it is; places of terms, of a panel's columns in the
// images and in the result; weights, 128 rows of 256 terms.
/** Terms of a panel. */
export const TERMS: i32 = 256
/** Rows whose weights are packed together. */
export const LINES: i32 = 128
export const CORNER: usize = 16384
export const TAPS: usize = CORNER + 128
const SOURCES: usize = TAPS + 4 * 256
const TARGETS: usize = SOURCES + 4 * 16
export const WEIGHTS: usize = TARGETS + 4 * 16

/** The place of the next panel's first column. */
export let image: i32 = 0
let row: i32 = 0
let column: i32 = 0

export function begin(first: i32): void {
  image = first
  row = 0
  column = 0
}

/** Its number within its image. */
@inline export function place(columns: i32): i32 {
  return row * columns + column
}

@inline function goOn(by: i32, rows: i32, columns: i32): void {
  column += by
  if (column < columns) return
  column = 0
  if (++row < rows) return
  row = 0
  image++
}

/** Where the column is, for rows and images so many bytes apart. */
@inline function whereIn(at: usize, imageStep: usize, rowStep: usize, columnStep: usize): usize {
  return at + <usize>image * imageStep + <usize>row * rowStep + <usize>column * columnStep
}

/**
 * Notes where the columns of the next panel are in the images and in the result, and goes on to the one after it.
 *
 * @returns how many there are
 */
export function findColumns<T>(last: i32, rows: i32, columns: i32, x: usize, xImage: usize, xRow: usize, y: usize, yImage: usize, yRow: usize, yColumn: usize): i32 {
  const w = width<T>()
  let j = 0
  while (j < w && image < last) {
    const run = min(w - j, columns - column)
    let source = whereIn(x, xImage, xRow, size<T>())
    let target = whereIn(y, yImage, yRow, yColumn)
    const end = j + run
    for (; j < end; j++) {
      store<u32>(scratch + SOURCES + <usize>j * 4, <u32>source)
      store<u32>(scratch + TARGETS + <usize>j * 4, <u32>target)
      source += size<T>()
      target += yColumn
    }
    goOn(run, rows, columns)
  }
  return j
}

/** Where column j is in the images. */
@inline export function source(j: i32): usize {
  return <usize>load<u32>(scratch + SOURCES + <usize>j * 4)
}

/** Whether the vector that begins with column j lies in the images as it is. */
@inline export function isVector<T>(j: i32, count: i32): bool {
  const lanes = <i32>(16 / size<T>())
  return j + lanes <= count && source(j + lanes - 1) == source(j) + <usize>(lanes - 1) * size<T>()
}

/** A vector of the panel for each term. */
@inline function packVector(terms: i32, from: usize, to: usize): void {
  let tap = scratch + TAPS
  for (let k = 0; k < terms; k++) {
    v128.store(to, v128.load(from + load<u32>(tap)))
    tap += 4
    to += 64
  }
}

@inline function packColumn<T>(terms: i32, from: usize, to: usize): void {
  let tap = scratch + TAPS
  for (let k = 0; k < terms; k++) {
    store<T>(to, load<T>(from + load<u32>(tap)))
    tap += 4
    to += 64
  }
}

/** The panel of the columns that {@link findColumns} has found. */
export function packPanel<T>(terms: i32, count: i32): void {
  const lanes = <i32>(16 / size<T>())
  for (let v = 0; v < count; v += lanes) {
    const to = scratch + <usize>v * size<T>()
    if (isVector<T>(v, count)) packVector(terms, source(v), to)
    else for (let j = v; j < min(v + lanes, count); j++) packColumn<T>(terms, source(j), scratch + <usize>j * size<T>())
  }
}

/** The next panel, of columns that all lie beside each other from `from` on. */
export function packRun<T>(terms: i32, from: usize): void {
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

/** Where the next panel is, if its columns all lie beside each other, or 0. Goes on to the one after it. */
export function takeRun<T>(rows: i32, columns: i32, x: usize, xImage: usize, xRow: usize): usize {
  if (column + width<T>() > columns) return 0
  const at = whereIn(x, xImage, xRow, size<T>())
  goOn(width<T>(), rows, columns)
  return at
}

/** Rows of the corner to where the panel's columns are in the result, c bytes on; `isBack` copies from there. */
export function scatter<T>(rows: i32, count: i32, c: usize, cStep: usize, isBack: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < count; j++) {
      const at = c + <usize>load<u32>(scratch + TARGETS + <usize>j * 4)
      const corner = scratch + CORNER + <usize>i * 64 + <usize>j * size<T>()
      if (isBack) store<T>(corner, load<T>(at))
      else store<T>(at, load<T>(corner))
    }
    c += cStep
  }
}

/** Lays the weights of `terms` terms from the `from`th of `rows` channels in pairs: a[i / 2][k][i % 2]. */
export function packWeights<T>(rows: i32, from: i32, terms: i32, tapRows: i32, tapColumns: i32, weight: usize, oStep: i32, cStep: i32, yStep: i32, xStep: i32): void {
  const each = tapRows * tapColumns
  const next = <usize>oStep * size<T>()
  let to = scratch + WEIGHTS
  for (let i = 0; i < rows; i += 2) {
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
