import { size } from '../lanes'
import { firstVector, lastVector, loadStrided, zipHigh, zipLow } from './windows'

/** The sum of every window. */
// instances: f32 f64
@inline function sumWindows<T>(images: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, x: usize, y: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const row = <usize>width * size<T>()
  const last = lastVector<T>(width, columns, kw, sw, pw)
  const first = firstVector(sw, pw)
  const end = last < first ? 0 : last + lanes
  for (let n = 0; n < images; n++, x += <usize>height * row) {
    for (let i = 0; i < rows; i++) {
      const top = i * sh - ph
      const k0 = max(0, -top)
      const k1 = min(kh, height - top)
      let j = 0
      while (j < columns) {
        if (j < first || j >= end) {
          const left = j * sw - pw
          const l0 = max(0, -left)
          const l1 = min(kw, width - left)
          let total: T = 0
          for (let k = k0; k < k1; k++) {
            let at = x + <usize>((top + k) * width + left + l0) * size<T>()
            for (let l = l0; l < l1; l++, at += size<T>()) total += load<T>(at)
          }
          store<T>(y + <usize>j * size<T>(), total)
          j++
          continue
        }
        // The last one begins earlier, and adds some up again.
        j = min(j, last)
        let total = i32x4.splat(0)
        let at = x + <usize>((top + k0) * width + j * sw - pw) * size<T>()
        for (let k = k0; k < k1; k++, at += row) {
          for (let l = 0; l < kw; l++)
            total = v128.add<T>(total, loadStrided<T>(at + <usize>l * size<T>(), sw))
        }
        v128.store(y + <usize>j * size<T>(), total)
        j += lanes
      }
      y += <usize>columns * size<T>()
    }
  }
}

/** A row with every element `times` times. */
@inline function repeatRow<T>(g: usize, columns: i32, times: i32, y: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  let j = 0
  if (times == 2) {
    for (; j + lanes <= columns; j += lanes, g += 16, y += 32) {
      const value = v128.load(g)
      v128.store(y, zipLow<T>(value, value))
      v128.store(y, zipHigh<T>(value, value), 16)
    }
  }
  for (; j < columns; j++, g += size<T>()) {
    const value = load<T>(g)
    for (let l = 0; l < times; l++, y += size<T>()) store<T>(y, value)
  }
}

/** y += g, `stride` elements apart. */
@inline function addStrided<T>(g: usize, count: i32, stride: i32, y: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  let j = 0
  if (stride == 1)
    for (; j + lanes <= count; j += lanes, g += 16, y += 16) v128.store(y, v128.add<T>(v128.load(y), v128.load(g)))
  for (; j < count; j++, g += size<T>(), y += <usize>stride * size<T>()) store<T>(y, load<T>(y) + load<T>(g))
}

/** Adds what every window got to its elements. */
// instances: f32 f64
@inline function spreadWindows<T>(images: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, g: usize, y: usize): void {
  const row = <usize>width * size<T>()
  const image = <usize>height * row
  const windows = <usize>columns * size<T>()
  const tiled = kh == sh && kw == sw && ph == 0 && pw == 0 && rows * kh == height && columns * kw == width
  if (tiled) {
    for (let i = 0; i < images * rows; i++, g += windows) {
      for (let k = 0; k < kh; k++, y += row) repeatRow<T>(g, columns, kw, y)
    }
    return
  }
  memory.fill(y, 0, <usize>images * image)
  for (let n = 0; n < images; n++, y += image, g += <usize>rows * windows) {
    for (let l = 0; l < kw; l++) {
      // Windows whose element l lies in the row: the first and the one behind the last.
      const first = max(0, (pw - l + sw - 1) / sw)
      const room = width - 1 + pw - l
      const count = room < 0 ? 0 : min(columns, room / sw + 1) - first
      for (let i = 0; i < rows; i++) {
        const top = i * sh - ph
        const k1 = min(kh, height - top)
        const from = g + <usize>i * windows + <usize>first * size<T>()
        for (let k = max(0, -top); k < k1; k++) {
          const to = y + <usize>((top + k) * width + first * sw - pw + l) * size<T>()
          addStrided<T>(from, count, sw, to)
        }
      }
    }
  }
}
