import { scalarKernels } from './scalar-kernels.ts'

/** sin(x + quarters · π/2); beyond 8192 the error grows with x, as that of a rounded argument does. */
const sinOfQuarters = `float sinOfQuarters(float x, int quarters) {
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
}
`

const hyperbolicTangent = `float hyperbolicTangent(float x) {
  float size = abs(x);
  if (isNaNumber(x) || x == 0.0) return x;
  if (size > 9.1) return withSignOf(1.0, x);
  if (size >= 0.625) return withSignOf(1.0 - 2.0 / (exponential(2.0 * size) + 1.0), x);
  float z = x * x;
  float p = ((((-5.70498872745e-3 * z + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z - 3.33332819422e-1);
  return p * z * x + x;
}
`

const logistic = `float logistic(float x) {
  float e = exponential(-abs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}
`

const roundedHalfEven = `float roundedHalfEven(float x) {
  if (!(abs(x) < 8388608.0) || x == 0.0) return x;
  float down = floor(x);
  float rest = x - down;
  float up = rest > 0.5 || (rest == 0.5 && mod(down, 2.0) != 0.0) ? down + 1.0 : down;
  return up == 0.0 ? withSignOf(0.0, x) : up;
}
`

/** Ops of one number `x`. */
export const unaryKernels = scalarKernels({
  neg: '-x',
  abs: 'abs(x)',
  sign: { value: 'x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x', whole: 'sign(x)' },
  square: 'x * x',
  exp: 'exponential(x)',
  expm1: 'exponentialLess1(x)',
  log: 'logarithm(x)',
  log1p: 'logarithmOf1And(x)',
  sqrt: 'squareRoot(x)',
  reciprocal: 'quotient(1.0, x)',
  sin: { value: 'sinOfQuarters(x, 0)', functions: sinOfQuarters },
  cos: { value: 'sinOfQuarters(x, 1)', functions: sinOfQuarters },
  tanh: { value: 'hyperbolicTangent(x)', functions: hyperbolicTangent },
  sigmoid: { value: 'logistic(x)', functions: logistic },
  softplus: 'larger(x, 0.0) + logarithmOf1And(exponential(-abs(x)))',
  floor: 'x == 0.0 ? x : floor(x)',
  ceil: '-floor(-x)',
  round: { value: 'roundedHalfEven(x)', functions: roundedHalfEven },
  logicalNot: 'x == 0',
  isNaN: 'isNaNumber(x)',
  isFinite: '!isNaNumber(x) && !isInfinite(x)',
})
