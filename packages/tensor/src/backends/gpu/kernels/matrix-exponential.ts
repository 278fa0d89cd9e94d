import { noEpilogue } from '../glsl/product.ts'
import type { Runner } from '../runner.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'
import type { ContractionKernels } from './contraction.ts'
import { type GpuKernelOf, type GpuOperand, wholeOf } from './kernel.ts'

/** The 1-norm to which a matrix is halved: behind degree 8 the series then lacks 0.5⁹ / 9! = 5e-9. */
const LARGEST = 0.5
const DEGREE = 8
/** Doublings at most: 1-norms up to 32,768. Beyond them the result is NaN. */
const DOUBLINGS = 16

/**
 * `exp(A)` by scaling and squaring with a Taylor polynomial: products on the device, each matrix halved as often as its own norm
 * asks for, every doubling done for all and taken over where it is due.
 */
export function matrixExponential(runner: Runner, contraction: ContractionKernels): GpuKernelOf<'expm'> {
  return ([a], [y]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const count = a.size / (n * n)
    const operand = (buffer: GpuBuffer): GpuOperand => ({
      buffer,
      shape: [count, n, n],
      size: a.size,
      dtype: 'float32',
    })
    const map = (key: string, inputs: readonly GpuBuffer[], size: number, source: string): TextureStorage => {
      const to = runner.storage('float32', size)
      runner.run({
        key: `expm ${key} ${n}`,
        inputs,
        outputs: [to],
        body: () => ({ kind: 'element', source }),
      })
      return to
    }
    const product = (left: TextureStorage, right: TextureStorage): TextureStorage => {
      const to = runner.storage('float32', a.size)
      contraction.multiply({
        ...{ a: operand(wholeOf(left)), b: operand(wholeOf(right)), m: n, n, k: n },
        ...{ transposeA: false, transposeB: false, lead: [count], to: [to], epilogue: noEpilogue, extra: [] },
      })
      return to
    }

    const halvings = map('halvings', [a.buffer], count, halvingsSource(n))
    const scaled = map(
      'scaled',
      [a.buffer, wholeOf(halvings)],
      a.size,
      `float element(int i) {
  float s = at_b(i / ${n * n});
  return stored(isNaNumber(s) ? s : at_a(i) * powerOfTwo(-int(s)));
}`,
    )
    // I + A/1 (I + A/2 (I + …)), from the inside.
    let sum = map(
      `first`,
      [wholeOf(scaled)],
      a.size,
      `float element(int i) { return stored(at_a(i) / ${DEGREE}.0 + (i % ${n * n} % ${n + 1} == 0 ? 1.0 : 0.0)); }`,
    )
    for (let degree = DEGREE - 1; degree >= 1; degree--) {
      const next = product(scaled, sum)
      runner.release(sum)
      sum = map(
        `term ${degree}`,
        [wholeOf(next)],
        a.size,
        `float element(int i) { return stored(at_a(i) / ${degree}.0 + (i % ${n * n} % ${n + 1} == 0 ? 1.0 : 0.0)); }`,
      )
      runner.release(next)
    }
    runner.release(scaled)
    for (let doubling = 0; doubling < DOUBLINGS; doubling++) {
      const doubled = product(sum, sum)
      const taken = map(
        `doubled ${doubling}`,
        [wholeOf(doubled), wholeOf(sum), wholeOf(halvings)],
        a.size,
        `float element(int i) { return stored(at_c(i / ${n * n}) > ${doubling}.0 ? at_a(i) : at_b(i)); }`,
      )
      runner.release(doubled)
      runner.release(sum)
      sum = taken
    }
    runner.release(halvings)
    runner.move(sum, y.buffer.storage)
  }
}

/** How often each matrix is halved; NaN for one that holds anything but finite numbers, or whose norm is too large. */
const halvingsSource = (n: number): string => `float element(int i) {
  float norm = 0.0;
  for (int c = 0; c < ${n}; c++) {
    float total = 0.0;
    for (int r = 0; r < ${n}; r++) total += abs(at_a(i * ${n * n} + r * ${n} + c));
    norm = larger(norm, total);
  }
  float s = 0.0;
  float size = norm;
  for (int step = 0; step < ${DOUBLINGS}; step++) if (size > ${LARGEST}) { size *= 0.5; s += 1.0; }
  return stored(size <= ${LARGEST} ? s : number(0x7fc00000u));
}`
