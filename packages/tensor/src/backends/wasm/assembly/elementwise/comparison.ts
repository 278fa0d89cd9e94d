// Comparisons of two elements.

// op of compare
class Equal {
  @inline of<T>(a: T, b: T): bool { return a == b }
}

// op of compare
class NotEqual {
  @inline of<T>(a: T, b: T): bool { return a != b }
}

// op of compare
class Less {
  @inline of<T>(a: T, b: T): bool { return a < b }
}

// op of compare
class LessEqual {
  @inline of<T>(a: T, b: T): bool { return a <= b }
}

// op of compare
class Greater {
  @inline of<T>(a: T, b: T): bool { return a > b }
}

// op of compare
class GreaterEqual {
  @inline of<T>(a: T, b: T): bool { return a >= b }
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
  for (let o = 0; o < outer; o++) {
    let p = a
    let q = b
    for (let i = 0; i < inner; i++, p += aInner, q += bInner, out++)
      store<u8>(out, <u8>changetype<Op>(0).of<T>(load<T>(p), load<T>(q)))
    a += aOuter
    b += bOuter
  }
}
