import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import { drawFloats } from './float-pass.ts'

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

/** The row of the pivot: of the largest magnitude in column k from the diagonal down; the first row that is NaN there, if any is. */
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

/** Round k: the pivot's row divided by the pivot, and its multiples subtracted from all other rows. NaN throughout where the pivot is 0. */
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

/** `batch` systems of n unknowns with m right sides; m is 0 where the pivots alone are wanted. */
export interface LinearSystem {
  readonly batch: number
  readonly n: number
  readonly m: number
}

/**
 * Gauss and Jordan's elimination with pivots chosen by column, one unknown a round and two passes a round: the first finds the pivots,
 * the second reads them from its texture, so that no number comes back to the host.
 *
 * @param each is told of every round before it is done: `[A | B]`, and the row of each matrix's pivot
 * @returns `[I | A⁻¹B]`, which the caller releases
 */
export function eliminate(
  runner: Runner,
  key: string,
  inputs: readonly GpuBuffer[],
  { batch, n, m }: LinearSystem,
  each: (step: number, matrix: TextureStorage, pivots: TextureStorage) => void,
): TextureStorage {
  const width = n + m
  const size = batch * n * width
  let matrix = drawFloats(runner, { key: `${key} joined`, inputs, size, source: () => joinedSource(n, m) })
  for (let step = 0; step < n; step++) {
    const uniforms = [{ name: 'step', value: step }]
    const pivots = drawFloats(runner, {
      ...{ key: `${key} pivot`, inputs: [wholeOf(matrix)], size: batch, uniforms },
      source: () => pivotSource(n, width),
    })
    each(step, matrix, pivots)
    const next = drawFloats(runner, {
      ...{ key: `${key} round`, inputs: [wholeOf(matrix), wholeOf(pivots)], size, uniforms },
      source: () => roundSource(n, width),
    })
    runner.release(matrix)
    runner.release(pivots)
    matrix = next
  }
  return matrix
}
