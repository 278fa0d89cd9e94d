import { type Autoencoder, withoutGradient } from '@facet/models'
import { concat, reshape, rows, type Tensor } from '@facet/tensor'
import { type NeighbourKind, neighbourTable } from './neighbours.ts'
import type { LatentPairs } from './samplers/sampler.ts'

/** Bases and targets of P pairs, columns as rows: [P, c, d] each, or [P, c, w] with a readout. */
export interface LieRelation {
  readonly base: Tensor
  readonly target: Tensor
  /** W [d, w] where the bases and targets are those rows times Wᵀ. */
  readonly readout: Tensor | null
  /** Which pairs count, bool [P]; all where left out. */
  readonly found?: Tensor
}

/** b = D(θ'), t = D(θ) (Eq. 12), decoded in one pass. */
export function firstOrderRelation(model: Autoencoder, { theta, thetaPrime }: LatentPairs): LieRelation {
  const pairs = theta.shape[0]
  const decoded = reshape(model.decode(concat([theta, thetaPrime], 0)), [2 * pairs, 1, model.input])
  return { target: rows(decoded, 0, pairs), base: rows(decoded, pairs, 2 * pairs), readout: null }
}

/**
 * b = A^D of a region beside that of θ, t = A^D of the region of θ (Eq. 13). Regions are constants of the step, so
 * the gradient reaches the decoder's weights and not its biases.
 */
export function secondOrderRelation(
  { decoder }: Autoencoder,
  pairs: LatentPairs,
  neighbours: NeighbourKind,
): LieRelation {
  const own = withoutGradient(decoder.parameters, () => decoder.regionCode(pairs.theta))
  const { code, found } = neighbourTable[neighbours](decoder, pairs)
  const { rows: target, readout } = decoder.tangentFactors(own)
  return { target, base: decoder.tangentFactors(code).rows, readout, found }
}
