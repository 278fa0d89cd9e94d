/**
 * Functions of GLSL ES 3.00 that kernels may call, each after those it calls itself. Built-in functions promise little (sin and cos
 * an absolute error of 2⁻¹¹, nothing at all of NaN, of `log(0)`, of `tanh` beyond 10): these use + − × and bits, after Cephes, and
 * stay within two units in the last place wherever + − × are rounded as IEEE 754 asks.
 */
export const helpers: Readonly<Record<string, string>> = {
  number: `float number(uint bits) { return uintBitsToFloat(bits); }`,
  isNaNumber: `bool isNaNumber(float x) { return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u; }`,
  isInfinite: `bool isInfinite(float x) { return (floatBitsToUint(x) & 0x7fffffffu) == 0x7f800000u; }`,
  isNegative: `bool isNegative(float x) { return (floatBitsToUint(x) >> 31) == 1u; }`,
  withSignOf: `float withSignOf(float size, float x) { return isNegative(x) ? -size : size; }`,
  powerOfTwo: `float powerOfTwo(int n) { return uintBitsToFloat(uint(n + 127) << 23); }`,
  // In two steps, each within the range of a float.
  scaled: `float scaled(float x, int n) { int half_ = n >> 1; return x * powerOfTwo(half_) * powerOfTwo(n - half_); }`,
  // exp(r) − 1 for |r| ≤ 0.35.
  smallExpm1: `float smallExpm1(float r) {
  float p = 1.9875691500e-4;
  p = p * r + 1.3981999507e-3;
  p = p * r + 8.3334519073e-3;
  p = p * r + 4.1665795894e-2;
  p = p * r + 1.6666665459e-1;
  p = p * r + 5.0000001201e-1;
  return p * r * r + r;
}`,
  // x − n ln 2, ln 2 in two parts, the first of which has few bits.
  remainderOfExp: `float remainderOfExp(float x, float n) { return (x - n * 0.693359375) + n * 2.12194440e-4; }`,
  // At the ends it is ∞ and 0. Without returns in between: 1.7 instead of 1.2 times as fast as TensorFlow.js for a million on SwiftShader, 0.85
  // instead of 0.77 on llvmpipe (medians of 20 rounds).
  exponential: `float exponential(float x) {
  float inside = clamp(x, -104.0, 89.0);
  float n = floor(inside * 1.44269504088896341 + 0.5);
  float y = scaled(1.0 + smallExpm1(remainderOfExp(inside, n)), int(n));
  return isNaNumber(x) ? x : y;
}`,
  exponentialLess1: `float exponentialLess1(float x) {
  if (x == 0.0 || isNaNumber(x)) return x;
  if (x > 80.0) return exponential(x);
  if (x < -20.0) return -1.0;
  float n = floor(x * 1.44269504088896341 + 0.5);
  float power = powerOfTwo(int(n));
  return power * smallExpm1(remainderOfExp(x, n)) + (power - 1.0);
}`,
  // log(1 + m) − m for √½ ≤ 1 + m ≤ √2.
  logRemainder: `float logRemainder(float m) {
  float p = 7.0376836292e-2;
  p = p * m - 1.1514610310e-1;
  p = p * m + 1.1676998740e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  float z = m * m;
  return p * m * z - 0.5 * z;
}`,
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
  logarithm: `float logarithm(float x) {
  if (isNaNumber(x) || x < 0.0) return number(0x7fc00000u);
  if (x == 0.0) return number(0xff800000u);
  if (isInfinite(x)) return x;
  float e;
  float m = splitFloat(x, e);
  return (m + (logRemainder(m) - e * 2.12194440e-4)) + e * 0.693359375;
}`,
  logarithmOf1And: `float logarithmOf1And(float x) {
  if (x == 0.0 || isNaNumber(x)) return x;
  if (x > -0.29 && x < 0.41) return x + logRemainder(x);
  return logarithm(1.0 + x);
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
  // sin(x + quarters · π/2); beyond 8192 the error grows with x, as that of a rounded argument does.
  sinOfQuarters: `float sinOfQuarters(float x, int quarters) {
  if (isNaNumber(x) || isInfinite(x)) return number(0x7fc00000u);
  if (abs(x) > 1.0e7) return quarters == 0 ? sin(x) : cos(x);
  float n = floor(x * 0.636619772367581343 + 0.5);
  float r = ((x - n * 1.5703125) - n * 4.837512969970703125e-4) - n * 7.549789954891e-8;
  int q = (int(n) + quarters) & 3;
  float z = r * r;
  float s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * r + r;
  float c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
  float y = (q & 1) == 0 ? s : c;
  return q > 1 ? -y : y;
}`,
  hyperbolicTangent: `float hyperbolicTangent(float x) {
  float size = abs(x);
  if (isNaNumber(x) || x == 0.0) return x;
  if (size > 9.1) return withSignOf(1.0, x);
  if (size >= 0.625) return withSignOf(1.0 - 2.0 / (exponential(2.0 * size) + 1.0), x);
  float z = x * x;
  float p = ((((-5.70498872745e-3 * z + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z - 3.33332819422e-1);
  return p * z * x + x;
}`,
  logistic: `float logistic(float x) {
  float e = exponential(-abs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}`,
  roundedHalfEven: `float roundedHalfEven(float x) {
  if (!(abs(x) < 8388608.0) || x == 0.0) return x;
  float down = floor(x);
  float rest = x - down;
  float up = rest > 0.5 || (rest == 0.5 && mod(down, 2.0) != 0.0) ? down + 1.0 : down;
  return up == 0.0 ? withSignOf(0.0, x) : up;
}`,
  // Equal numbers have the same bits but for the sign of 0. NaN is asked for first: llvmpipe makes `a > b ? a : b` a maximum that drops NaN.
  larger: `float larger(float a, float b) { return isNaNumber(a) || isNaNumber(b) ? number(0x7fc00000u) : a == b ? number(floatBitsToUint(a) & floatBitsToUint(b)) : a > b ? a : b; }
int larger(int a, int b) { return a > b ? a : b; }
uint larger(uint a, uint b) { return a > b ? a : b; }`,
  smaller: `float smaller(float a, float b) { return isNaNumber(a) || isNaNumber(b) ? number(0x7fc00000u) : a == b ? number(floatBitsToUint(a) | floatBitsToUint(b)) : a < b ? a : b; }
int smaller(int a, int b) { return a < b ? a : b; }
uint smaller(uint a, uint b) { return a < b ? a : b; }`,
  // |x| ** y for finite x ≠ 0 and y: the whole part of y · log₂|x| is kept apart, so that its fraction keeps its digits.
  positivePower: `float positivePower(float x, float y) {
  float e;
  float m = splitFloat(x, e);
  float whole = y * e;
  float rest = y * ((m + logRemainder(m)) * 1.44269504088896341);
  if (whole + rest > 130.0) return number(0x7f800000u);
  if (whole + rest < -152.0) return 0.0;
  float n = floor(whole + rest + 0.5);
  return scaled(1.0 + smallExpm1(((whole - n) + rest) * 0.693147180559945309), int(n));
}`,
  power: `float power(float x, float y) {
  float size = abs(x);
  if (y == 0.0 || x == 1.0) return 1.0;
  if (isNaNumber(x) || isNaNumber(y)) return number(0x7fc00000u);
  bool isWhole = isInfinite(y) || floor(y) == y;
  bool isOdd = abs(y) < 16777216.0 && isWhole && mod(y, 2.0) != 0.0;
  float sign_ = isOdd && isNegative(x) ? -1.0 : 1.0;
  if (isInfinite(y)) {
    if (size == 1.0) return 1.0;
    return (size > 1.0) == (y > 0.0) ? number(0x7f800000u) : 0.0;
  }
  if (size == 0.0 || isInfinite(x)) return sign_ * ((size == 0.0) == (y > 0.0) ? 0.0 : number(0x7f800000u));
  if (x < 0.0 && !isWhole) return number(0x7fc00000u);
  return sign_ * positivePower(size, y);
}`,
  // The whole part of x modulo 2³², as JavaScript's \`x | 0\`; of what is no number, 0.
  wrapped: `uint wrapped(float x) {
  uint bits = floatBitsToUint(x);
  int e = int((bits >> 23) & 255u) - 150;
  if (e >= 32 || e < -23) return 0u;
  uint m = (bits & 0x7fffffu) | 0x800000u;
  uint size = e >= 0 ? m << uint(e) : m >> uint(-e);
  return (bits >> 31) == 1u ? 0u - size : size;
}`,
  onesIn: `int onesIn(uint word) {
  word = word - ((word >> 1) & 0x55555555u);
  word = (word & 0x33333333u) + ((word >> 2) & 0x33333333u);
  return int((((word + (word >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24);
}`,
}

/** The functions that a piece of GLSL calls, and those that they call. */
export function helpersOf(source: string): string {
  const names = Object.keys(helpers)
  const needed = new Set<string>()
  const visit = (text: string): void => {
    for (const name of names) {
      if (needed.has(name) || !new RegExp(`\\b${name}\\(`).test(text)) continue
      needed.add(name)
      visit(helpers[name])
    }
  }
  visit(source)
  return names
    .filter((name) => needed.has(name))
    .map((name) => `${helpers[name]}\n`)
    .join('')
}
