import { type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { drawFloats } from './float-pass.ts'
import { eliminate } from './gauss-jordan.ts'

/** The sign, or the logarithm, after one more pivot. Once a pivot was 0 the sign is 0, and both stay as they are. */
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

/** The pivots of the elimination, multiplied up as signs and added up as logarithms. */
export const logDet: GpuKernelOf<'logDet'> = (runner, [a], [signs, logarithms]) => {
  const batch = signs.size
  if (batch === 0) return
  const n = a.shape[a.shape.length - 1]
  const key = `logDet ${n}`
  const constant = (value: string): TextureStorage =>
    drawFloats(runner, {
      ...{ key: `${key} ${value}`, inputs: [a.buffer], size: batch },
      source: () => `float element(int i) { return ${value}; }`,
    })
  let sign = constant('1.0')
  let logarithm = constant('0.0')
  if (a.size > 0) {
    const matrix = eliminate(runner, key, [a.buffer], { batch, n, m: 0 }, (step, before, pivots) => {
      const inputs = [before, pivots, sign, logarithm].map(wholeOf)
      const [nextSign, nextLogarithm] = ['sign', 'logarithm'].map((result) =>
        drawFloats(runner, {
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
