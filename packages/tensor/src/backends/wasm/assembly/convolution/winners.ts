import { size } from '../lanes'
import { unpackStates } from '../piecewise-affine/states'
import { bitsOf, even, isQuartering, loadStates, odd, splatInt, wordBytes, zipHigh, zipLow } from './windows'

/** Up to so many elements of a window float32 tells the row of each: (state + ½) / kw is rounded to no other whole number. */
const MOST_DIVIDED = 1 << 20

/** In the place of the states of a sample, where the winners lie among its elements; −1 outside, of the image or of the window. */
function placesOf(channels: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, states: usize): void {
  const vectors = kh * kw > MOST_DIVIDED ? 0 : columns & ~3
  const inverse = f32x4.splat(1 / <f32>kw)
  const lane = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(sw))
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < rows; i++) {
      const top = i * sh - ph
      let j = 0
      for (; j < vectors; j += 4, states += 16) {
        const state = v128.load(states)
        const middle = f32x4.add(f32x4.convert_i32x4_s(state), f32x4.splat(0.5))
        const k = i32x4.trunc_sat_f32x4_s(f32x4.mul(middle, inverse))
        const l = i32x4.sub(state, i32x4.mul(k, i32x4.splat(kw)))
        const row = i32x4.add(k, i32x4.splat(top))
        const column = i32x4.add(i32x4.add(l, lane), i32x4.splat(j * sw - pw))
        const inside = v128.and(i32x4.lt_u(row, i32x4.splat(height)), i32x4.lt_u(column, i32x4.splat(width)))
        const line = i32x4.mul(i32x4.add(row, i32x4.splat(c * height)), i32x4.splat(width))
        const held = v128.and(inside, i32x4.lt_u(k, i32x4.splat(kh)))
        v128.store(states, v128.bitselect(i32x4.add(line, column), i32x4.splat(-1), held))
      }
      for (; j < columns; j++, states += 4) {
        const state = load<u32>(states)
        const k = state / <u32>kw
        const row = top + <i32>k
        const column = j * sw - pw + <i32>(state - k * kw)
        const isInside = k < <u32>kh && <u32>row < <u32>height && <u32>column < <u32>width
        store<i32>(states, isInside ? (c * height + row) * width + column : -1)
      }
    }
  }
}

/** Lanes whose state is in the right column, or the lower row, of a window of 2 × 2. */
@inline function hasBit<T>(states: v128, bit: i32): v128 {
  const set = v128.and(states, splatInt<T>(bit))
  return sizeof<T>() == 4 ? i32x4.ne(set, i32x4.splat(0)) : i64x2.ne(set, i64x2.splat(0))
}

@inline function pickQuarters<T>(states: usize, x: usize, row: usize, columns: i32, y: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  let j = 0
  for (; j + lanes <= columns; j += lanes, x += 32, y += 16, states += 4 * lanes) {
    const a = v128.load(x)
    const b = v128.load(x, 16)
    const c = v128.load(x + row)
    const d = v128.load(x + row, 16)
    const state = loadStates<T>(states)
    const right = hasBit<T>(state, 1)
    const upper = v128.bitselect(odd<T>(a, b), even<T>(a, b), right)
    const lower = v128.bitselect(odd<T>(c, d), even<T>(c, d), right)
    v128.store(y, v128.bitselect(lower, upper, hasBit<T>(state, 2)))
  }
  for (; j < columns; j++, x += 2 * size<T>(), y += size<T>(), states += 4) {
    const state = load<u32>(states)
    store<T>(y, load<T>(x + <usize>(state >> 1) * row + <usize>(state & 1) * size<T>()))
  }
}

/** The elements of v [samples, repeats, channels, height, width] that lie where those won that the codes tell. */
// instances: f32 f64
@inline function pickWinners<T>(samples: i32, repeats: i32, channels: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, code: usize, v: usize, y: usize, states: usize): void {
  const units = channels * rows * columns
  const bits = bitsOf(kh, kw)
  const quartering = isQuartering(kh, kw, sh, sw, ph, pw)
  const row = <usize>width * size<T>()
  for (let n = 0; n < samples; n++, code += wordBytes(units, bits)) {
    unpackStates(1, units, bits, code, states)
    if (!quartering) placesOf(channels, height, width, rows, columns, kh, kw, sh, sw, ph, pw, states)
    for (let r = 0; r < repeats; r++) {
      let at = states
      if (quartering) {
        for (let c = 0; c < channels; c++, v += <usize>height * row) {
          for (let i = 0; i < rows; i++, y += <usize>columns * size<T>(), at += <usize>columns * 4)
            pickQuarters<T>(at, v + <usize>(2 * i) * row, row, columns, y)
        }
        continue
      }
      for (let u = 0; u < units; u++, at += 4, y += size<T>()) {
        const place = load<i32>(at)
        store<T>(y, place < 0 ? <T>0 : load<T>(v + <usize>place * size<T>()))
      }
      v += <usize>(channels * height) * row
    }
  }
}

/** In two rows; by memory.fill a few elements take as long as the row before them. */
@inline function storeZeros<T>(at: usize, row: usize): void {
  store<T>(at, 0)
  store<T>(at + row, 0)
}

@inline function placeQuarters<T>(states: usize, g: usize, row: usize, columns: i32, y: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const end = y + row
  let j = 0
  for (; j + lanes <= columns; j += lanes, y += 32, g += 16, states += 4 * lanes) {
    const value = v128.load(g)
    const state = loadStates<T>(states)
    const right = hasBit<T>(state, 1)
    const lower = hasBit<T>(state, 2)
    const top = v128.andnot(value, lower)
    const bottom = v128.and(value, lower)
    const a = v128.andnot(top, right)
    const b = v128.and(top, right)
    const c = v128.andnot(bottom, right)
    const d = v128.and(bottom, right)
    v128.store(y, zipLow<T>(a, b))
    v128.store(y, zipHigh<T>(a, b), 16)
    v128.store(y + row, zipLow<T>(c, d))
    v128.store(y + row, zipHigh<T>(c, d), 16)
  }
  for (; j < columns; j++, y += 2 * size<T>(), g += size<T>(), states += 4) {
    const state = load<u32>(states)
    storeZeros<T>(y, row)
    storeZeros<T>(y + size<T>(), row)
    store<T>(y + <usize>(state >> 1) * row + <usize>(state & 1) * size<T>(), load<T>(g))
  }
  if (y < end) storeZeros<T>(y, row)
}

/** g [samples, repeats, channels, rows, columns] where the winners lie that the codes tell, added up, and 0 elsewhere. */
// instances: f32 f64
@inline function placeWinners<T>(samples: i32, repeats: i32, channels: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, code: usize, g: usize, y: usize, states: usize): void {
  const units = channels * rows * columns
  const bits = bitsOf(kh, kw)
  const quartering = isQuartering(kh, kw, sh, sw, ph, pw)
  const row = <usize>width * size<T>()
  const image = <usize>height * row
  for (let n = 0; n < samples; n++, code += wordBytes(units, bits)) {
    unpackStates(1, units, bits, code, states)
    if (!quartering) placesOf(channels, height, width, rows, columns, kh, kw, sh, sw, ph, pw, states)
    for (let r = 0; r < repeats; r++) {
      let at = states
      if (quartering) {
        for (let c = 0; c < channels; c++, y += image) {
          for (let i = 0; i < rows; i++, g += <usize>columns * size<T>(), at += <usize>columns * 4)
            placeQuarters<T>(at, g, row, columns, y + <usize>(2 * i) * row)
          if (2 * rows < height) memory.fill(y + <usize>(2 * rows) * row, 0, row)
        }
        continue
      }
      memory.fill(y, 0, <usize>channels * image)
      for (let u = 0; u < units; u++, at += 4, g += size<T>()) {
        const place = load<i32>(at)
        if (place < 0) continue
        const to = y + <usize>place * size<T>()
        store<T>(to, load<T>(to) + load<T>(g))
      }
      y += <usize>channels * image
    }
  }
}
