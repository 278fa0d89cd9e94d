import type { Key, Tensor } from '@facet/tensor'

/** P pairs of latent points, the θ and θ' of Eqs. 12 and 13: each [P, h], constants of the training step. */
export interface LatentPairs {
  readonly theta: Tensor
  readonly thetaPrime: Tensor
}

/** What a sampler may look at. */
export interface SamplerContext {
  /** Number of pairs wanted. */
  readonly pairs: number
  /** Latent dimension h. */
  readonly bottleneck: number
  readonly dtype: 'float32' | 'float64'
  /** Whether the bottleneck is ReLU, so that codes are never below 0. */
  readonly nonNegative: boolean
  /** The present codes [N, h] of the batch's samples, encoded on request. */
  codes(): Tensor
  /** The source of all randomness. */
  readonly key: Key
}

/**
 * Draws the latent pairs of a step: `normal()`, `codeBox()`, `aroundCodes()`, `interpolate()`, `fixedPairs()`, or
 * your own.
 */
export interface Sampler {
  readonly name: string
  /** What tells it from others of its name; compared when a run is resumed. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>
  sample(context: SamplerContext): LatentPairs
}
