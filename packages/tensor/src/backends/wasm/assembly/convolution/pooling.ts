import { packStates_i32, unpackStates } from '../piecewise-affine/states'
import { size } from '../lanes'

// Windows of kh × kw elements, sh × sw apart, ph × pw of them before the first element: rows × columns in images of height × width. States of
// windows, as whole numbers in scratch memory for one sample, are numbers of elements in them.

/** Windows of 2 × 2 side by side: read and written two rows at a time. */
@inline function isQuartering(kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32): bool {
  return kh == 2 && kw == 2 && sh == 2 && sw == 2 && ph == 0 && pw == 0
}

@inline function bitsOf(kh: i32, kw: i32): i32 {
  return 32 - clz<i32>(kh * kw - 1)
}

@inline function wordBytes(units: i32, bits: i32): usize {
  return <usize>(bits * ((units + 31) / 32)) * 4
}

/** Even and odd elements of two vectors that follow each other. */
@inline function even<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 2, 4, 6) : v128.shuffle<i64>(a, b, 0, 2)
}
@inline function odd<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 1, 3, 5, 7) : v128.shuffle<i64>(a, b, 1, 3)
}

/** Elements of two vectors in turn: the first and the second vector of them. */
@inline function zipLow<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 0, 4, 1, 5) : v128.shuffle<i64>(a, b, 0, 2)
}
@inline function zipHigh<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<i32>(a, b, 2, 6, 3, 7) : v128.shuffle<i64>(a, b, 1, 3)
}

/** Elements 1 or 2 apart; of the latter the odd ones are read as well. */
@inline function loadStrided<T>(at: usize, stride: i32): v128 {
  const first = v128.load(at)
  return stride == 1 ? first : even<T>(first, v128.load(at, 16))
}

/** A whole number in every lane. */
@inline function splatInt<T>(n: i32): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(n) : i64x2.splat(n)
}

@inline function allTrue<T>(mask: v128): bool {
  return sizeof<T>() == 4 ? i32x4.all_true(mask) : i64x2.all_true(mask)
}
@inline function addInt<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.add(a, b) : i64x2.add(a, b)
}

/** Whole numbers in lanes of the elements' width, which lie as i32. */
@inline function loadStates<T>(at: usize): v128 {
  return sizeof<T>() == 4 ? v128.load(at) : v128.load_ext<i32>(at)
}
@inline function storeStates<T>(at: usize, states: v128): void {
  if (sizeof<T>() == 4) v128.store(at, states)
  else v128.store_lane<i64>(at, v128.shuffle<i32>(states, states, 0, 2, 0, 2), 0)
}

/** Bytes that a vector from element j on must begin earlier so that it ends with the row, whose last elements are computed again. */
@inline function stepBack<T>(j: i32, count: i32): usize {
  return <usize>max(0, j + 16 / <i32>sizeof<T>() - count) * size<T>()
}

/** The winner of one window. */
@inline function poolOne<T>(x: usize, width: i32, top: i32, left: i32, k0: i32, k1: i32, kw: i32, y: usize, state: usize): void {
  const l0 = max(0, -left)
  const l1 = min(kw, width - left)
  let best = load<T>(x + <usize>((top + k0) * width + left + l0) * size<T>())
  let winner = k0 * kw + l0
  for (let k = k0; k < k1; k++) {
    let at = x + <usize>((top + k) * width + left + l0) * size<T>()
    for (let l = l0; l < l1; l++, at += size<T>()) {
      const next = load<T>(at)
      if (best == best && !(next <= best)) {
        best = next
        winner = k * kw + l
      }
    }
  }
  store<T>(y, best)
  store<i32>(state, winner)
}

/** Two rows of an image: the winners of a row of windows of 2 × 2. */
@inline function poolQuarters<T>(x: usize, row: usize, columns: i32, y: usize, states: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const width = <i32>(row / size<T>())
  if (columns < lanes) {
    for (let j = 0; j < columns; j++, x += 2 * size<T>(), y += size<T>(), states += 4)
      poolOne<T>(x, width, 0, 0, 0, 2, 2, y, states)
    return
  }
  for (let j = 0; j < columns; j += lanes) {
    const back = stepBack<T>(j, columns)
    x -= 2 * back
    y -= back
    states -= back / size<T>() * 4
    const a = v128.load(x)
    const b = v128.load(x, 16)
    const c = v128.load(x + row)
    const d = v128.load(x + row, 16)
    const p = even<T>(a, b)
    const q = odd<T>(a, b)
    const r = even<T>(c, d)
    const s = odd<T>(c, d)
    const upper = v128.pmax<T>(p, q)
    const lower = v128.pmax<T>(r, s)
    const best = v128.pmax<T>(upper, lower)
    const upperWinner = v128.and(v128.gt<T>(q, p), splatInt<T>(1))
    const lowerWinner = addInt<T>(v128.and(v128.gt<T>(s, r), splatInt<T>(1)), splatInt<T>(2))
    v128.store(y, best)
    storeStates<T>(states, v128.bitselect(lowerWinner, upperWinner, v128.gt<T>(lower, upper)))
    const whole = v128.and(v128.eq<T>(p, p), v128.eq<T>(q, q))
    if (!allTrue<T>(v128.and(whole, v128.and(v128.eq<T>(r, r), v128.eq<T>(s, s)))))
      for (let l = 0; l < lanes; l++)
        poolOne<T>(x + <usize>(2 * l) * size<T>(), width, 0, 0, 0, 2, 2, y + <usize>l * size<T>(), states + 4 * l)
    x += 32
    y += 16
    states += 4 * lanes
  }
}

/** The first window of a row from which on a vector of windows reads no padding, and the last; there is none where the last comes before. */
@inline function firstVector(sw: i32, pw: i32): i32 {
  return (pw + sw - 1) / sw
}
@inline function lastVector<T>(width: i32, columns: i32, kw: i32, sw: i32, pw: i32): i32 {
  const lanes = 16 / <i32>sizeof<T>()
  // Elements more than 2 apart are read one by one.
  const room = width - kw + 1 - sw * lanes + pw
  return sw > 2 || room < 0 ? -1 : min(columns - lanes, room / sw)
}

/** The winners of a vector of windows, by their first elements at x. False where there is a NaN. */
@inline function poolVector<T>(x: usize, row: usize, k0: i32, k1: i32, kw: i32, sw: i32, y: usize, states: usize): bool {
  let best = loadStrided<T>(x, sw)
  let hole = i32x4.splat(0)
  let index = splatInt<T>(k0 * kw)
  let winner = index
  for (let k = k0; k < k1; k++, x += row) {
    for (let l = 0; l < kw; l++) {
      const next = loadStrided<T>(x + <usize>l * size<T>(), sw)
      hole = v128.or(hole, v128.ne<T>(next, next))
      winner = v128.bitselect(index, winner, v128.gt<T>(next, best))
      best = v128.pmax<T>(best, next)
      index = addInt<T>(index, splatInt<T>(1))
    }
  }
  v128.store(y, best)
  storeStates<T>(states, winner)
  return !v128.any_true(hole)
}

/** The winners of a row of windows, `k0 … k1` of whose rows lie in the image. */
@inline function poolRow<T>(x: usize, width: i32, columns: i32, top: i32, k0: i32, k1: i32, kw: i32, sw: i32, pw: i32, y: usize, states: usize): void {
  const lanes = 16 / <i32>sizeof<T>()
  const row = <usize>width * size<T>()
  const last = lastVector<T>(width, columns, kw, sw, pw)
  let j = 0
  let vector = firstVector(sw, pw)
  while (j < columns) {
    if (j >= vector && vector <= last) {
      // The last one begins earlier, and finds some winners again.
      const at = min(j, last)
      const left = at * sw - pw
      const from = x + <usize>(top + k0) * row + <usize>left * size<T>()
      if (poolVector<T>(from, row, k0, k1, kw, sw, y + <usize>at * size<T>(), states + 4 * at)) {
        j = at + lanes
        if (at == last) vector = columns
        continue
      }
      // Past this vector, one by one.
      vector = j + lanes
    }
    poolOne<T>(x, width, top, j * sw - pw, k0, k1, kw, y + <usize>j * size<T>(), states + 4 * j)
    j++
  }
}

/** The largest element of every window, and the code of which it is. */
// instances: f32 f64
@inline function maxPool<T>(samples: i32, channels: i32, height: i32, width: i32, rows: i32, columns: i32, kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32, x: usize, y: usize, code: usize, states: usize): void {
  const units = channels * rows * columns
  const bits = bitsOf(kh, kw)
  const quartering = isQuartering(kh, kw, sh, sw, ph, pw)
  const row = <usize>width * size<T>()
  for (let n = 0; n < samples; n++, code += wordBytes(units, bits)) {
    let state = states
    for (let c = 0; c < channels; c++, x += <usize>height * row) {
      for (let i = 0; i < rows; i++, y += <usize>columns * size<T>(), state += <usize>columns * 4) {
        const top = i * sh - ph
        if (quartering) poolQuarters<T>(x + <usize>top * row, row, columns, y, state)
        else poolRow<T>(x, width, columns, top, max(0, -top), min(kh, height - top), kw, sw, pw, y, state)
      }
    }
    packStates_i32(1, units, bits, states, code)
  }
}

/** Up to so many elements of a window float32 tells the row of each: (state + ½) / kw is rounded to no other whole number. */
const MOST_DIVIDED = 1 << 20

/** In the place of the states of a sample, where the winners lie among its elements; −1 outside. */
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
        v128.store(states, v128.bitselect(i32x4.add(line, column), i32x4.splat(-1), inside))
      }
      for (; j < columns; j++, states += 4) {
        const state = load<u32>(states)
        const k = state / <u32>kw
        const row = top + <i32>k
        const column = j * sw - pw + <i32>(state - k * kw)
        const isInside = <u32>row < <u32>height && <u32>column < <u32>width
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
  const tiled = kh == sh && kw == sw && rows * kh == height && columns * kw == width
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
