/** out[o, i] = x[o, i] with steps of bytes on both sides: transposing, slicing, padding, flipping, broadcasting. */
// instances: 8<u8> 32<u32> 64<u64>
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
