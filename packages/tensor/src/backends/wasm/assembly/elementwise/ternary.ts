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

/**
 * out[i] = x[i], but not below low[i] and not above high[i]; steps of bytes, 0 where an operand is stretched. The comparisons are false of
 * NaN, so that a bound that is NaN is asked for by itself; on a bound the result is x.
 */
// instances: f32 f64 i32 u32
function clip<T>(count: i32, x: usize, xStep: usize, low: usize, lowStep: usize, high: usize, highStep: usize, out: usize): void {
  const last = out + (<usize>count << alignof<T>())
  if ((xStep | lowStep | highStep | sizeof<T>()) == sizeof<T>()) {
    const shift = 4 - alignof<T>()
    const x0 = v128.splat<T>(load<T>(x))
    const low0 = v128.splat<T>(load<T>(low))
    const high0 = v128.splat<T>(load<T>(high))
    const lastVector = out + ((<usize>count << alignof<T>()) & ~15)
    for (; out != lastVector; x += xStep << shift, low += lowStep << shift, high += highStep << shift, out += 16) {
      const value = xStep == 0 ? x0 : v128.load(x)
      const least = lowStep == 0 ? low0 : v128.load(low)
      const most = highStep == 0 ? high0 : v128.load(high)
      const raised = v128.bitselect(least, value, v128.or(v128.lt<T>(value, least), v128.ne<T>(least, least)))
      v128.store(out, v128.bitselect(most, raised, v128.or(v128.gt<T>(raised, most), v128.ne<T>(most, most))))
    }
  }
  for (; out != last; x += xStep, low += lowStep, high += highStep, out += sizeof<T>()) {
    const least = load<T>(low)
    const most = load<T>(high)
    const value = load<T>(x)
    const raised = value < least || least != least ? least : value
    store<T>(out, raised > most || most != most ? most : raised)
  }
}
