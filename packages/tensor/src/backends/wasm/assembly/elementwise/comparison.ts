// Comparisons of two elements; `greater` and `greaterEqual` are `less` and `lessEqual` of swapped operands. `of` is one pair's, `lanes` that of
// vectors: all bits of a lane are set where it holds.

// op of compare
class Equal {
  @inline of<T>(a: T, b: T): bool { return a == b }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.eq<T>(a, b) }
}

// op of compare
class NotEqual {
  @inline of<T>(a: T, b: T): bool { return a != b }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.ne<T>(a, b) }
}

// op of compare
class Less {
  @inline of<T>(a: T, b: T): bool { return a < b }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.lt<T>(a, b) }
}

// op of compare
class LessEqual {
  @inline of<T>(a: T, b: T): bool { return a <= b }
  @inline lanes<T>(a: v128, b: v128): v128 { return v128.le<T>(a, b) }
}

/** out[o, i] = 1 where Op holds of a[o, i] and b[o, i], else 0; steps of bytes as those of `combine`. */
// instances: f32 f64 i32 u32 u8
function compare<Op, T>(
  outer: i32,
  inner: i32,
  a: usize,
  aOuter: usize,
  aInner: usize,
  b: usize,
  bOuter: usize,
  bInner: usize,
  out: usize,
): void {
  // Sixteen bytes of the result are a vector; those of wider elements are narrowed four at a time.
  const count: i32 = sizeof<T>() == 1 ? 16 : 4
  const isVector = (aInner | sizeof<T>()) == sizeof<T>() && (bInner | sizeof<T>()) == sizeof<T>()
  const vectors = isVector ? inner & ~(count - 1) : 0
  for (let o = 0; o < outer; o++) {
    let p = a
    let q = b
    let i = 0
    const left = v128.splat<T>(load<T>(p))
    const right = v128.splat<T>(load<T>(q))
    for (; i < vectors; i += count, p += aInner * count, q += bInner * count, out += count) {
      let is = changetype<Op>(0).lanes<T>(aInner == 0 ? left : v128.load(p), bInner == 0 ? right : v128.load(q))
      if (sizeof<T>() == 8) {
        const next = changetype<Op>(0).lanes<T>(aInner == 0 ? left : v128.load(p, 16), bInner == 0 ? right : v128.load(q, 16))
        is = v128.shuffle<i32>(is, next, 0, 2, 4, 6)
      }
      if (sizeof<T>() == 1) v128.store(out, v128.and(is, i8x16.splat(1)))
      else {
        const halves = i16x8.narrow_i32x4_s(is, is)
        v128.store32_lane(out, v128.and(i8x16.narrow_i16x8_s(halves, halves), i8x16.splat(1)), 0)
      }
    }
    for (; i < inner; i++, p += aInner, q += bInner, out++)
      store<u8>(out, <u8>changetype<Op>(0).of<T>(load<T>(p), load<T>(q)))
    a += aOuter
    b += bOuter
  }
}
