// The engine's own functions: V8 calls them from WebAssembly without going through JavaScript, and they cost no bytes here,
// where the tables of a `pow` alone are 4 KB. They differ from engine to engine in the last place of float64.
@external('Math', 'expm1') export declare function expm1(x: f64): f64
@external('Math', 'log') export declare function log(x: f64): f64
@external('Math', 'log1p') export declare function log1p(x: f64): f64
@external('Math', 'sin') export declare function sin(x: f64): f64
@external('Math', 'cos') export declare function cos(x: f64): f64
@external('Math', 'tanh') export declare function tanh(x: f64): f64
@external('Math', 'pow') export declare function pow(x: f64, y: f64): f64
@external('Math', 'atan2') export declare function atan2(y: f64, x: f64): f64

/** 2ᵏ for −1022 ≤ k ≤ 1023. */
@inline function powerOfTwo(k: i64): f64 {
  return reinterpret<f64>((k + 1023) << 52)
}

/** eˣ as in src/elementary/exponential.ts, to the bit: engines differ in theirs, and what is trained on would differ with it. */
export function exp(x: f64): f64 {
  if (x > 709.79) return Infinity
  if (x < -745.14) return 0
  if (x != x) return x
  const whole = floor(x / 0.6931471805599453 + 0.5)
  const most = x - whole * 0.6931471803691238
  const part = whole * 1.9082149292705877e-10
  const r = most - part
  let series: f64 = 1.0 / 87178291200.0
  series = series * r + 1.0 / 6227020800.0
  series = series * r + 1.0 / 479001600.0
  series = series * r + 1.0 / 39916800.0
  series = series * r + 1.0 / 3628800.0
  series = series * r + 1.0 / 362880.0
  series = series * r + 1.0 / 40320.0
  series = series * r + 1.0 / 5040.0
  series = series * r + 1.0 / 720.0
  series = series * r + 1.0 / 120.0
  series = series * r + 1.0 / 24.0
  series = series * r + 1.0 / 6.0
  series = series * r + 1.0 / 2.0
  const sum = 1.0 + r
  const value = sum + (r - (sum - 1.0) + (most - r - part + r * r * series))
  const k = <i64>whole
  return value * powerOfTwo(k >> 1) * powerOfTwo(k - (k >> 1))
}
