import { lanesSum, madd, size, zero } from '../lanes'

@inline function add<T>(lines: i32, pairs: i32, line: i32, s: T, t: T, c: usize, cPair: usize): void {
  if (line >= lines) return
  store<T>(c, load<T>(c) + s)
  if (pairs > 1) store<T>(c + cPair, load<T>(c + cPair) + t)
}

/**
 * c [lines, pairs] += a [lines, …] · b [pairs, …]ᵀ, at most 4 × 2. Lines of a begin at a0 to a3 and are `parts` parts of `bytes` bytes, with gaps between
 * them; lines of b at b0 and b1, without gaps; elements of c are `cLine` and `cPair` bytes apart. Sums of lines that are not there are not stored.
 */
export function dots<T>(
  parts: i32, bytes: usize, gap: usize, lines: i32, pairs: i32,
  a0: usize, a1: usize, a2: usize, a3: usize, b0: usize, b1: usize,
  c: usize, cLine: usize, cPair: usize,
): void {
  let c0 = zero()
  let c1 = zero()
  let c2 = zero()
  let c3 = zero()
  let d0 = zero()
  let d1 = zero()
  let d2 = zero()
  let d3 = zero()
  let s0: T = 0
  let s1: T = 0
  let s2: T = 0
  let s3: T = 0
  let t0: T = 0
  let t1: T = 0
  let t2: T = 0
  let t3: T = 0
  let at: usize = 0
  let end: usize = 0
  for (;;) {
    end += bytes
    for (; at + 16 <= end; at += 16) {
      const y0 = v128.load(b0 + at)
      const y1 = v128.load(b1 + at)
      let x = v128.load(a0 + at)
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
    for (; at < end; at += size<T>()) {
      const y0 = load<T>(b0 + at)
      const y1 = load<T>(b1 + at)
      s0 += load<T>(a0 + at) * y0
      t0 += load<T>(a0 + at) * y1
      s1 += load<T>(a1 + at) * y0
      t1 += load<T>(a1 + at) * y1
      s2 += load<T>(a2 + at) * y0
      t2 += load<T>(a2 + at) * y1
      s3 += load<T>(a3 + at) * y0
      t3 += load<T>(a3 + at) * y1
    }
    if (--parts == 0) break
    a0 += gap
    a1 += gap
    a2 += gap
    a3 += gap
  }
  add<T>(lines, pairs, 0, lanesSum<T>(c0) + s0, lanesSum<T>(d0) + t0, c, cPair)
  add<T>(lines, pairs, 1, lanesSum<T>(c1) + s1, lanesSum<T>(d1) + t1, c + cLine, cPair)
  add<T>(lines, pairs, 2, lanesSum<T>(c2) + s2, lanesSum<T>(d2) + t2, c + 2 * cLine, cPair)
  add<T>(lines, pairs, 3, lanesSum<T>(c3) + s3, lanesSum<T>(d3) + t3, c + 3 * cLine, cPair)
}
