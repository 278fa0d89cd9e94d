import {
  cast,
  expandDims,
  logicalAnd,
  matmul,
  mul,
  scope,
  type Tensor,
  tensor,
  transpose,
  where,
} from '@facet/tensor'
import { areFinite, scaled } from '../numbers/scaled.ts'
import { decoderOf, type Surface, type SurfacePlace } from './decoder-of.ts'
import { singularValues } from './singular-values.ts'

/**
 * What a network f with h inputs and d outputs does to lengths and volumes on the regions of N samples. All in float64; NaN where the
 * map of a region, or its sample, is not finite.
 */
export interface PullbackMetric {
  /** The pull-back metric G = AᵀA, [N, h, h]: a small step v of the input is √(vᵀ G v) long on the surface. */
  readonly metric: Tensor
  /** Singular values σ of A, largest first, [N, min(h, d)]: the eigenvalues of G are their squares, the others 0. */
  readonly singularValues: Tensor
  /**
   * The volume element √(det G) = Π σ, [N]: how much volume of the surface a unit of volume of inputs becomes (the magnification factor
   * of Bishop, Svensén & Williams 1997). 0 where inputs are more than outputs.
   */
  readonly volume: Tensor
  /** Its natural logarithm, [N], also where the volume itself has no place in float64; −∞ for 0. */
  readonly logVolume: Tensor
  /** σ_1 / σ_h, [N]: that of A; that of G is its square. ∞ where a direction collapses. */
  readonly condition: Tensor
  /**
   * How far f is from keeping angles: `h tr(G²) / tr(G)² − 1`, [N], the squared coefficient of variation of the eigenvalues of G (Lee, Yoon,
   * Son & Park 2022, on one sample). 0 for a multiple of the identity, h − 1 where all but one direction collapse; the unit of data and latents does not matter.
   */
  readonly conformalDistortion: Tensor
  /**
   * How far f is from keeping lengths: `√(Σ ln² λ)` over the eigenvalues λ of G, [N], the affine-invariant distance of G from the
   * identity (Pennec, Fillard & Ayache 2006). 0 for an isometry, as large for a stretch as for the shrinking that undoes it, ∞ where a direction collapses.
   */
  readonly isometricDistortion: Tensor
}

/**
 * The pull-back metric of every sample's region (Eq. 8, docs/mathematics.md 2.6): A is exact, and so is what is said of it, up to
 * rounding. Singular values come from A itself and not from G, so that small ones keep their digits. Right at any scale. Nothing here has a gradient.
 *
 * @param surface a network, or an autoencoder: then its decoder
 * @param at points [N, inputs], of an autoencoder samples [N, d]; or region codes
 * @throws Error for a shape or dtype that does not fit, or a code of another network.
 * @example
 * import { identityActivation, init, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { pullbackMetric } from '@facet/geometry'
 * await init()
 * const weight = tensor([[3, 0], [0, 1], [4, 0]])
 * const plane = new Network([new Dense({ name: 'plane', weight, bias: null, activation: identityActivation })])
 * const { metric, singularValues, volume, condition } = pullbackMetric(plane, tensor([[0, 0]]))
 * metric.toArray() // [[[25, 0], [0, 1]]]
 * singularValues.toArray() // [[5, 1]]
 * volume.toArray() // [5]
 * condition.toArray() // [5]
 */
export function pullbackMetric(surface: Surface, at: SurfacePlace): PullbackMetric {
  return scope(() => {
    const { network, code, isKnown } = decoderOf('pullbackMetric', surface, at)
    const tangents = cast(network.tangents(code), 'float64') // [N, h, d]
    const known = logicalAnd(isKnown, areFinite(tangents))
    const rows = where(expandDims(expandDims(known, 1), 2), tangents, Number.NaN)
    const { value, scale } = scaled(rows, [1, 2])
    const found = singularValues(rows)
    const { inputs } = network
    return {
      metric: mul(mul(matmul(value, transpose(value, [0, 2, 1])), scale), scale),
      singularValues: found,
      ...measures(found, inputs),
    }
  })
}

const perSample = {
  volume: (sigma: Float64Array, h: number) => (sigma.length < h ? 0 * sigma[0] : product(sigma)),
  logVolume: (sigma, h) => sum(logarithms(sigma, h)),
  condition: (sigma, h) => (sigma[0] === 0 ? Infinity : sigma[0] / smallest(sigma, h)),
  conformalDistortion(sigma, h) {
    if (sigma[0] === 0) return 0
    const eigenvalues = Array.from({ length: h }, (_, i) => ((sigma[i] ?? 0) / sigma[0]) ** 2)
    const mean = sum(eigenvalues) / h
    return sum(eigenvalues.map((value) => (value - mean) ** 2)) / h / mean ** 2
  },
  isometricDistortion: (sigma, h) => 2 * Math.hypot(...logarithms(sigma, h)),
} satisfies Record<string, (sigma: Float64Array, h: number) => number>

function measures(values: Tensor, h: number): Record<keyof typeof perSample, Tensor> {
  const [count, width] = values.shape
  const sigma = values.dataSync() as Float64Array
  const of = (measure: (sigma: Float64Array, h: number) => number) => {
    const found = Float64Array.from({ length: count }, (_, n) => {
      const own = sigma.subarray(n * width, (n + 1) * width)
      return Number.isNaN(own[0]) ? Number.NaN : measure(own, h)
    })
    return tensor(found, { shape: [count] })
  }
  return {
    volume: of(perSample.volume),
    logVolume: of(perSample.logVolume),
    condition: of(perSample.condition),
    conformalDistortion: of(perSample.conformalDistortion),
    isometricDistortion: of(perSample.isometricDistortion),
  }
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)

const smallest = (sigma: Float64Array, h: number): number => (sigma.length < h ? 0 : sigma[h - 1])

const logarithms = (sigma: Float64Array, h: number): number[] =>
  Array.from({ length: h }, (_, i) => Math.log(sigma[i] ?? 0))

/** The factors from both ends, so that no product on the way leaves the numbers unless the whole does. */
function product(factors: Float64Array): number {
  let [low, high, value] = [0, factors.length - 1, 1]
  while (low <= high) value *= value < 1 ? factors[low++] : factors[high--]
  return value
}

/** How unevenly a surface is stretched over many samples. */
export interface SurfaceDistortion {
  /**
   * `h · mean tr(G²) / (mean tr G)² − 1`: 0 where the surface is an isometry up to one common factor (h times the relaxed distortion
   * of Lee, Yoon, Son & Park 2022, less 1, which is its least value).
   */
  readonly scaledIsometry: number
  /** Population deviation of ln √(det G): 0 where volumes are magnified alike everywhere (Nazari, Damrich & Hamprecht 2023). */
  readonly volumeSpread: number
}

/**
 * What pull-back metrics say of a whole sample set: how far the surface is from a scaled isometry, and how unlike its volume elements are.
 * Samples whose metric is not finite make both NaN: leave them out before.
 *
 * @throws Error for no sample.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * import { pullbackMetric, surfaceDistortion } from '@facet/geometry'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const { scaledIsometry, volumeSpread } = surfaceDistortion(pullbackMetric(model, key(0).normal([5, 8])))
 */
export function surfaceDistortion({
  metric,
  singularValues,
  logVolume,
}: Pick<PullbackMetric, 'metric' | 'singularValues' | 'logVolume'>): SurfaceDistortion {
  const [count, h] = metric.shape
  if (count === 0) throw new Error('surfaceDistortion: expected at least one sample, got none')
  const sigma = singularValues.dataSync() as Float64Array
  const largest = sigma.reduce((a, b) => Math.max(a, b), 0)
  const eigenvalues = sigma.map((value) => (largest === 0 ? 0 : (value / largest) ** 2))
  const mean = sum(eigenvalues) / (count * h)
  // Those that are 0 because there are more inputs than outputs as well.
  const missing = count * h - eigenvalues.length
  const spread = sum(eigenvalues.map((value) => (value - mean) ** 2)) + missing * mean ** 2
  // From the first, so that equal ones have no spread.
  const logs = (logVolume.dataSync() as Float64Array).map((value, _, all) => value - all[0])
  const middle = sum(logs) / count
  return {
    scaledIsometry: mean === 0 ? 0 : spread / (count * h) / mean ** 2,
    volumeSpread: Math.sqrt(sum(logs.map((value) => (value - middle) ** 2)) / count),
  }
}
