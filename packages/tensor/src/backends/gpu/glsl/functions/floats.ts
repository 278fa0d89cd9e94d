/** Bits of floats, and what built-in functions do not promise of NaN, of infinities and of signed zeros. Each comes after those that it calls. */
export const floats: Readonly<Record<string, string>> = {
  number: `float number(uint bits) { return uintBitsToFloat(bits); }`,
  isNaNumber: `bool isNaNumber(float x) { return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u; }`,
  isInfinite: `bool isInfinite(float x) { return (floatBitsToUint(x) & 0x7fffffffu) == 0x7f800000u; }`,
  isNegative: `bool isNegative(float x) { return (floatBitsToUint(x) >> 31) == 1u; }`,
  withSignOf: `float withSignOf(float size, float x) { return isNegative(x) ? -size : size; }`,
  powerOfTwo: `float powerOfTwo(int n) { return uintBitsToFloat(uint(n + 127) << 23); }`,
  // x · 2ⁿ, in two factors: 2ⁿ alone may be outside the range of a float.
  scaled: `float scaled(float x, int n) { int half_ = n >> 1; return x * powerOfTwo(half_) * powerOfTwo(n - half_); }`,
  // x = 2^exponent · (1 + mantissa), √½ ≤ 1 + mantissa ≤ √2, for x > 0.
  splitFloat: `float splitFloat(float x, out float exponent) {
  float below = 0.0;
  if (x < 1.17549435e-38) { x *= 16777216.0; below = 24.0; }
  uint bits = floatBitsToUint(x);
  exponent = float(int(bits >> 23) - 126) - below;
  float m = uintBitsToFloat((bits & 0x7fffffu) | 0x3f000000u);
  if (m < 0.707106781) { exponent -= 1.0; return m + m - 1.0; }
  return m - 1.0;
}`,
  squareRoot: `float squareRoot(float x) {
  if (isNaNumber(x) || x < 0.0) return number(0x7fc00000u);
  return x == 0.0 || isInfinite(x) ? x : sqrt(x);
}`,
  quotient: `float quotient(float a, float b) {
  if (isNaNumber(a) || isNaNumber(b)) return number(0x7fc00000u);
  bool sign_ = isNegative(a) != isNegative(b);
  if (b == 0.0 || isInfinite(a)) {
    if (a == 0.0 || isInfinite(b)) return number(0x7fc00000u);
    return number(sign_ ? 0xff800000u : 0x7f800000u);
  }
  if (isInfinite(b)) return sign_ ? -0.0 : 0.0;
  return a / b;
}`,
  // Equal numbers have the same bits but for the sign of 0. NaN is asked for first: llvmpipe makes `a > b ? a : b` a maximum that drops NaN.
  larger: `float larger(float a, float b) { return isNaNumber(a) || isNaNumber(b) ? number(0x7fc00000u) : a == b ? number(floatBitsToUint(a) & floatBitsToUint(b)) : a > b ? a : b; }
int larger(int a, int b) { return a > b ? a : b; }
uint larger(uint a, uint b) { return a > b ? a : b; }`,
  smaller: `float smaller(float a, float b) { return isNaNumber(a) || isNaNumber(b) ? number(0x7fc00000u) : a == b ? number(floatBitsToUint(a) | floatBitsToUint(b)) : a < b ? a : b; }
int smaller(int a, int b) { return a < b ? a : b; }
uint smaller(uint a, uint b) { return a < b ? a : b; }`,
}
