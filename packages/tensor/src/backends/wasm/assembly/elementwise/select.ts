/** out[i] = c[i] ≠ 0 ? a[i] : b[i]; steps of bytes, 0 where an operand is stretched. */
// instances: 8<u8> 32<u32> 64<u64>
@inline function select<T>(count: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, out: usize): void {
  const lanes: i32 = 16 / sizeof<T>()
  const isVector = cStep == 1 && (aStep | sizeof<T>()) == sizeof<T>() && (bStep | sizeof<T>()) == sizeof<T>()
  const vectors = isVector ? count & ~(lanes - 1) : 0
  const left = v128.splat<T>(load<T>(a))
  const right = v128.splat<T>(load<T>(b))
  let i = 0
  for (; i < vectors; i += lanes, c += lanes, a += aStep * lanes, b += bStep * lanes, out += 16) {
    let is: v128
    if (sizeof<T>() == 1) is = v128.load(c)
    else if (sizeof<T>() == 4) is = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(c)))
    else is = i64x2(load<u8>(c), load<u8>(c, 1))
    const y = bStep == 0 ? right : v128.load(b)
    v128.store(out, v128.bitselect(y, aStep == 0 ? left : v128.load(a), v128.eq<T>(is, i32x4.splat(0))))
  }
  for (; i < count; i++, c += cStep, a += aStep, b += bStep, out += sizeof<T>())
    store<T>(out, load<u8>(c) != 0 ? load<T>(a) : load<T>(b))
}
