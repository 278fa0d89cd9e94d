import {
  cast,
  div,
  key,
  matmul,
  maximum,
  mul,
  norm,
  scope,
  squeeze,
  sub,
  type Tensor,
  transpose,
  where,
} from '@facet/tensor'
import { describe } from '../numbers/checks.ts'
import { areFinite, scaled } from '../numbers/scaled.ts'

/** What one generator is like. */
export interface GeneratorShape {
  /** ‖G‖_F */
  readonly norm: number
  /** ‖(G − Gᵀ)/2‖²_F / ‖G‖²_F: 1 for a rotation, 0 for a symmetric matrix, ½ for a random one; 0 for zero. */
  readonly skewShare: number
  /** The largest singular value. */
  readonly spectralNorm: number
}

/** The power iteration ends where a step changes the estimate by less than this, relatively, … */
const settled = 1e-6
/** … or after so many steps. */
const mostSteps = 500

/**
 * What every generator is like: its size, how much of it is a rotation, how far it stretches. In float64. The
 * spectral norm comes from a power iteration on GᵀG and is a lower bound: within 1e-4 of the true one for random
 * 30 × 30 matrices. Right at any scale; NaN of generators with a number that is not finite.
 *
 * @param generators G_k, [h, d, d]
 * @throws Error unless generators are [h, d, d].
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { generatorShapes } from '@facet/geometry'
 * await init()
 * generatorShapes(tensor([[[0, -2], [2, 0]]])) // [{ norm: 2.83…, skewShare: 1, spectralNorm: 2 }]
 */
export function generatorShapes(generators: Tensor): GeneratorShape[] {
  const [count, d] = generators.shape
  if (generators.rank !== 3 || generators.shape[2] !== d) {
    throw new Error(`generatorShapes: expected generators [h, d, d], got ${describe(generators)}`)
  }
  return scope(() => {
    const { value: G, scale } = scaled(cast(generators, 'float64'), [1, 2])
    const skew = mul(sub(G, transpose(G, [0, 2, 1])), 0.5)
    const norms = norm(G, [1, 2]).dataSync()
    const skewNorms = norm(skew, [1, 2]).dataSync()
    const spectral = spectralNorms(G, count, d)
    const scales = where(areFinite(G), squeeze(scale, [1, 2]), Number.NaN).dataSync()
    return Array.from(norms, (size, k) => ({
      norm: size * scales[k],
      skewShare: size === 0 ? 0 : (skewNorms[k] / size) ** 2,
      spectralNorm: spectral[k] * scales[k],
    }))
  })
}

/** ‖G v‖ for v turned step by step towards the direction that G stretches most. */
function spectralNorms(G: Tensor, count: number, d: number): Float64Array {
  let v = key('generatorShapes').normal([count, d, 1], 'float64')
  let estimate = new Float64Array(count)
  for (let step = 0; step < mostSteps; step++) {
    const [next, stretch] = scope(() => {
      const image = matmul(G, div(v, maximum(norm(v, [1, 2], true), Number.MIN_VALUE)))
      return [matmul(G, image, { transposeA: true }), norm(image, [1, 2])]
    })
    v = next
    const before = estimate
    estimate = Float64Array.from(stretch.dataSync())
    if (!estimate.some((value, k) => value - before[k] > settled * value)) break
  }
  return estimate
}
