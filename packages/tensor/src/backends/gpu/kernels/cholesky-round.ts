import { machineEpsilon } from '../../../dtype.ts'
import { floatLiteral } from '../glsl/literals.ts'
import { atRowSource, entriesSource } from './row-quads.ts'

/** A solve: `groups` panels of four unknowns, the right sides filled up to `right` columns. */
export interface SolveSizes {
  readonly batch: number
  readonly n: number
  readonly m: number
  readonly groups: number
  readonly right: number
}

/** The diagonal entry of every row, NaN where the row has anything but finite numbers. */
export const diagonalSource = (n: number): string => `float element(int i) {
  int r = i % ${n};
  int at = i * ${n};
  bool isWhole = true;
  for (int c = 0; c < ${n}; c++) { float entry = at_a(at + c); isWhole = isWhole && !isNaNumber(entry) && !isInfinite(entry); }
  return isWhole ? at_a(at + r) : number(0x7fc00000u);
}`

/** ε · max of these: the reference backend says why. */
export const thresholdSource = (n: number): string => `float element(int i) {
  float largest = 0.0;
  for (int r = 0; r < ${n}; r++) largest = larger(largest, at_a(i * ${n} + r));
  return ${floatLiteral(machineEpsilon('float32'))} * largest;
}`

/** `[A | B]`, A its symmetric part; rows and columns that are filled up are 0, unknowns that will be dropped. */
export const joinedSource = ({ n, m, groups, right }: SolveSizes): string =>
  entriesSource(
    `float entry(int b, int r, int c) {
  int k = c - ${4 * groups};
  if (r >= ${n}) return 0.0;
  if (k < 0) return c < ${n} ? 0.5 * at_a((b * ${n} + r) * ${n} + c) + 0.5 * at_a((b * ${n} + c) * ${n} + r) : 0.0;
  return k < ${m} ? at_b((b * ${n} + r) * ${m} + k) : 0.0;
}`,
    groups,
    4 * groups + right,
  )

/** An unknown that was dropped is 0, unless its right-hand side is no finite number, which must be seen. */
const dividedSource = `vec4 divided(vec4 y, float by) {
  if (by != 0.0) return y / by;
  uvec4 exponents = floatBitsToUint(y) & 0x7f800000u;
  return mix(vec4(0.0), vec4(number(0x7fc00000u)), equal(exponents, uvec4(0x7f800000u)));
}
`

/** The rows after a round of elimination; `r0` … `r3` are the panel's rows of R. */
export const eliminationSource = ({ groups, right }: SolveSizes): string => {
  const width = 4 * groups + right
  return `${dividedSource}vec4 r0, r1, r2, r3;
vec4 pivots;
float slack;
float rootOf(float pivot, float least) { return pivot <= least ? pivot < -slack ? number(0x7fc00000u) : 0.0 : sqrt(pivot); }
// What stands beside a pivot that is dropped, none of it more than a matrix without negative pivots has there, \`diagonal\` below it.
vec4 beside(vec4 d, float by, float pivot, vec4 diagonal) {
  if (by != 0.0) return d / by;
  vec4 most = sqrt(pivot + slack) * sqrt(max(vec4(0.0), diagonal + slack));
  return mix(vec4(0.0), vec4(number(0x7fc00000u)), greaterThan(abs(d), most));
}
// The pivot itself and what is left of it are no matter.
vec4 rowOf(vec4 d, int own, float least, vec4 diagonal) {
  float pivot = d[own];
  float by = rootOf(pivot, least);
  pivots[own] = pivot;
  if (by == 0.0) for (int k = 0; k <= own; k++) d[k] = 0.0;
  return beside(d, by, pivot, diagonal);
}
vec4 diagonalAt(int at) { return vec4(four_a(at).x, four_b(at).y, four_c(at).z, four_d(at).w); }
void factor(int at, float least) {
  slack = least * ${floatLiteral(1 / Math.sqrt(machineEpsilon('float32')))};
  vec4 diagonal = diagonalAt(at);
  r0 = rowOf(four_a(at), 0, least, diagonal);
  r1 = rowOf(four_b(at) - r0.y * r0, 1, least, diagonal);
  r2 = rowOf(four_c(at) - r0.z * r0 - r1.z * r1, 2, least, diagonal);
  r3 = rowOf(four_d(at) - r0.w * r0 - r1.w * r1 - r2.w * r2, 3, least, diagonal);
}
vec4 over(vec4 d, float by, int own, bool isRight, vec4 diagonal) {
  return isRight ? divided(d, by) : beside(d, by, pivots[own], diagonal);
}
// Four columns of the panel's rows, R⁻ᵀ times what they are.
mat4 solved(int at, bool isRight, vec4 diagonal) {
  mat4 u;
  u[0] = over(four_a(at), r0.x, 0, isRight, diagonal);
  u[1] = over(four_b(at) - r0.y * u[0], r1.y, 1, isRight, diagonal);
  u[2] = over(four_c(at) - r0.z * u[0] - r1.z * u[1], r2.z, 2, isRight, diagonal);
  u[3] = over(four_d(at) - r0.w * u[0] - r1.w * u[1] - r2.w * u[2], r3.w, 3, isRight, diagonal);
  return u;
}
vec4 texel(int i) {
  int c = i % ${width};
  int g = i / ${width} % ${groups};
  int p = int(user_panel);
  more1 = four_b(i);
  more2 = four_c(i);
  more3 = four_d(i);
  vec4 first = four_a(i);
  // Done, or below the diagonal, where nobody looks.
  if (g < p || c < 4 * g) return first;
  int panel = (i / ${width} - g + p) * ${width};
  factor(panel + 4 * p, at_e(i / ${width * groups}));
  int own = (i / ${width} - g) * ${width};
  bool isRight = c >= ${4 * groups};
  mat4 u = solved(panel + c, isRight, isRight ? vec4(0.0) : diagonalAt(own + c / 4 * ${width} + c));
  if (g == p) { more1 = u[1]; more2 = u[2]; more3 = u[3]; return u[0]; }
  mat4 v = transpose(solved(panel + 4 * g, false, diagonalAt(own + g * ${width} + 4 * g)));
  more1 -= u * v[1];
  more2 -= u * v[2];
  more3 -= u * v[3];
  return first - u * v[0];
}`
}

/** The right sides alone. */
export const sidesSource = ({ groups, right }: SolveSizes): string => {
  const width = 4 * groups + right
  return `vec4 texel(int i) {
  int at = i / ${right} * ${width} + ${4 * groups} + i % ${right};
  more1 = four_b(at);
  more2 = four_c(at);
  more3 = four_d(at);
  return four_a(at);
}`
}

/** The right sides after a round of substitution, of the factor and them. */
export const substitutionSource = ({ groups, right }: SolveSizes): string => {
  const width = 4 * groups + right
  return `${dividedSource}vec4 texel(int i) {
  int g = i / ${right} % ${groups};
  int p = int(user_panel);
  more1 = four_f(i);
  more2 = four_g(i);
  more3 = four_h(i);
  vec4 first = four_e(i);
  if (g > p) return first;
  int panel = i / ${right} - g + p;
  int at = panel * ${width} + 4 * p;
  int from = panel * ${right} + i % ${right};
  vec4 r0 = four_a(at), r1 = four_b(at), r2 = four_c(at);
  mat4 x;
  x[3] = divided(four_h(from), four_d(at).w);
  x[2] = divided(four_g(from) - r2.w * x[3], r2.z);
  x[1] = divided(four_f(from) - r1.z * x[2] - r1.w * x[3], r1.y);
  x[0] = divided(four_e(from) - r0.y * x[1] - r0.z * x[2] - r0.w * x[3], r0.x);
  if (g == p) { more1 = x[1]; more2 = x[2]; more3 = x[3]; return x[0]; }
  int row = i / ${right} * ${width} + 4 * p;
  more1 -= x * four_b(row);
  more2 -= x * four_c(row);
  more3 -= x * four_d(row);
  return first - x * four_a(row);
}`
}

/** The solution in rows again. */
export const resultSource = ({
  n,
  m,
  groups,
  right,
}: SolveSizes): string => `${atRowSource}float element(int i) {
  int b = i / ${n * m};
  int r = i / ${m} % ${n};
  float x = at_row(r, (b * ${groups} + (r >> 2)) * ${right} + i % ${m});
  return isNaNumber(at_e(b)) ? number(0x7fc00000u) : x;
}`
