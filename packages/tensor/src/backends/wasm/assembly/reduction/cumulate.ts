// codes
enum Cumulation {
  cumsum,
  cumprod,
  linearRecurrence,
}

/**
 * Recurrences along the middle axis, floating ones in float64 (A is their accumulator). The factors `a` are those of the linear recurrence, and
 * x of the product; from the second on, because the first has nothing to multiply.
 */
// instances: f32<f32, f64> f64<f64, f64> i32<i32, i32>
@inline function cumulate<T, A>(op: i32, reverse: bool, outer: i32, middle: i32, inner: i32, a: usize, x: usize, out: usize): void {
  const row = <isize>inner * <isize>sizeof<T>()
  const block = <isize>middle * row
  const step = reverse ? -row : row
  for (let o = 0; o < outer; o++, a += block, x += block, out += block) {
    for (let j = 0; j < inner; j++) {
      let at = (reverse ? block - row : 0) + <isize>j * <isize>sizeof<T>()
      let total: A = 0
      if (op == Cumulation.cumsum) {
        for (let i = 0; i < middle; i++, at += step) {
          total += <A>load<T>(x + at)
          store<T>(out + at, <T>total)
        }
      } else {
        // −0 + x is x.
        total = <A>-0.0
        for (let i = 0; i < middle; i++, at += step) {
          if (i > 0) total *= <A>load<T>(a + at)
          if (i == 0 || op == Cumulation.linearRecurrence) total += <A>load<T>(x + at)
          store<T>(out + at, <T>total)
        }
      }
    }
  }
}
