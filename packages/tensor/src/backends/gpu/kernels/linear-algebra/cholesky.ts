import { wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { drawFloats } from './float-pass.ts'
import { symmetricSource } from './symmetric-part.ts'

/** Round k: column k of the factor, and what lies to the right of it and below less its products. NaN where the pivot is not above 0. */
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

/** The factor: the lower triangle of the last round, NaN throughout where a matrix has none. */
const factorResultSource = (n: number): string => `float element(int i) {
  if (at_b(i / ${n * n}) == 0.0) return number(0x7fc00000u);
  return i % ${n} > i / ${n} % ${n} ? 0.0 : at_a(i);
}`

/** 1 where the diagonal of the last round is finite, 0 otherwise: a NaN or an infinity anywhere in a matrix has come to its diagonal by then. */
const isFactoredSource = (n: number): string => `float element(int i) {
  for (int r = 0; r < ${n}; r++) {
    float entry = at_a((i * ${n} + r) * ${n} + r);
    if (isNaNumber(entry) || isInfinite(entry)) return 0.0;
  }
  return 1.0;
}`

/** One column a round. */
export const cholesky: GpuKernelOf<'cholesky'> = (runner, [a], [y]) => {
  if (a.size === 0) return
  const n = a.shape[a.shape.length - 1]
  const key = `cholesky ${n}`
  const size = a.size
  let matrix = drawFloats(runner, {
    ...{ key: `${key} symmetric`, inputs: [a.buffer], size },
    source: () => symmetricSource(n),
  })
  for (let step = 0; step < n; step++) {
    const next = drawFloats(runner, {
      ...{ key: `${key} round`, inputs: [wholeOf(matrix)], size },
      uniforms: [{ name: 'step', value: step }],
      source: () => factorRoundSource(n),
    })
    runner.release(matrix)
    matrix = next
  }
  const isFactored = drawFloats(runner, {
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
