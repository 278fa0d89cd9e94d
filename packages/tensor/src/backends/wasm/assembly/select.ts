/** out[i] = c[i] ≠ 0 ? a[i] : b[i]; steps of bytes, 0 where an operand is stretched. */
// @ts-expect-error: decorator
@inline function select<T>(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  for (let i = 0; i < count; i++, c += cStep, a += aStep, b += bStep, out += sizeof<T>())
    store<T>(out, load<u8>(c) != 0 ? load<T>(a) : load<T>(b))
}

export function select_8(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  select<u8>(count, c, cStep, a, aStep, b, bStep, out)
}
export function select_32(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  select<u32>(count, c, cStep, a, aStep, b, bStep, out)
}
export function select_64(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  select<u64>(count, c, cStep, a, aStep, b, bStep, out)
}
