/** Bytes of an element; a vector of 16 bytes has 16 / size lanes. */
@inline export function size<T>(): usize {
  return sizeof<T>()
}

@inline export function zero(): v128 {
  return i32x4.splat(0)
}

/** a · b + c: one rounding in the relaxed build, two in the plain one. */
@inline export function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c)
  return v128.add<T>(c, v128.mul<T>(a, b))
}

/** One element into every lane. */
@inline export function loadSplat<T>(at: usize): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(at)
  return v128.load64_splat(at)
}

/** The sum of the lanes. */
@inline export function lanesSum<T>(v: v128): T {
  if (sizeof<T>() == 4) {
    const pairs = v128.add<f32>(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1))
    return <T>(f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1))
  }
  return <T>(f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1))
}
