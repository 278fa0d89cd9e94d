import { scalarKernels } from './scalar-kernels.ts'

/**
 * Long division of |x| by |y| ≤ |x|, both finite, eight bits at a time in whole numbers. What is left is exact, in units of the last place of
 * y (2^exponent), whatever the hardware rounds. The quotient is exact below 2²⁴, and within a unit in the last place above. Of ints
 * GLSL divides only what is not negative.
 */
const longDivision = `uint longDivision(float x, float y, out float quotient, out uint divisor, out int exponent) {
  uint a = floatBitsToUint(abs(x));
  uint b = floatBitsToUint(abs(y));
  exponent = max(int(b >> 23), 1);
  divisor = (b & 0x7fffffu) | (b > 0x7fffffu ? 0x800000u : 0u);
  uint rest = (a & 0x7fffffu) | (a > 0x7fffffu ? 0x800000u : 0u);
  int bits = max(int(a >> 23), 1) - exponent;
  quotient = float(rest / divisor);
  rest %= divisor;
  for (; bits > 0; bits -= 8) {
    int part = min(bits, 8);
    rest <<= uint(part);
    quotient = quotient * float(1 << part) + float(rest / divisor);
    rest %= divisor;
  }
  exponent -= 150;
  return rest;
}
uint magnitude(int x) { return x < 0 ? 0u - uint(x) : uint(x); }
`

const remainderOf = `${longDivision}float remainderOf(float x, float y) {
  if (isNaNumber(x) || isNaNumber(y) || isInfinite(x) || y == 0.0) return number(0x7fc00000u);
  if (x == 0.0) return withSignOf(0.0, y);
  bool differs = isNegative(x) != isNegative(y);
  if (abs(x) < abs(y)) return differs ? x + y : x;
  float quotient;
  uint divisor;
  int exponent;
  uint rest = longDivision(x, y, quotient, divisor, exponent);
  if (differs && rest != 0u) rest = divisor - rest;
  return withSignOf(scaled(float(rest), exponent), y);
}
uint remainderOf(uint x, uint y) { return y == 0u ? 0u : x % y; }
int remainderOf(int x, int y) {
  uint size = magnitude(y);
  uint rest = remainderOf(magnitude(x), size);
  if (rest != 0u && (x < 0) != (y < 0)) rest = size - rest;
  return int(y < 0 ? 0u - rest : rest);
}
`

const floorQuotient = `${longDivision}float floorQuotient(float x, float y) {
  if (isNaNumber(x) || isNaNumber(y) || isInfinite(x) || y == 0.0) return y == 0.0 ? quotient(x, y) : number(0x7fc00000u);
  bool differs = isNegative(x) != isNegative(y);
  if (x == 0.0) return differs ? -0.0 : 0.0;
  if (abs(x) < abs(y)) return differs ? -1.0 : 0.0;
  float whole;
  uint divisor;
  int exponent;
  uint rest = longDivision(x, y, whole, divisor, exponent);
  return differs ? -(rest != 0u ? whole + 1.0 : whole) : whole;
}
uint floorQuotient(uint x, uint y) { return y == 0u ? 0u : x / y; }
int floorQuotient(int x, int y) {
  if (y == 0) return 0;
  uint size = magnitude(y);
  uint whole = floorQuotient(magnitude(x), size);
  bool differs = (x < 0) != (y < 0);
  if (differs && whole * size != magnitude(x)) whole++;
  return int(differs ? 0u - whole : whole);
}
`

/**
 * After Cephes, of the smaller coordinate by the larger: GLSL's own is undefined at the origin, and its error may be 4096 units.
 * Coordinates are scaled to where their sum and reciprocals are normal numbers; what becomes 0 is then nothing beside the other.
 */
const angle = `float angle(float y, float x) {
  if (isNaNumber(x) || isNaNumber(y)) return number(0x7fc00000u);
  float a = abs(y);
  float b = abs(x);
  if (isInfinite(a) || isInfinite(b)) {
    a = isInfinite(a) ? 1.0 : 0.0;
    b = isInfinite(b) ? 1.0 : 0.0;
  }
  float most = max(a, b);
  float least = min(a, b);
  float unit_ = most > 1.8e19 ? 5.421010862427522e-20 : most < 5.0e-20 ? 1.8446744073709552e19 : 1.0;
  most *= unit_;
  least *= unit_;
  bool isSteep = least > 0.414213562 * most;
  float t = most == 0.0 ? 0.0 : isSteep ? (least - most) / (least + most) : least / most;
  float z = t * t;
  float p = ((8.05374449538e-2 * z - 1.38776856032e-1) * z + 1.99777106478e-1) * z - 3.33329491539e-1;
  float r = (p * z * t + t) + (isSteep ? 0.785398163397448310 : 0.0);
  if (a > b) r = 1.57079632679489662 - r;
  if (isNegative(x)) r = 3.14159265358979324 - r;
  return withSignOf(r, y);
}
`

/** Ops of two numbers `x` and `y`. */
export const binaryKernels = scalarKernels({
  add: 'x + y',
  sub: 'x - y',
  mul: 'x * y',
  div: 'quotient(x, y)',
  remainder: { value: 'remainderOf(x, y)', functions: remainderOf },
  floorDiv: { value: 'floorQuotient(x, y)', functions: floorQuotient },
  atan2: { value: 'angle(x, y)', functions: angle },
  pow: 'power(x, y)',
  maximum: 'larger(x, y)',
  minimum: 'smaller(x, y)',
  equal: 'x == y',
  notEqual: 'x != y',
  less: 'x < y',
  lessEqual: 'x <= y',
  greater: 'x > y',
  greaterEqual: 'x >= y',
  logicalAnd: 'x != 0 && y != 0',
  logicalOr: 'x != 0 || y != 0',
})
