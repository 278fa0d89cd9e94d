import type { ScalarFunction } from '../../../../ops/linear-algebra/scalar-function.ts'
import { floatLiteral } from '../../glsl/literals.ts'

/** Terms of the Taylor series: later ones are below the rounding of float32. Whole exponents up to 64 are polynomials, as in the reference backend. */
const TERMS = 14
const HIGHEST_POLYNOMIAL = 64

/** GLSL of a function of one number `x`. */
export const valueOf = ({ kind, exponent }: ScalarFunction, x: string): string =>
  kind === 'exp'
    ? `exponential(${x})`
    : kind === 'log'
      ? `logarithm(${x})`
      : `power(${x}, ${floatLiteral(exponent)})`

/** GLSL that declares `float divided()`: the divided difference of `node[0] … node[order]`, order ≥ 1, which it overwrites. The reference backend says why it is computed so. */
export function dividedSource(f: ScalarFunction, order: number): string {
  const { kind, exponent } = f
  const isWhole = kind === 'power' && Number.isInteger(exponent)
  const count = order + 1
  const start = `float node[${count}];\nfloat h[${count}];\n`
  if (isWhole && exponent >= 0 && exponent <= HIGHEST_POLYNOMIAL) {
    const degree = exponent - order
    if (degree < 0) return `${start}float divided() { return 0.0; }\n`
    return `${start}float divided() {
  for (int i = 0; i < ${count}; i++) h[i] = 1.0;
  for (int m = 0; m < ${degree}; m++) {
    float total = 0.0;
    for (int i = 0; i < ${count}; i++) { total += node[i] * h[i]; h[i] = total; }
  }
  return h[${order}];
}
`
  }
  const p = floatLiteral(exponent)
  const spread = floatLiteral(0.5 / Math.max(1, Math.abs(exponent)))
  const isNear = kind === 'exp' ? 'high - low <= 1.0' : `high - low <= ${spread} * min(abs(low), abs(high))`
  const difference =
    kind === 'exp'
      ? 'exponential(high) - exponential(low)'
      : kind === 'log'
        ? 'logarithm(high / low)'
        : `abs(${p} * logarithm(high / low)) < 1.0 ? power(low, ${p}) * exponentialLess1(${p} * logarithm(high / low)) : power(high, ${p}) - power(low, ${p})`
  const coefficient = {
    exp: 'float t = exponential(c); for (int j = 1; j <= k; j++) t /= float(j);',
    log: 'float t = quotient((k & 1) == 1 ? 1.0 : -1.0, float(k) * power(c, float(k)));',
    power: `float t = power(c, ${p} - float(k)); for (int j = 0; j < k; j++) t *= (${p} - float(j)) / float(j + 1);`,
  }[kind]
  const next = {
    exp: '1.0 / k',
    log: '(1.0 - k) / (k * c)',
    power: `(${p} - k + 1.0) / (k * c)`,
  }[kind]
  // A negative eigenvalue is outside the domain; nodes are sorted by then.
  const refused = kind === 'exp' || isWhole ? '' : '  if (node[0] < 0.0) return number(0x7fc00000u);\n'
  return `${start}float table[${count}];
float nextOver(float k, float c) { return ${next}; }
float taylor(int first, int k) {
  float c = node[first] + 0.5 * (node[first + k] - node[first]);
  ${coefficient}
  if (node[first] == node[first + k]) return t;
  float sum_ = t;
  for (int i = 0; i <= k; i++) h[i] = 1.0;
  for (int m = 1; m < ${TERMS}; m++) {
    t *= nextOver(float(k + m), c);
    float total = 0.0;
    for (int i = 0; i <= k; i++) { total += (node[first + i] - c) * h[i]; h[i] = total; }
    sum_ += t * total;
  }
  return sum_;
}
void sorted() {
  for (int i = 1; i < ${count}; i++) for (int at = i; at > 0; at--) if (node[at - 1] > node[at]) {
    float held = node[at];
    node[at] = node[at - 1];
    node[at - 1] = held;
  }
}
float divided() {
  sorted();
${refused}  for (int i = 0; i < ${count}; i++) table[i] = ${valueOf(f, 'node[i]')};
  for (int k = 1; k < ${count}; k++) for (int i = 0; i + k < ${count}; i++) {
    float low = node[i];
    float high = node[i + k];
    if (${isNear}) table[i] = taylor(i, k);
    else if (k == 1) table[i] = (${difference}) / (high - low);
    else table[i] = (table[i + 1] - table[i]) / (high - low);
  }
  return table[0];
}
`
}
