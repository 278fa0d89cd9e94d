/** Σ over the middle axis of x [outer, middle, inner], in float64. */
// @ts-expect-error: decorator
@inline function sum<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
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

// @ts-expect-error: decorator
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

class Sum {}
class Prod {}
class Max {}
class Min {}

// @ts-expect-error: decorator
@inline function fold<Op, T>(a: T, b: T): T {
  if (idof<Op>() == idof<Sum>()) return <T>(a + b)
  if (idof<Op>() == idof<Prod>()) return <T>(a * b)
  if (idof<Op>() == idof<Max>()) return max<T>(a, b)
  return min<T>(a, b)
}

/** A is the accumulator: products of floats are taken in float64, as sums are. */
function foldMiddle<Op, T, A>(outer: i32, middle: i32, inner: i32, start: A, x: usize, out: usize): void {
  const row = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++, out += sizeof<T>()) {
      let total = start
      let at = x + <usize>j * sizeof<T>()
      for (let i = 0; i < middle; i++, at += row) total = fold<Op, A>(total, <A>load<T>(at))
      store<T>(out, <T>total)
    }
    x += <usize>middle * row
  }
}

// @ts-expect-error: decorator
@inline function reduceBy<T>(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  switch (op) {
    case 0: return sum<T>(outer, middle, inner, x, out)
    case 1: return foldMiddle<Prod, T, f64>(outer, middle, inner, 1, x, out)
    case 2: return foldMiddle<Max, T, T>(outer, middle, inner, <T>-Infinity, x, out)
    default: return foldMiddle<Min, T, T>(outer, middle, inner, <T>Infinity, x, out)
  }
}

export function reduce_f32(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  reduceBy<f32>(op, outer, middle, inner, x, out)
}
export function reduce_f64(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  reduceBy<f64>(op, outer, middle, inner, x, out)
}

// @ts-expect-error: decorator
@inline function reduceWhole<T>(op: i32, least: T, most: T, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  switch (op) {
    case 0: return foldMiddle<Sum, T, T>(outer, middle, inner, 0, x, out)
    case 1: return foldMiddle<Prod, T, T>(outer, middle, inner, 1, x, out)
    case 2: return foldMiddle<Max, T, T>(outer, middle, inner, least, x, out)
    default: return foldMiddle<Min, T, T>(outer, middle, inner, most, x, out)
  }
}

export function reduce_i32(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  reduceWhole<i32>(op, i32.MIN_VALUE, i32.MAX_VALUE, outer, middle, inner, x, out)
}
export function reduce_u32(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  reduceWhole<u32>(op, 0, u32.MAX_VALUE, outer, middle, inner, x, out)
}
/** Of bools the maximum is "any", the minimum "all". */
export function reduce_u8(op: i32, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  if (op == 2) foldMiddle<Max, u8, u8>(outer, middle, inner, 0, x, out)
  else foldMiddle<Min, u8, u8>(outer, middle, inner, 1, x, out)
}

/** Index of the largest (or smallest) element along the middle axis, the first on ties; NaN beats all numbers. */
// @ts-expect-error: decorator
@inline function argReduce<T>(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  const row = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++, out += 4) {
      let at = x + <usize>j * sizeof<T>()
      let best = load<T>(at)
      let index = 0
      for (let i = 1; i < middle; i++) {
        at += row
        const next = load<T>(at)
        const better = largest ? next > best : next < best
        if (best == best && (better || next != next)) {
          best = next
          index = i
        }
      }
      store<i32>(out, index)
    }
    x += <usize>middle * row
  }
}

export function argReduce_f32(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  argReduce<f32>(largest, outer, middle, inner, x, out)
}
export function argReduce_f64(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  argReduce<f64>(largest, outer, middle, inner, x, out)
}
export function argReduce_i32(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  argReduce<i32>(largest, outer, middle, inner, x, out)
}
export function argReduce_u32(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  argReduce<u32>(largest, outer, middle, inner, x, out)
}
export function argReduce_u8(largest: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  argReduce<u8>(largest, outer, middle, inner, x, out)
}

/** Running sums along the middle axis, floating ones in float64 (A is their accumulator). */
// @ts-expect-error: decorator
@inline function cumulate<T, A>(reverse: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  const row = <isize>inner * <isize>sizeof<T>()
  const block = <isize>middle * row
  const step = reverse ? -row : row
  for (let o = 0; o < outer; o++, x += block, out += block) {
    for (let j = 0; j < inner; j++) {
      let at = (reverse ? block - row : 0) + <isize>j * <isize>sizeof<T>()
      let total: A = 0
      for (let i = 0; i < middle; i++, at += step) {
        total += <A>load<T>(x + at)
        store<T>(out + at, <T>total)
      }
    }
  }
}

export function cumulate_f32(reverse: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  cumulate<f32, f64>(reverse, outer, middle, inner, x, out)
}
export function cumulate_f64(reverse: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  cumulate<f64, f64>(reverse, outer, middle, inner, x, out)
}
export function cumulate_i32(reverse: bool, outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  cumulate<i32, i32>(reverse, outer, middle, inner, x, out)
}
