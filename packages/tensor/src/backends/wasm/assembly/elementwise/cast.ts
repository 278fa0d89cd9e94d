// codes
enum CastSource {
  float32,
  float64,
  int32,
  uint32,
  bool,
}

/** An element of any dtype; float64 holds all of them exactly. */
@inline function element(type: i32, at: usize): f64 {
  if (type == CastSource.float32) return <f64>load<f32>(at)
  if (type == CastSource.float64) return load<f64>(at)
  if (type == CastSource.int32) return <f64>load<i32>(at)
  if (type == CastSource.uint32) return <f64>load<u32>(at)
  return <f64>load<u8>(at)
}

@inline function stride(type: i32): usize {
  return type == CastSource.float64 ? 8 : type == CastSource.bool ? 1 : 4
}

/** As JavaScript stores a number in an Int32Array: truncated, modulo 2³²; NaN and infinities are 0. */
@inline function wrap(x: f64): i32 {
  if (abs<f64>(x) < 2147483648) return <i32>x
  if (!isFinite(x)) return 0
  const whole = trunc<f64>(x)
  return <i32>(<u32>(whole - floor<f64>(whole / 4294967296) * 4294967296))
}

/** A number as T holds it: booleans, of one byte, say whether it is not 0. */
@inline function narrowed<T>(value: f64): T {
  if (isFloat<T>()) return <T>value
  return sizeof<T>() == 1 ? <T>(value != 0) : <T>wrap(value)
}

// instances: f32 f64 i32 u8
function cast<T>(from: i32, count: i32, x: usize, out: usize): void {
  const step = stride(from)
  for (let i = 0; i < count; i++, x += step, out += sizeof<T>()) store<T>(out, narrowed<T>(element(from, x)))
}
