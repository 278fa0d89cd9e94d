// Sums of floats along an axis, in float64.

/** out [outer, inner] = Σ over the middle axis of x [outer, middle, inner]. */
@inline export function sum<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  const row = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      store<T>(out, <T>sumRow<T>(middle, x))
      out += sizeof<T>()
      x += <usize>middle * sizeof<T>()
      continue
    }
    let j = 0
    for (; j + 4 <= inner; j += 4, out += 4 * sizeof<T>()) sumColumns<T>(middle, x + <usize>j * sizeof<T>(), row, out)
    for (; j < inner; j++, out += sizeof<T>()) {
      let total: f64 = 0
      let at = x + <usize>j * sizeof<T>()
      for (let i = 0; i < middle; i++, at += row) total += <f64>load<T>(at)
      store<T>(out, <T>total)
    }
    x += <usize>middle * row
  }
}

@inline function low<T>(at: usize): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(at))
  return v128.load(at)
}

/** The sum of `count` neighbours: four sums of two lanes, so that no addition waits for the one before. */
function sumRow<T>(count: i32, x: usize): f64 {
  let a = f64x2.splat(0)
  let b = f64x2.splat(0)
  let c = f64x2.splat(0)
  let d = f64x2.splat(0)
  let i = 0
  for (; i + 8 <= count; i += 8, x += 8 * sizeof<T>()) {
    a = f64x2.add(a, low<T>(x))
    b = f64x2.add(b, low<T>(x + 2 * sizeof<T>()))
    c = f64x2.add(c, low<T>(x + 4 * sizeof<T>()))
    d = f64x2.add(d, low<T>(x + 6 * sizeof<T>()))
  }
  const all = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let total = f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1)
  for (; i < count; i++, x += sizeof<T>()) total += <f64>load<T>(x)
  return total
}

/** Sums of four neighbouring columns. */
function sumColumns<T>(count: i32, x: usize, step: usize, out: usize): void {
  let a = f64x2.splat(0)
  let b = f64x2.splat(0)
  for (let i = 0; i < count; i++, x += step) {
    a = f64x2.add(a, low<T>(x))
    b = f64x2.add(b, low<T>(x + 2 * sizeof<T>()))
  }
  store<T>(out, <T>f64x2.extract_lane(a, 0))
  store<T>(out + sizeof<T>(), <T>f64x2.extract_lane(a, 1))
  store<T>(out + 2 * sizeof<T>(), <T>f64x2.extract_lane(b, 0))
  store<T>(out + 3 * sizeof<T>(), <T>f64x2.extract_lane(b, 1))
}
