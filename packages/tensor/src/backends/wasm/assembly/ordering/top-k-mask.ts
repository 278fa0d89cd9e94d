/** The bits of a magnitude, which are ordered as magnitudes are; those of NaN are the largest, and all the same. */
@inline function magnitudeAt<U>(at: usize): U {
  const bits: U = load<U>(at) & (<U>-1 >> 1)
  return min<U>(bits, sizeof<U>() == 4 ? <U>0x7f800001 : <U>0x7ff0000000000001)
}

/**
 * 1 at the k largest magnitudes of every row, the first of equals; NaN is larger than all numbers. The k-th is found bit by bit (U: of bits
 * that are ordered as magnitudes are), without sorting.
 */
// instances: f32<u32> f64<u64>
@inline function topKMask<U>(rows: i32, length: i32, k: i32, x: usize, out: usize): void {
  const magnitude: U = <U>-1 >> 1
  for (let r = 0; r < rows; r++, x += <usize>length * sizeof<U>()) {
    let least: U = 0
    for (let bit: U = (magnitude >> 1) + 1; bit != 0; bit >>= 1) {
      const candidate: U = least | bit
      let count = 0
      for (let i = 0; i < length; i++) count += i32(magnitudeAt<U>(x + <usize>i * sizeof<U>()) >= candidate)
      if (count >= k) least = candidate
    }
    let left = k
    for (let i = 0; i < length; i++) left -= i32(magnitudeAt<U>(x + <usize>i * sizeof<U>()) > least)
    for (let i = 0; i < length; i++, out++) {
      const value: U = magnitudeAt<U>(x + <usize>i * sizeof<U>())
      const isTie = value == least && left > 0
      if (isTie) left--
      store<u8>(out, u8(value > least || isTie))
    }
  }
}
