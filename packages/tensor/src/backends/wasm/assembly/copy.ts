/** out[o, i] = x[o, i] with steps of bytes on both sides: transposing, slicing, padding, flipping, broadcasting. */
// @ts-expect-error: decorator
@inline function copy<T>(outer: i32, inner: i32, x: usize, xOuter: isize, xInner: isize, out: usize, outOuter: isize, outInner: isize): void {
  const isRow = xInner == <isize>sizeof<T>() && outInner == <isize>sizeof<T>()
  for (let o = 0; o < outer; o++) {
    if (isRow) memory.copy(out, x, <usize>inner * sizeof<T>())
    else {
      let p = x
      let q = out
      for (let i = 0; i < inner; i++, p += xInner, q += outInner) store<T>(q, load<T>(p))
    }
    x += xOuter
    out += outOuter
  }
}

export function copy_8(outer: i32, inner: i32, x: usize, xOuter: isize, xInner: isize, out: usize, outOuter: isize, outInner: isize): void {
  copy<u8>(outer, inner, x, xOuter, xInner, out, outOuter, outInner)
}
export function copy_32(outer: i32, inner: i32, x: usize, xOuter: isize, xInner: isize, out: usize, outOuter: isize, outInner: isize): void {
  copy<u32>(outer, inner, x, xOuter, xInner, out, outOuter, outInner)
}
export function copy_64(outer: i32, inner: i32, x: usize, xOuter: isize, xInner: isize, out: usize, outOuter: isize, outInner: isize): void {
  copy<u64>(outer, inner, x, xOuter, xInner, out, outOuter, outInner)
}
