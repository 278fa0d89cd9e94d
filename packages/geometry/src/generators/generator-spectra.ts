import { cast, scope, type Tensor, tensor } from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { eigenvalues } from '../numbers/eigenvalues.ts'
import { scaled } from '../numbers/scaled.ts'

/** The eigenvalues of generators, largest magnitude first, of a pair of conjugates the one above the real axis first. */
export interface Spectra {
  /** How fast `exp(t G)` grows along each, [h, d]; 0 for rotations. */
  readonly real: Tensor
  /** How fast it turns, [h, d]. */
  readonly imaginary: Tensor
}

/**
 * The spectra of generators: what `exp(θ G_k)` does in the long run. Rotations have pairs ±iω, stretches real numbers, shears zeros. In float64 by
 * Francis's QR steps; a simple eigenvalue is right to about its condition number times ε ‖G‖, and k of one Jordan block, such as the zeros of a shear, to the k-th root of ε ‖G‖ only.
 * Right at any scale. Costs about 10 d³ operations a generator. Nothing here has a gradient.
 *
 * @param generators G_k, [h, d, d]
 * @returns float64; NaN for a generator with a number that is not finite.
 * @throws Error unless generators are [h, d, d].
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { generatorSpectra } from '@facet/geometry'
 * await init()
 * const { real, imaginary } = generatorSpectra(tensor([[[0, -2], [2, 0]], [[3, 0], [0, -4]]]))
 * real.toArray() // [[0, 0], [-4, 3]]
 * imaginary.toArray() // [[2, -2], [0, 0]]
 */
export function generatorSpectra(generators: Tensor): Spectra {
  const [h, d] = generators.shape
  if (generators.rank !== 3 || generators.shape[2] !== d)
    throw new Error(`generatorSpectra: expected generators [h, d, d], got ${describe(generators)}`)
  return scope(() => {
    const { value, scale } = scaled(cast(generators, 'float64'), [1, 2])
    const numbers = value.dataSync() as Float64Array
    const scales = scale.dataSync() as Float64Array
    const real = new Float64Array(h * d).fill(Number.NaN)
    const imaginary = new Float64Array(h * d).fill(Number.NaN)
    for (let k = 0; k < h; k++) {
      const own = Float64Array.from(numbers.subarray(k * d * d, (k + 1) * d * d))
      if (!own.every(Number.isFinite)) continue
      const found = eigenvalues(own, d)
      inOrder(found.real, found.imaginary).forEach((j, i) => {
        real[k * d + i] = found.real[j] * scales[k]
        imaginary[k * d + i] = found.imaginary[j] * scales[k]
      })
    }
    return { real: tensor(real, { shape: [h, d] }), imaginary: tensor(imaginary, { shape: [h, d] }) }
  })
}

/** Conjugates have exactly one magnitude, so that the order in which they were found keeps them together. */
function inOrder(real: Float64Array, imaginary: Float64Array): number[] {
  const size = real.map((value, i) => Math.hypot(value, imaginary[i]))
  return Array.from(size.keys()).sort((i, j) => size[j] - size[i] || i - j)
}
