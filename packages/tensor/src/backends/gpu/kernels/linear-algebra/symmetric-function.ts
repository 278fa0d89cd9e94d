import type { ScalarFunction } from '../../../../ops/linear-algebra/scalar-function.ts'
import { inputNames } from '../../glsl/program.ts'
import { type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { dividedSource, valueOf } from './divided-difference.ts'
import { drawFloats, releaseAll } from './float-pass.ts'
import { multiplySquare } from './multiply-square.ts'
import { symmetricSource } from './symmetric-part.ts'

const permutations = (count: number): number[][] =>
  count === 0
    ? [[]]
    : permutations(count - 1).flatMap((rest) =>
        Array.from({ length: count }, (_, at) => [...rest.slice(0, at), count - 1, ...rest.slice(at)]),
      )

/**
 * Entry (p₀, pₖ) of a k-th derivative in the basis of eigenvectors: the sum over p₁ … pₖ₋₁ of the divided difference of eigenvalues
 * p₀ … pₖ times the products of the directions' entries (pₘ₋₁, pₘ), over all orders of the k directions.
 */
function pathsSource(f: ScalarFunction, n: number, order: number): string {
  const steps = Array.from({ length: order + 1 }, (_, m) => `p${m}`)
  const between = steps.slice(1, -1)
  const terms = permutations(order).map((which) =>
    which.map((d, m) => `at_${inputNames[d + 1]}(base + ${steps[m]} * ${n} + ${steps[m + 1]})`).join(' * '),
  )
  return `${dividedSource(f, order)}float element(int i) {
  int b = i / ${n * n};
  int base = b * ${n * n};
  int p0 = i / ${n} % ${n};
  int p${order} = i % ${n};
  float sum_ = 0.0;
  ${between.map((p) => `for (int ${p} = 0; ${p} < ${n}; ${p}++) `).join('')}{
    ${steps.map((p, m) => `node[${m}] = at_a(b * ${n} + ${p});`).join(' ')}
    sum_ += divided() * (${terms.join(' + ')});
  }
  return sum_;
}`
}

/**
 * `V f(Λ) Vᵀ`, and with directions its derivative along them: between the vectors, a sum over paths of divided differences. Everything is
 * products and passes on the device.
 */
export const symmetricFunction: GpuKernelOf<'symmetricFunction'> = (
  runner,
  [a, values, vectors, ...directions],
  [y],
  f,
) => {
  if (a.size === 0) return
  const n = a.shape[a.shape.length - 1]
  const { size } = a
  const count = size / (n * n)
  const key = `symmetricFunction ${f.kind} ${f.exponent} ${n}`
  const turning = vectors.buffer
  /** The result of `make`, whose operand is released. */
  const through = (from: TextureStorage, make: (from: TextureStorage) => TextureStorage): TextureStorage => {
    const to = make(from)
    runner.release(from)
    return to
  }

  let left: TextureStorage
  if (directions.length === 0) {
    left = drawFloats(runner, {
      ...{ key: `${key} scaled`, inputs: [turning, values.buffer], size },
      source: () =>
        `float element(int i) { return at_a(i) * ${valueOf(f, `at_b(i / ${n * n} * ${n} + i % ${n})`)}; }`,
    })
  } else {
    const turned = directions.map(({ buffer }) => {
      const whole = drawFloats(runner, {
        ...{ key: `symmetricFunction symmetric ${n}`, inputs: [buffer], size },
        source: () => symmetricSource(n),
      })
      const right = through(whole, (from) => multiplySquare(runner, count, n, wholeOf(from), turning))
      return through(right, (from) =>
        multiplySquare(runner, count, n, turning, wholeOf(from), { transposeA: true }),
      )
    })
    const inner = drawFloats(runner, {
      ...{ key: `${key} paths ${directions.length}`, size },
      inputs: [values.buffer, ...turned.map(wholeOf)],
      source: () => pathsSource(f, n, directions.length),
    })
    releaseAll(runner, turned)
    left = through(inner, (from) => multiplySquare(runner, count, n, turning, wholeOf(from)))
  }
  const result = through(left, (from) =>
    multiplySquare(runner, count, n, wholeOf(from), turning, { transposeB: true }),
  )
  runner.move(result, y.buffer.storage)
}
