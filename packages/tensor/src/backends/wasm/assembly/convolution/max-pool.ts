import { size } from '../lanes'
import { packStates_i32 } from '../piecewise-affine/states'
import {
  addInt,
  allTrue,
  bitsOf,
  even,
  firstVector,
  isQuartering,
  lastVector,
  loadStrided,
  odd,
  splatInt,
  storeStates,
  wordBytes,
} from './windows'

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
