import { floatLiteral } from '../../glsl/literals.ts'

/**
 * GLSL of one round of Jacobi's method. Rows `[v | A v]` of 4 · groups vectors v lie four to a group (`row-quads.ts`), a pair above and a
 * pair below. Before each round the pairs above move one group on and those below one back, the very first staying where it is: after
 * 2 · groups − 1 rounds every pair has met every other and is where it was.
 */
const gatherSource = (groups: number): string => {
  const width = 8 * groups
  const end = `
  if (g == ${groups - 1}) {
    rows[2] = four_a(below);
    rows[3] = four_b(below);
  }`
  return `mat4 gathered(int place, int c) {
  int g = place % ${groups};
  int above = (g == 0 ? place : place - 1) * ${width} + c;
  int below = (g == ${groups - 1} ? place : place + 1) * ${width} + c;
  mat4 rows = mat4(four_a(above), four_b(above), four_c(below), four_d(below));
  if (g == 1) {
    rows[0] = four_c(above);
    rows[1] = four_d(above);
  }${groups > 1 ? end : ''}
  return rows;
}
`
}

/** The block vᵢ · A vⱼ of a group's four vectors. */
const blockSource = (groups: number): string => `${gatherSource(groups)}mat4 block(int place) {
  vec4 d = vec4(0.0);
  vec3 e = vec3(0.0), f = vec3(0.0);
  for (int c = 0; c < ${4 * groups}; c += 4) {
    mat4 v = gathered(place, c), y = gathered(place, ${4 * groups} + c);
    d += vec4(dot(v[0], y[0]), dot(v[1], y[1]), dot(v[2], y[2]), dot(v[3], y[3]));
    e += vec3(dot(v[0], y[1]), dot(v[0], y[2]), dot(v[0], y[3]));
    f += vec3(dot(v[1], y[2]), dot(v[1], y[3]), dot(v[2], y[3]));
  }
  return mat4(d.x, e, e.x, d.y, f.xy, e.y, f.x, d.z, f.z, e.z, f.yz, d.w);
}
`

/** By group four magnitudes, the largest entry off the diagonal of its block among them: they become 0 as the method converges. */
export const levelSource = (groups: number): string => `${blockSource(groups)}vec4 texel(int i) {
  mat4 s = block(i >> 2);
  return vec4(abs(s[3].xyz), max(abs(s[1][0]), max(abs(s[2][0]), abs(s[2][1]))));
}`

/**
 * Eigenvalues nearer to each other than this part of what is off the diagonal are turned as if they were that far apart. Without it the
 * vectors of a multiple eigenvalue, whose turns rounding decides, carry back what other turns have just taken away: eigenvalues ±1 of
 * order 64 took 11 sweeps, with it 4.
 */
const DAMPING = 0.25

/** Turns of each of a group's six pairs before it is left. */
const INNER_SWEEPS = 2

/** Entries off the diagonal below this are taken for 0: next to eigenvalues of about 1, the scale of A, their squares are 2⁻¹²⁰. */
const NOTHING = 2 ** -60

/**
 * The rotation of each group, by new row the coefficients of the old. Two pairs are turned at a time, and columns 1 to 3 then moved on:
 * after three steps all six have been. From the tangent τ of half the angle, sin = 2τ / (1 + τ²) and x − sin · (y + τ x) stay a
 * rotation to the square of the angle times the rounding of a division, however a device rounds it.
 */
export const rotationSource = (
  groups: number,
): string => `${blockSource(groups)}mat4 turned(mat4 m, vec2 sine, vec2 tau) {
  return mat4(
    m[0] - sine.x * (m[1] + tau.x * m[0]),
    m[1] + sine.x * (m[0] - tau.x * m[1]),
    m[2] - sine.y * (m[3] + tau.y * m[2]),
    m[3] + sine.y * (m[2] - tau.y * m[3])
  );
}
mat4 moved(mat4 m) { return mat4(m[0], m[2], m[3], m[1]); }
vec4 texel(int i) {
  int place = i >> 2;
  int from = place - place % ${groups};
  vec4 level = vec4(0.0);
  for (int g = 0; g < ${groups}; g++) level = max(level, four_e(4 * (from + g)));
  float least = ${DAMPING} * max(max(level.x, level.y), max(level.z, level.w));
  mat4 s = block(place);
  mat4 q = mat4(1.0);
  for (int step_ = 0; step_ < ${3 * INNER_SWEEPS}; step_++) {
    vec2 h = 2.0 * vec2(s[0][1], s[2][3]);
    vec2 d = vec2(s[1][1] - s[0][0], s[3][3] - s[2][2]);
    vec2 apart = max(abs(d), least);
    vec2 tangent = h / (apart + sqrt(apart * apart + h * h));
    tangent = mix(tangent, -tangent, lessThan(d, vec2(0.0)));
    tangent = mix(tangent, vec2(0.0), lessThan(abs(h), vec2(${floatLiteral(NOTHING)})));
    vec2 tau = tangent / (1.0 + sqrt(1.0 + tangent * tangent));
    vec2 sine = 2.0 * tau / (1.0 + tau * tau);
    q = moved(turned(q, sine, tau));
    s = transpose(moved(turned(s, sine, tau)));
    s = moved(turned(s, sine, tau));
  }
  more1 = q[1];
  more2 = q[2];
  more3 = q[3];
  return q[0];
}`

/** The rows after a round. */
export const turnedSource = (groups: number): string => `${gatherSource(groups)}vec4 texel(int i) {
  int place = i / ${8 * groups};
  mat4 rows = gathered(place, i % ${8 * groups});
  more1 = rows * four_f(4 * place);
  more2 = rows * four_g(4 * place);
  more3 = rows * four_h(4 * place);
  return rows * four_e(4 * place);
}`
