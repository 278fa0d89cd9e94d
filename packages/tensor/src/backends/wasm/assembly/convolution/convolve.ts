import { copyCorner } from '../contraction/packing'
import { scratch } from '../contraction/scratch'
import { ROWS, tile, width } from '../contraction/tile'
import { size } from '../lanes'
import { directPair, directRow } from './direct'
import { CORNER, LINES, TAPS, TERMS, WEIGHTS } from './panel'
import { begin, findColumns, image, isVector, packPanel, packRun, packWeights, place, scatter, source, takeRun } from './panel'
import { writeTaps } from './taps'

/** Rows of a panel's results, at most so many, from windows that are read as they lie at `s` and three vectors behind. */
@inline function direct<T>(rows: i32, terms: i32, s: usize, s1: usize, s2: usize, s3: usize, c: usize, cStep: usize, accumulate: bool): void {
  const a = scratch + WEIGHTS
  if (rows == ROWS) directPair<T>(terms, a, scratch + TAPS, s, s1, s2, s3, c, cStep, accumulate)
  else directRow<T>(terms, a, scratch + TAPS, s, s1, s2, s3, c, accumulate)
}

/** All rows of a panel's results. They are stored from c on where they lie beside each other, else where {@link findColumns} has found. */
@inline function multiply<T>(rows: i32, count: i32, terms: i32, isWhole: bool, c: usize, cStep: usize, accumulate: bool): void {
  const corner = scratch + CORNER
  for (let i = 0; i < rows; i += ROWS) {
    const a = scratch + WEIGHTS + <usize>(i * terms) * size<T>()
    const lines = min(ROWS, rows - i)
    const line = <usize>i * cStep
    if (isWhole && lines == ROWS) {
      tile<T>(terms, a, size<T>(), 2 * size<T>(), scratch, 64, c + line, cStep, accumulate)
      continue
    }
    if (accumulate) {
      if (isWhole) copyCorner<T>(lines, count, c + line, cStep, corner, 64)
      else scatter<T>(lines, count, line, cStep, true)
    }
    tile<T>(terms, a, size<T>(), 2 * size<T>(), scratch, 64, corner, 64, accumulate)
    if (isWhole) copyCorner<T>(lines, count, corner, 64, c + line, cStep)
    else scatter<T>(lines, count, line, cStep, false)
  }
}

/**
 * Products of weights and windows, of images `first` to `last`: windows are gathered into panels of 16 (float32) columns, which the weights
 * multiply in tiles of 2 rows. A last tile of fewer columns goes through a corner.
 *
 * @param given channels of a group's result, of `taken` of the images
 * @param rows and columns of windows
 * @param x the first element of the first window; `channel` bytes from a channel to the next, `rowStep` from a row of windows to the next;
 *   columns of windows are neighbours
 * @param tapRows and tapColumns of the kernel, laid out as {@link writeTaps} says
 * @param weight `group` elements of each group; steps of elements along the result's channels, the images', rows and columns
 * @param y the first element of the result, bytes of a channel, and between elements of the result along rows and columns of windows
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
  const lanes = w / 4
  const xImage = <usize>(groups * taken) * channel
  const yImage = <usize>(groups * given) * yChannel
  const isDense = yColumn == <i32>size<T>() && yRow == columns * yColumn
  const terms = taken * tapRows * tapColumns
  const blocks = max(1, (terms + TERMS - 1) / TERMS)
  const even = (terms + blocks - 1) / blocks
  for (let g = 0; g < groups; g++) {
    const xAt = x + <usize>(g * taken) * channel
    for (let k0 = 0, block = 0; block < blocks; block++, k0 += even) {
      const kc = min(even, terms - k0)
      const accumulate = block > 0
      if (kc > 0) writeTaps<T>(k0, k0 + kc, tapRows, tapColumns, channel, tapStep, distance, phases, wide, scratch + TAPS)
      for (let m0 = 0; m0 < given; m0 += LINES) {
        const mc = min(LINES, given - m0)
        const weightAt = weight + <usize>(g * group + m0 * oStep) * size<T>()
        if (kc > 0) packWeights<T>(mc, k0, kc, tapRows, tapColumns, weightAt, oStep, cStep, yStep, xStep)
        const yAt = y + <usize>(g * given + m0) * yChannel
        begin(first)
        while (image < last) {
          const from = place(columns)
          const isWhole = isDense && from + w <= rows * columns
          const c = yAt + <usize>image * yImage + <usize>from * size<T>()
          const run = isWhole ? takeRun<T>(rows, columns, xAt, xImage, rowStep) : 0
          if (run != 0) {
            if (mc <= ROWS) {
              direct<T>(mc, kc, run, run + 16, run + 32, run + 48, c, yChannel, accumulate)
              continue
            }
            packRun<T>(kc, run)
            multiply<T>(mc, w, kc, true, c, yChannel, accumulate)
            continue
          }
          const count = findColumns<T>(last, rows, columns, xAt, xImage, rowStep, yAt, yImage, yRow, yColumn)
          if (isWhole && mc <= ROWS && isVector<T>(0, w) && isVector<T>(lanes, w) && isVector<T>(2 * lanes, w) && isVector<T>(3 * lanes, w)) {
            direct<T>(mc, kc, source(0), source(lanes), source(2 * lanes), source(3 * lanes), c, yChannel, accumulate)
            continue
          }
          packPanel<T>(kc, count)
          multiply<T>(mc, count, kc, isWhole, c, yChannel, accumulate)
        }
      }
    }
  }
}
