import { machineEpsilon } from '../../../../dtype.ts'
import { floatLiteral } from '../../glsl/literals.ts'
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

/**
 * Of every matrix the threshold up to which a pivot is dropped, ε · the largest diagonal entry; then of every matrix the slack,
 * 64 ε · the sum of the diagonal's magnitudes. The reference backend says why these.
 */
export const boundsSource = (n: number): string => `float element(int i) {
  int batch = int(user_batch);
  int b = i % batch;
  float largest = 0.0;
  float slack = number(0x00800000u);
  for (int r = 0; r < ${n}; r++) {
    float entry = at_a(b * ${n} + r);
    largest = larger(largest, entry);
    slack += ${floatLiteral(64 * machineEpsilon('float32'))} * abs(entry);
  }
  return i < batch ? ${floatLiteral(machineEpsilon('float32'))} * largest : slack;
}`

/**
 * `[A | B]` of every matrix, A its symmetric part, then A with the slack on its diagonal; rows and columns that are filled up are 0,
 * unknowns whose pivots are dropped.
 */
export const joinedSource = ({ n, m, groups, right }: SolveSizes): string =>
  entriesSource(
    `float entry(int which, int r, int c) {
  int batch = int(user_batch);
  int b = which % batch;
  int k = c - ${4 * groups};
  if (r >= ${n}) return 0.0;
  if (k >= 0) return k < ${m} && which < batch ? at_b((b * ${n} + r) * ${m} + k) : 0.0;
  if (c >= ${n}) return 0.0;
  float part = 0.5 * at_a((b * ${n} + r) * ${n} + c) + 0.5 * at_a((b * ${n} + c) * ${n} + r);
  return r == c && which >= batch ? part + at_c(which) : part;
}`,
    groups,
    4 * groups + right,
  )

/** `y / by`. By 0, of an unknown that was dropped: 0, and NaN where y is not finite, so that the result shows it. */
const dividedSource = `vec4 divided(vec4 y, float by) {
  if (by != 0.0) return y / by;
  uvec4 exponents = floatBitsToUint(y) & 0x7f800000u;
  return mix(vec4(0.0), vec4(number(0x7fc00000u)), equal(exponents, uvec4(0x7f800000u)));
}
`

/**
 * The rows after a round of elimination; `r0` … `r3` are the panel's rows of R. Of a matrix with the slack, whose right
 * sides are not used, pivots are dropped up to 0. `solved` is R⁻ᵀ times four columns of the panel's rows. What is done in an earlier round, lies below the diagonal or is a right side of a matrix
 * with the slack stays as it is: none of these is read again.
 */
export const eliminationSource = ({ groups, right }: SolveSizes): string => {
  const width = 4 * groups + right
  return `${dividedSource}vec4 r0, r1, r2, r3;
float rootOf(float pivot, float least) { return pivot <= least ? 0.0 : sqrt(pivot); }
void factor(int at, float least) {
  vec4 d = four_a(at);
  r0 = divided(d, rootOf(d.x, least));
  d = four_b(at) - r0.y * r0;
  r1 = divided(d, rootOf(d.y, least));
  d = four_c(at) - r0.z * r0 - r1.z * r1;
  r2 = divided(d, rootOf(d.z, least));
  d = four_d(at) - r0.w * r0 - r1.w * r1 - r2.w * r2;
  r3 = divided(d, rootOf(d.w, least));
}
mat4 solved(int at) {
  mat4 u;
  u[0] = divided(four_a(at), r0.x);
  u[1] = divided(four_b(at) - r0.y * u[0], r1.y);
  u[2] = divided(four_c(at) - r0.z * u[0] - r1.z * u[1], r2.z);
  u[3] = divided(four_d(at) - r0.w * u[0] - r1.w * u[1] - r2.w * u[2], r3.w);
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
  int which = i / ${width * groups};
  bool hasSlack = which >= int(user_batch);
  if (g < p || c < 4 * g || hasSlack && c >= ${4 * groups}) return first;
  int panel = (i / ${width} - g + p) * ${width};
  factor(panel + 4 * p, hasSlack ? 0.0 : at_e(which));
  mat4 u = solved(panel + c);
  if (g == p) { more1 = u[1]; more2 = u[2]; more3 = u[3]; return u[0]; }
  mat4 v = transpose(solved(panel + 4 * g));
  more1 -= u * v[1];
  more2 -= u * v[2];
  more3 -= u * v[3];
  return first - u * v[0];
}`
}

/** NaN where a matrix is not finite, or where a pivot was dropped even with the slack: there the solution is NaN. */
export const verdictSource = ({
  n,
  groups,
  right,
}: SolveSizes): string => `${atRowSource}float element(int b) {
  bool isIndefinite = false;
  int from = (b + int(user_batch)) * ${groups};
  for (int r = 0; r < ${n}; r++) {
    float root = at_row(r, (from + (r >> 2)) * ${4 * groups + right} + r);
    isIndefinite = isIndefinite || isNaNumber(root) || root <= 0.0;
  }
  return isIndefinite ? number(0x7fc00000u) : at_e(b);
}`

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
