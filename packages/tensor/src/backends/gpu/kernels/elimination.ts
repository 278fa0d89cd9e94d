import type { Runner } from '../runner.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'
import { type GpuKernelOf, wholeOf } from './kernel.ts'
import { drawOne } from './row-quads.ts'

// Elimination one unknown a round, on the device: what a round depends on, the next can read.

/** `[A | B]`; a row of A that holds anything but finite numbers is NaN. */
const joinedSource = (n: number, m: number): string => `float element(int i) {
  int c = i % ${n + m};
  int row = i / ${n + m};
  for (int k = 0; k < ${n}; k++) {
    float entry = at_a(row * ${n} + k);
    if (isNaNumber(entry) || isInfinite(entry)) return number(0x7fc00000u);
  }
  return c < ${n} ? at_a(row * ${n} + c)${m === 0 ? '' : ` : at_b(row * ${m} + c - ${n})`}${m === 0 ? ' : 0.0' : ''};
}`

/** The row of the largest entry of a column, from the diagonal on; of one that is NaN, if there is any. */
const pivotSource = (n: number, width: number): string => `float element(int i) {
  int k = int(user_step);
  int best = k;
  float most = -1.0;
  for (int r = 0; r < ${n}; r++) {
    if (r < k) continue;
    float entry = abs(at_a((i * ${n} + r) * ${width} + k));
    if (isNaNumber(entry)) return float(r);
    if (entry > most) { most = entry; best = r; }
  }
  return float(best);
}`

/** Gauss and Jordan's round: the pivot's row divided by it and taken from all others; NaN throughout where it is 0. */
const roundSource = (n: number, width: number): string => `float element(int i) {
  int k = int(user_step);
  int b = i / ${n * width};
  int r = i / ${width} % ${n};
  int c = i % ${width};
  int p = int(at_b(b));
  int base = b * ${n};
  float pivot = at_a((base + p) * ${width} + k);
  if (pivot == 0.0 || isNaNumber(pivot)) return number(0x7fc00000u);
  float above = at_a((base + p) * ${width} + c);
  if (r == k) return above / pivot;
  int from = base + (r == p ? k : r);
  return at_a(from * ${width} + c) - at_a(from * ${width} + k) / pivot * above;
}`

interface LinearSystem {
  readonly batch: number
  readonly n: number
  readonly m: number
}

/** Eliminates every unknown; `each` sees `[A | B]` and the rows of the pivots before a round. The caller releases the result. */
function eliminate(
  runner: Runner,
  key: string,
  inputs: readonly GpuBuffer[],
  { batch, n, m }: LinearSystem,
  each: (step: number, matrix: TextureStorage, pivots: TextureStorage) => void,
): TextureStorage {
  const width = n + m
  const size = batch * n * width
  let matrix = drawOne(runner, { key: `${key} joined`, inputs, size, source: () => joinedSource(n, m) })
  for (let step = 0; step < n; step++) {
    const uniforms = [{ name: 'step', value: step }]
    const pivots = drawOne(runner, {
      ...{ key: `${key} pivot`, inputs: [wholeOf(matrix)], size: batch, uniforms },
      source: () => pivotSource(n, width),
    })
    each(step, matrix, pivots)
    const next = drawOne(runner, {
      ...{ key: `${key} round`, inputs: [wholeOf(matrix), wholeOf(pivots)], size, uniforms },
      source: () => roundSource(n, width),
    })
    runner.release(matrix)
    runner.release(pivots)
    matrix = next
  }
  return matrix
}

export const solve =
  (runner: Runner): GpuKernelOf<'solve'> =>
  ([a, b], [x]) => {
    if (x.size === 0) return
    const [n, m] = x.shape.slice(-2)
    const key = `solve ${n} ${m}`
    const system = { batch: x.size / (n * m), n, m }
    const matrix = eliminate(runner, key, [a.buffer, b.buffer], system, () => {})
    runner.run({
      key: `${key} result`,
      inputs: [wholeOf(matrix)],
      outputs: [x.buffer.storage],
      body: () => ({
        kind: 'element',
        source: `float element(int i) { return at_a(i / ${m} * ${n + m} + ${n} + i % ${m}); }`,
      }),
    })
    runner.release(matrix)
  }

/** What a pivot makes of the sign and the logarithm; behind a pivot of 0 both stay. */
const factorSource = (n: number, result: string): string => `float element(int i) {
  int k = int(user_step);
  float before = at_c(i);
  if (before == 0.0) return ${result === 'sign' ? 'before' : 'at_d(i)'};
  int p = int(at_b(i));
  float pivot = at_a((i * ${n} + p) * ${n} + k);
  if (isNaNumber(pivot)) return pivot;
  ${
    result === 'sign'
      ? 'return pivot == 0.0 ? 0.0 : (p == k) == (pivot > 0.0) ? before : -before;'
      : 'return at_d(i) + logarithm(abs(pivot));'
  }
}`

export const logDet =
  (runner: Runner): GpuKernelOf<'logDet'> =>
  ([a], [signs, logarithms]) => {
    const batch = signs.size
    if (batch === 0) return
    const n = a.shape[a.shape.length - 1]
    const key = `logDet ${n}`
    const constant = (value: string): TextureStorage =>
      drawOne(runner, {
        ...{ key: `${key} ${value}`, inputs: [a.buffer], size: batch },
        source: () => `float element(int i) { return ${value}; }`,
      })
    let sign = constant('1.0')
    let logarithm = constant('0.0')
    if (a.size > 0) {
      const matrix = eliminate(runner, key, [a.buffer], { batch, n, m: 0 }, (step, before, pivots) => {
        const inputs = [before, pivots, sign, logarithm].map(wholeOf)
        const [nextSign, nextLogarithm] = ['sign', 'logarithm'].map((result) =>
          drawOne(runner, {
            ...{ key: `${key} ${result}`, inputs, size: batch, uniforms: [{ name: 'step', value: step }] },
            source: () => factorSource(n, result),
          }),
        )
        runner.release(sign)
        runner.release(logarithm)
        sign = nextSign
        logarithm = nextLogarithm
      })
      runner.release(matrix)
    }
    runner.move(sign, signs.buffer.storage)
    runner.move(logarithm, logarithms.buffer.storage)
  }

const factorRoundSource = (n: number): string => `float element(int i) {
  int k = int(user_step);
  int r = i / ${n} % ${n};
  int c = i % ${n};
  int base = i - i % ${n * n};
  float entry = at_a(i);
  if (c < k || r < k) return entry;
  float pivot = at_a(base + k * ${n} + k);
  if (isNaNumber(pivot) || pivot <= 0.0) return number(0x7fc00000u);
  if (c == k) return entry / sqrt(pivot);
  return entry - at_a(base + r * ${n} + k) / pivot * at_a(base + c * ${n} + k);
}`

/** The factor, of the last round and whether each matrix has one; NaN throughout where not. */
const factorResultSource = (n: number): string => `float element(int i) {
  if (at_b(i / ${n * n}) == 0.0) return number(0x7fc00000u);
  return i % ${n} > i / ${n} % ${n} ? 0.0 : at_a(i);
}`

/** A hole of the matrix has come to the diagonal of its row. */
const isFactoredSource = (n: number): string => `float element(int i) {
  for (int r = 0; r < ${n}; r++) {
    float entry = at_a((i * ${n} + r) * ${n} + r);
    if (isNaNumber(entry) || isInfinite(entry)) return 0.0;
  }
  return 1.0;
}`

export const cholesky =
  (runner: Runner): GpuKernelOf<'cholesky'> =>
  ([a], [y]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const key = `cholesky ${n}`
    const size = a.size
    let matrix = drawOne(runner, {
      ...{ key: `${key} symmetric`, inputs: [a.buffer], size },
      source: () => symmetricSource(n),
    })
    for (let step = 0; step < n; step++) {
      const next = drawOne(runner, {
        ...{ key: `${key} round`, inputs: [wholeOf(matrix)], size },
        uniforms: [{ name: 'step', value: step }],
        source: () => factorRoundSource(n),
      })
      runner.release(matrix)
      matrix = next
    }
    const isFactored = drawOne(runner, {
      ...{ key: `${key} flag`, inputs: [wholeOf(matrix)], size: size / (n * n) },
      source: () => isFactoredSource(n),
    })
    runner.run({
      key: `${key} result`,
      inputs: [wholeOf(matrix), wholeOf(isFactored)],
      outputs: [y.buffer.storage],
      body: () => ({ kind: 'element', source: factorResultSource(n) }),
    })
    runner.release(matrix)
    runner.release(isFactored)
  }

/** GLSL: the symmetric part of the first input. */
export const symmetricSource = (n: number): string => `float element(int i) {
  int other = i - i % ${n * n} + i % ${n} * ${n} + i / ${n} % ${n};
  return 0.5 * at_a(i) + 0.5 * at_a(other);
}`
