// Dtypes by number, for the source of a cast.
const F32 = 0
const F64 = 1
const I32 = 2
const U32 = 3

/** An element of any dtype; float64 holds all of them exactly. */
// @ts-expect-error: decorator
@inline function element(type: i32, at: usize): f64 {
  if (type == F32) return <f64>load<f32>(at)
  if (type == F64) return load<f64>(at)
  if (type == I32) return <f64>load<i32>(at)
  if (type == U32) return <f64>load<u32>(at)
  return <f64>load<u8>(at)
}

// @ts-expect-error: decorator
@inline function stride(type: i32): usize {
  return type == F64 ? 8 : type > U32 ? 1 : 4
}

/** As JavaScript stores a number in an Int32Array: truncated, modulo 2³²; NaN and infinities are 0. */
// @ts-expect-error: decorator
@inline function wrap(x: f64): i32 {
  if (abs<f64>(x) < 2147483648) return <i32>x
  if (!isFinite(x)) return 0
  const whole = trunc<f64>(x)
  return <i32>(<u32>(whole - floor<f64>(whole / 4294967296) * 4294967296))
}

export function cast_f32(from: i32, count: i32, x: usize, out: usize): void {
  const step = stride(from)
  for (let i = 0; i < count; i++, x += step, out += 4) store<f32>(out, <f32>element(from, x))
}
export function cast_f64(from: i32, count: i32, x: usize, out: usize): void {
  const step = stride(from)
  for (let i = 0; i < count; i++, x += step, out += 8) store<f64>(out, element(from, x))
}
export function cast_i32(from: i32, count: i32, x: usize, out: usize): void {
  const step = stride(from)
  for (let i = 0; i < count; i++, x += step, out += 4) store<i32>(out, wrap(element(from, x)))
}
export function cast_u8(from: i32, count: i32, x: usize, out: usize): void {
  const step = stride(from)
  for (let i = 0; i < count; i++, x += step, out++) store<u8>(out, <u8>(element(from, x) != 0))
}
