import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { drawFloats, releaseAll } from './float-pass.ts'
import { multiplySquare } from './multiply-square.ts'

/** A matrix is halved until its 1-norm is at most this: the Taylor polynomial of degree 8 is then wrong by 0.5⁹ / 9! = 5e-9 at most. */
const LARGEST = 0.5
const DEGREE = 8
/** Doublings at most: 1-norms up to 32,768. Beyond them the result is NaN. */
const DOUBLINGS = 16

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

const scaledSource = (n: number): string => `float element(int i) {
  float s = at_b(i / ${n * n});
  return stored(isNaNumber(s) ? s : at_a(i) * powerOfTwo(-int(s)));
}`

/** I + M/degree of the products M. */
const termSource = (n: number, degree: number): string =>
  `float element(int i) { return stored(at_a(i) / ${degree}.0 + (i % ${n * n} % ${n + 1} == 0 ? 1.0 : 0.0)); }`

/** The square where one is still due, and the matrix itself where not. */
const doubledSource = (n: number, doubling: number): string =>
  `float element(int i) { return stored(at_c(i / ${n * n}) > ${doubling}.0 ? at_a(i) : at_b(i)); }`

/**
 * `exp(A)` by scaling and squaring with a Taylor polynomial: products on the device, each matrix is halved as often as its own
 * norm asks for. All matrices are squared {@link DOUBLINGS} times; a square is kept where its matrix was halved that often.
 */
export const matrixExponential: GpuKernelOf<'expm'> = (runner, [a], [y]) => {
  if (a.size === 0) return
  const n = a.shape[a.shape.length - 1]
  const count = a.size / (n * n)
  const map = (key: string, inputs: readonly GpuBuffer[], size: number, source: string): TextureStorage =>
    drawFloats(runner, { key: `expm ${key} ${n}`, inputs, size, source: () => source })
  const halvings = map('halvings', [a.buffer], count, halvingsSource(n))
  const scaled = map('scaled', [a.buffer, wholeOf(halvings)], a.size, scaledSource(n))
  let sum = taylorSum(runner, scaled, count, n)
  runner.release(scaled)
  for (let doubling = 0; doubling < DOUBLINGS; doubling++) {
    const doubled = multiplySquare(runner, count, n, wholeOf(sum), wholeOf(sum))
    const inputs = [doubled, sum, halvings].map(wholeOf)
    const taken = map(`doubled ${doubling}`, inputs, a.size, doubledSource(n, doubling))
    releaseAll(runner, [doubled, sum])
    sum = taken
  }
  runner.release(halvings)
  runner.move(sum, y.buffer.storage)
}

/** I + A/1 (I + A/2 (I + …)), from the inside. */
function taylorSum(runner: Runner, a: TextureStorage, count: number, n: number): TextureStorage {
  const term = (degree: number, product: TextureStorage): TextureStorage =>
    drawFloats(runner, {
      ...{ key: `expm term ${degree} ${n}`, inputs: [wholeOf(product)], size: a.size },
      source: () => termSource(n, degree),
    })
  let sum = term(DEGREE, a)
  for (let degree = DEGREE - 1; degree >= 1; degree--) {
    const product = multiplySquare(runner, count, n, wholeOf(a), wholeOf(sum))
    runner.release(sum)
    sum = term(degree, product)
    runner.release(product)
  }
  return sum
}
