/** Rows of `depth` elements with a 1 at each index, all zero where it lies outside. */
// instances: f32 f64 i32 u8
@inline function oneHot<T>(count: i32, indices: usize, depth: i32, out: usize): void {
  memory.fill(out, 0, <usize>count * <usize>depth * sizeof<T>())
  for (let i = 0; i < count; i++, indices += 4, out += <usize>depth * sizeof<T>()) {
    const index = load<u32>(indices)
    if (index < <u32>depth) store<T>(out + <usize>index * sizeof<T>(), <T>1)
  }
}
