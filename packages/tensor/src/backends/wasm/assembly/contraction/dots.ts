import { lanesSum, madd, zero } from '../lanes'

/**
 * Bytes of a row that are added up one after the other, a block; two rows that are read as they lie have four (two) sums side by side.
 */
const DOT_BYTES: usize = 4096

/** One sum of products along k of two rows. */
@inline function dot<T>(k: usize, a: usize, b: usize): T {
  let total: T = 0
  let from: usize = 0
  do {
    const last = min(k, from + DOT_BYTES)
    let sums = zero()
    let at = from
    for (; at + 16 <= last; at += 16) sums = madd<T>(v128.load(a + at), v128.load(b + at), sums)
    let part = lanesSum<T>(sums)
    for (; at < last; at += sizeof<T>()) part += load<T>(a + at) * load<T>(b + at)
    total = from == 0 ? part : total + part
    from = last
  } while (from < k)
  return total
}

/** to = value, or to += value. */
@inline function put<T>(to: usize, value: T, accumulate: bool): void {
  store<T>(to, accumulate ? load<T>(to) + value : value)
}

/** c[2 × 4] (+)= a[2, k] · b[4, k]ᵀ: rows of both, `step` bytes apart, are read as they lie. */
@inline function dots<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize, accumulate: bool): void {
  const a1 = a + step
  const b1 = b + step
  const b2 = b1 + step
  const b3 = b2 + step
  let c0 = zero()
  let c1 = zero()
  let c2 = zero()
  let c3 = zero()
  let d0 = zero()
  let d1 = zero()
  let d2 = zero()
  let d3 = zero()
  let at: usize = 0
  for (; at + 16 <= k; at += 16) {
    const x0 = v128.load(a + at)
    const x1 = v128.load(a1 + at)
    let y = v128.load(b + at)
    c0 = madd<T>(x0, y, c0)
    d0 = madd<T>(x1, y, d0)
    y = v128.load(b1 + at)
    c1 = madd<T>(x0, y, c1)
    d1 = madd<T>(x1, y, d1)
    y = v128.load(b2 + at)
    c2 = madd<T>(x0, y, c2)
    d2 = madd<T>(x1, y, d2)
    y = v128.load(b3 + at)
    c3 = madd<T>(x0, y, c3)
    d3 = madd<T>(x1, y, d3)
  }
  let s0 = lanesSum<T>(c0)
  let s1 = lanesSum<T>(c1)
  let s2 = lanesSum<T>(c2)
  let s3 = lanesSum<T>(c3)
  let t0 = lanesSum<T>(d0)
  let t1 = lanesSum<T>(d1)
  let t2 = lanesSum<T>(d2)
  let t3 = lanesSum<T>(d3)
  for (; at < k; at += sizeof<T>()) {
    const x0 = load<T>(a + at)
    const x1 = load<T>(a1 + at)
    const y0 = load<T>(b + at)
    const y1 = load<T>(b1 + at)
    const y2 = load<T>(b2 + at)
    const y3 = load<T>(b3 + at)
    s0 += x0 * y0
    s1 += x0 * y1
    s2 += x0 * y2
    s3 += x0 * y3
    t0 += x1 * y0
    t1 += x1 * y1
    t2 += x1 * y2
    t3 += x1 * y3
  }
  put<T>(c, s0, accumulate)
  put<T>(c + sizeof<T>(), s1, accumulate)
  put<T>(c + 2 * sizeof<T>(), s2, accumulate)
  put<T>(c + 3 * sizeof<T>(), s3, accumulate)
  c += cStep
  put<T>(c, t0, accumulate)
  put<T>(c + sizeof<T>(), t1, accumulate)
  put<T>(c + 2 * sizeof<T>(), t2, accumulate)
  put<T>(c + 3 * sizeof<T>(), t3, accumulate)
}

function dotTile<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  dots<T>(k, a, b, step, c, cStep, false)
}

function addDotTile<T>(k: usize, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  dots<T>(k, a, b, step, c, cStep, true)
}

/** c [m, n] = a [m, k] · b [n, k]ᵀ without packing, up to `LONG` steps: b is read once, row by row; `step` bytes between rows of both. */
export function dotsShort<T>(m: i32, n: i32, k: i32, a: usize, b: usize, step: usize, c: usize, cStep: usize): void {
  const bytes = <usize>k * sizeof<T>()
  let j = 0
  for (; j + 4 <= n; j += 4) {
    const bAt = b + <usize>j * step
    const cAt = c + <usize>j * sizeof<T>()
    let i = 0
    for (; i + 2 <= m; i += 2) {
      const aAt = a + <usize>i * step
      const to = cAt + <usize>i * cStep
      dotTile<T>(min(bytes, DOT_BYTES), aAt, bAt, step, to, cStep)
      for (let at = DOT_BYTES; at < bytes; at += DOT_BYTES)
        addDotTile<T>(min(bytes - at, DOT_BYTES), aAt + at, bAt + at, step, to, cStep)
    }
    for (; i < m; i++) {
      for (let q: usize = 0; q < 4; q++) {
        store<T>(cAt + <usize>i * cStep + q * sizeof<T>(), dot<T>(bytes, a + <usize>i * step, bAt + q * step))
      }
    }
  }
  for (; j < n; j++) {
    for (let i = 0; i < m; i++) {
      store<T>(
        c + <usize>i * cStep + <usize>j * sizeof<T>(),
        dot<T>(bytes, a + <usize>i * step, b + <usize>j * step),
      )
    }
  }
}
