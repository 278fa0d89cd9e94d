import type { Runner } from '../../runner.ts'
import { type TextureStorage, wholeOf } from '../../texture-storage.ts'
import { drawFloats, releaseAll } from './float-pass.ts'
import { atRowSource, buffersOfQuads, type RowQuads } from './row-quads.ts'

/** Matrices of one order, filled up to whole groups of four rows. */
export interface MatrixBatch {
  readonly batch: number
  readonly n: number
  readonly groups: number
}

/**
 * A vector's sign makes the first of its largest components positive. Components within this part of the largest count as equal to it:
 * 3.8e-6, where the conformance suite admits 1e-5. Otherwise rounding would decide between equal ones.
 */
const SIGN_TIE = 2 ** -18

/** Eigenvalues in ascending order and the vectors as columns, of rows `[v | A v]`; NaN where the exponent of a matrix is NaN. */
export function sortEigenpairs(
  runner: Runner,
  rows: RowQuads,
  exponent: TextureStorage,
  { batch, n, groups }: MatrixBatch,
  values: TextureStorage,
  vectors: TextureStorage,
): void {
  const pairs = [0, 1].map(() => runner.storage('float32', batch * groups * 4))
  runner.run({
    key: `eigh ${n} pairs`,
    inputs: buffersOfQuads(rows),
    outputs: pairs,
    body: () => ({ kind: 'texel', source: pairsSource(groups) }),
  })
  const ranks = drawFloats(runner, {
    key: `eigh ${n} ranks`,
    inputs: [wholeOf(pairs[0])],
    size: batch * groups * 4,
    source: () => rankSource(n, groups),
  })
  const from = runner.storage('float32', batch * n)
  runner.run({
    key: `eigh ${n} values`,
    inputs: [...pairs.map(wholeOf), wholeOf(ranks), wholeOf(exponent)],
    outputs: [values, from],
    body: () => ({ kind: 'texel', source: valuesSource(n, groups) }),
  })
  runner.run({
    key: `eigh ${n} vectors`,
    inputs: [...buffersOfQuads(rows), wholeOf(from)],
    outputs: [vectors],
    body: () => ({ kind: 'element', source: vectorsSource(n, groups) }),
  })
  releaseAll(runner, [...pairs, ranks, from])
}

/** Of each vector v · A v, and the sign that makes the first of its largest components positive. */
const pairsSource = (groups: number): string => {
  const of = (slot: string): string => `vec2 pair_${slot}(int at) {
  vec4 total = vec4(0.0);
  float most = 0.0;
  for (int c = 0; c < ${4 * groups}; c += 4) {
    vec4 v = four_${slot}(at + c);
    total += v * four_${slot}(at + ${4 * groups} + c);
    v = abs(v);
    most = max(most, max(max(v.x, v.y), max(v.z, v.w)));
  }
  float value = (total.x + total.y) + (total.z + total.w);
  for (int c = 0; c < ${4 * groups}; c++) {
    float x = at_${slot}(at + c);
    if (abs(x) >= most * ${1 - SIGN_TIE}) return vec2(value, x < 0.0 ? -1.0 : 1.0);
  }
  return vec2(value, 1.0);
}
`
  return `${['a', 'b', 'c', 'd'].map(of).join('')}vec4 texel(int i) {
  int at = (i >> 2) * ${8 * groups};
  vec2 first = pair_a(at), second = pair_b(at), third = pair_c(at), fourth = pair_d(at);
  more1 = vec4(first.y, second.y, third.y, fourth.y);
  return vec4(first.x, second.x, third.x, fourth.x);
}`
}

/** The rank of each eigenvalue in its matrix: how many are less, or equal and in front of it. */
const rankSource = (n: number, groups: number): string => `float element(int i) {
  int at = i - i % ${4 * groups};
  float own = at_a(i);
  float count = 0.0;
  for (int k = at; k < at + ${n}; k++) {
    float other = at_a(k);
    if (other < own || (other == own && k < i)) count += 1.0;
  }
  return count;
}`

/** By rank the eigenvalue, scaled back, and the number of its vector, counted from 1 and with the vector's sign. */
const valuesSource = (n: number, groups: number): string => `vec2 ranked(int i) {
  int b = i / ${n};
  float e = at_d(b);
  if (!isNaNumber(e)) {
    for (int k = 0; k < ${n}; k++) {
      int at = b * ${4 * groups} + k;
      if (at_c(at) == float(i % ${n})) return vec2(scaled(at_a(at), int(e)), at_b(at) * float(k + 1));
    }
  }
  return vec2(number(0x7fc00000u));
}
vec4 texel(int i) {
  vec2 first = ranked(i), second = ranked(i + 1), third = ranked(i + 2), fourth = ranked(i + 3);
  more1 = vec4(first.y, second.y, third.y, fourth.y);
  return vec4(first.x, second.x, third.x, fourth.x);
}`

const vectorsSource = (n: number, groups: number): string => `${atRowSource}float element(int i) {
  int b = i / ${n * n};
  float from = at_e(b * ${n} + i % ${n});
  if (isNaNumber(from)) return from;
  int r = int(abs(from)) - 1;
  float x = at_row(r, (b * ${groups} + (r >> 2)) * ${8 * groups} + i / ${n} % ${n});
  return from < 0.0 ? -x : x;
}`
