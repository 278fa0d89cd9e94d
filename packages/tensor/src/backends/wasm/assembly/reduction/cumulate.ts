/** Running sums along the middle axis, floating ones in float64 (A is their accumulator). */
// instances: f32<f32, f64> f64<f64, f64> i32<i32, i32>
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
