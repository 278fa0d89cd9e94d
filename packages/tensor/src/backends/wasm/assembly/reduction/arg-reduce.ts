/** Index of the largest (or smallest) element along the middle axis, the first on ties; NaN beats all numbers. */
// instances: f32 f64 i32 u32 u8
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
