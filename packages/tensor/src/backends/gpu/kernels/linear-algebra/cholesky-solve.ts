import { machineEpsilon } from '../../../../dtype.ts'
import { floatLiteral } from '../../glsl/literals.ts'
import { buffersOf, type GpuKernelOf } from '../kernel.ts'
import { choleskyByRounds } from './cholesky-by-rounds.ts'

/** The most unknowns of a system that a thread solves alone: it keeps n² floats, 4 KB of 32 unknowns. */
const MOST_UNKNOWNS = 32

/**
 * Factors a matrix and solves for one column, as the reference backend does but in float32. A thread draws four elements and keeps the
 * factor while they are of one matrix. In GLSL:
 *
 * - `load` reads the symmetric part of the matrix at `at` and adds `more` to its diagonal.
 * - `hasDropped` factors in place. A pivot up to `least` is dropped: its row and column become 0. It answers whether one was; the
 *   reference backend says why ε · the largest diagonal entry is the threshold.
 * - `factor`: where a pivot was dropped, the matrix is factored with the slack on its diagonal, and is indefinite if one is dropped even
 *   so; then it is factored a third time as it is.
 * - `divided`: an unknown that was dropped is 0, and NaN where its right side is not finite, so that the result shows it.
 */
const solveSource = (n: number, m: number): string => `float l[${n * n}];
float x[${n}];
float remainder(int r, int c, int columns) {
  float entry = l[r * ${n} + c];
  for (int k = 0; k < columns; k++) entry -= l[r * ${n} + k] * l[c * ${n} + k];
  return entry;
}
float threshold;
float slack;
bool isWhole;
void load(int at, float more) {
  float largest = 0.0;
  isWhole = true;
  slack = number(0x00800000u);
  for (int r = 0; r < ${n}; r++) for (int c = 0; c <= r; c++) {
    float entry = 0.5 * at_a(at + r * ${n} + c) + 0.5 * at_a(at + c * ${n} + r);
    l[r * ${n} + c] = r == c ? entry + more : entry;
    isWhole = isWhole && !isNaNumber(entry) && !isInfinite(entry);
    if (r == c) {
      largest = max(largest, entry);
      slack += ${floatLiteral(64 * machineEpsilon('float32'))} * abs(entry);
    }
  }
  threshold = ${floatLiteral(machineEpsilon('float32'))} * largest;
}
bool hasDropped(float least) {
  bool result = false;
  for (int j = 0; j < ${n}; j++) {
    float pivot = remainder(j, j, j);
    bool isDropped = pivot <= least;
    result = result || isDropped;
    float root = isDropped ? 0.0 : sqrt(pivot);
    if (isDropped) for (int k = 0; k < j; k++) l[j * ${n} + k] = 0.0;
    l[j * ${n} + j] = root;
    for (int r = j + 1; r < ${n}; r++) {
      float entry = remainder(r, j, j);
      l[r * ${n} + j] = isDropped ? 0.0 : entry / root;
    }
  }
  return result;
}
void factor(int at) {
  bool isIndefinite = false;
  for (int turn = 0; turn < 3; turn++) {
    load(at, turn == 1 ? slack : 0.0);
    bool isDropped = hasDropped(turn == 1 ? 0.0 : threshold);
    if (turn == 0 && !isDropped) break;
    if (turn == 1) isIndefinite = isDropped;
  }
  if (isIndefinite || !isWhole) for (int e = 0; e < ${n * n}; e++) l[e] = number(0x7fc00000u);
}
float divided(float y, float by) {
  if (by != 0.0) return y / by;
  return isNaNumber(y) || isInfinite(y) ? number(0x7fc00000u) : 0.0;
}
void solve(int at) {
  for (int r = 0; r < ${n}; r++) {
    float y = at_b(at + r * ${m});
    for (int k = 0; k < r; k++) y -= l[r * ${n} + k] * x[k];
    x[r] = divided(y, l[r * ${n} + r]);
  }
  for (int r = ${n - 1}; r >= 0; r--) {
    float y = x[r];
    for (int k = r + 1; k < ${n}; k++) y -= l[k * ${n} + r] * x[k];
    x[r] = divided(y, l[r * ${n} + r]);
  }
}
vec4 texel(int i) {
  int factored = -1;
  int solved = -1;
  float result[4];
  for (int e = 0; e < 4; e++) {
    int which = (i + e) / ${n * m};
    int column = which * ${m} + (i + e) % ${m};
    if (which != factored) factor(which * ${n * n});
    if (column != solved) solve(which * ${n * m} + (i + e) % ${m});
    factored = which;
    solved = column;
    result[e] = x[(i + e) / ${m} % ${n}];
  }
  return vec4(result[0], result[1], result[2], result[3]);
}`

/** Systems of up to {@link MOST_UNKNOWNS} unknowns in one pass, a column a thread; larger ones in rounds. */
export const choleskySolve: GpuKernelOf<'choleskySolve'> = (runner, [a, b], [x]) => {
  const [n, m] = x.shape.slice(-2)
  if (x.size === 0) return
  if (n > MOST_UNKNOWNS) {
    choleskyByRounds(runner, a, b, x.buffer.storage)
    return
  }
  runner.run({
    key: `choleskySolve ${n} ${m}`,
    inputs: buffersOf([a, b]),
    outputs: [x.buffer.storage],
    body: () => ({ kind: 'texel', source: solveSource(n, m) }),
  })
}
