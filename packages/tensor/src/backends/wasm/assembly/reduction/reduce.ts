// Reductions of the middle axis of x [outer, middle, inner] to out [outer, inner].
import { sum } from './sum'

/** Floats are added in float64, four neighbours together. */
// op of reduce: f32 f64 i32 u32
class Sum {
  @inline of<T>(a: T, b: T): T { return <T>(a + b) }
  @inline reduce<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
    if (isFloat<T>()) sum<T>(outer, middle, inner, x, out)
    else foldMiddle<Sum, T, T>(outer, middle, inner, 0, x, out)
  }
}

/** Floats are multiplied in float64. */
// op of reduce: f32 f64 i32 u32
class Prod {
  @inline of<T>(a: T, b: T): T { return <T>(a * b) }
  @inline reduce<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
    if (isFloat<T>()) foldMiddle<Prod, T, f64>(outer, middle, inner, 1, x, out)
    else foldMiddle<Prod, T, T>(outer, middle, inner, 1, x, out)
  }
}

/** Of bools: any. */
// op of reduce
class Max {
  @inline of<T>(a: T, b: T): T { return max<T>(a, b) }
  @inline reduce<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
    foldMiddle<Max, T, T>(outer, middle, inner, least<T>(), x, out)
  }
}

/** Of bools: all. */
// op of reduce
class Min {
  @inline of<T>(a: T, b: T): T { return min<T>(a, b) }
  @inline reduce<T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
    foldMiddle<Min, T, T>(outer, middle, inner, greatest<T>(), x, out)
  }
}

/** What nothing is below. */
@inline function least<T>(): T {
  if (isFloat<T>()) return <T>-Infinity
  return isSigned<T>() ? <T>i32.MIN_VALUE : <T>0
}

/** What nothing is above; elements of one byte are bools. */
@inline function greatest<T>(): T {
  if (isFloat<T>()) return <T>Infinity
  if (sizeof<T>() == 1) return <T>1
  return isSigned<T>() ? <T>i32.MAX_VALUE : <T>u32.MAX_VALUE
}

/** A is the accumulator, `start` its value for an axis of no elements. */
function foldMiddle<Op, T, A>(outer: i32, middle: i32, inner: i32, start: A, x: usize, out: usize): void {
  const row = <usize>inner * sizeof<T>()
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++, out += sizeof<T>()) {
      let total = start
      let at = x + <usize>j * sizeof<T>()
      for (let i = 0; i < middle; i++, at += row) total = changetype<Op>(0).of<A>(total, <A>load<T>(at))
      store<T>(out, <T>total)
    }
    x += <usize>middle * row
  }
}

// instances: f32 f64 i32 u32 u8
@inline function reduce<Op, T>(outer: i32, middle: i32, inner: i32, x: usize, out: usize): void {
  changetype<Op>(0).reduce<T>(outer, middle, inner, x, out)
}
