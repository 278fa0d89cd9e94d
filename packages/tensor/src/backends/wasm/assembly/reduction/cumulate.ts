// Recurrences along the middle axis, floating ones in float64 (A is their accumulator).

// op of cumulate
class Cumsum {
  @inline start<A>(): A { return <A>0 }
  @inline next<A>(i: i32, total: A, a: A, x: A): A { return total + x }
}

// op of cumulate
class Cumprod {
  @inline start<A>(): A { return <A>1 }
  @inline next<A>(i: i32, total: A, a: A, x: A): A { return total * x }
}

/** The first factor has nothing to multiply. */
// op of cumulate
class LinearRecurrence {
  @inline start<A>(): A { return <A>0 }
  @inline next<A>(i: i32, total: A, a: A, x: A): A { return i == 0 ? x : a * total + x }
}

/** `a` are the factors of the linear recurrence; the others do not read them. */
// instances: f32<f32, f64> f64<f64, f64> i32<i32, i32>
@inline function cumulate<Op, T, A>(reverse: bool, outer: i32, middle: i32, inner: i32, a: usize, x: usize, out: usize): void {
  const row = <isize>inner * <isize>sizeof<T>()
  const block = <isize>middle * row
  const step = reverse ? -row : row
  for (let o = 0; o < outer; o++, a += block, x += block, out += block) {
    for (let j = 0; j < inner; j++) {
      let at = (reverse ? block - row : 0) + <isize>j * <isize>sizeof<T>()
      let total = changetype<Op>(0).start<A>()
      for (let i = 0; i < middle; i++, at += step) {
        total = changetype<Op>(0).next<A>(i, total, <A>load<T>(a + at), <A>load<T>(x + at))
        store<T>(out + at, <T>total)
      }
    }
  }
}
