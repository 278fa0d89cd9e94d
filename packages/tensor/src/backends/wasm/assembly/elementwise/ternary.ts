/** out[i] = c[i] ≠ 0 ? a[i] : b[i]; steps of bytes, 0 where an operand is stretched. */
// instances: 8<u8> 32<u32> 64<u64>
@inline function select<T>(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  for (let i = 0; i < count; i++, c += cStep, a += aStep, b += bStep, out += sizeof<T>())
    store<T>(out, load<u8>(c) != 0 ? load<T>(a) : load<T>(b))
}
