/** y[o, i, j] = x[o, indices[o, i, j], j]; x has `length` elements along the middle axis, y has `count`. */
// instances: 8<u8> 32<u32> 64<u64>
@inline function takeAlongAxis<T>(outer: i32, length: i32, inner: i32, x: usize, count: i32, indices: usize, y: usize): void {
  for (let o = 0; o < outer; o++, x += <usize>length * <usize>inner * sizeof<T>()) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < inner; j++, indices += 4, y += sizeof<T>())
        store<T>(y, load<T>(x + <usize>(load<i32>(indices) * inner + j) * sizeof<T>()))
    }
  }
}

/** y[o, indices[o, i, j], j] += updates[o, i, j] from zero; y has `size` elements along the middle axis. Sums are of type A. */
// instances: f32<f32, f32> f64<f64, f64> i32<i32, i32> wide<f32, f64>
@inline function addAlongAxis<T, A>(outer: i32, size: i32, inner: i32, updates: usize, count: i32, indices: usize, y: usize): void {
  const slab = <usize>size * <usize>inner * sizeof<A>()
  memory.fill(y, 0, <usize>outer * slab)
  for (let o = 0; o < outer; o++, y += slab) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < inner; j++, indices += 4, updates += sizeof<T>()) {
        const to = y + <usize>(load<i32>(indices) * inner + j) * sizeof<A>()
        store<A>(to, load<A>(to) + <A>load<T>(updates))
      }
    }
  }
}
