import { dichotomicNeighbour, exactNeighbour, type Neighbour, randomPairs } from '@facet/geometry'
import type { Network } from '@facet/models'
import { sub } from '@facet/tensor'
import type { LatentPairs } from './samplers/sampler.ts'

export const neighbourKinds = ['dichotomic', 'exact', 'randomPairs'] as const

/** How the region ω' beside the region ω of θ is chosen (docs/mathematics.md 3). */
export type NeighbourKind = (typeof neighbourKinds)[number]

/**
 * - `dichotomic` (Sec. 5.2): a bisection between θ and θ', which is first moved away until it lies in another region.
 * - `exact` (docs/mathematics.md 3.2): the region behind the first wall from θ towards θ', however far.
 * - `randomPairs`: the region of θ' itself, be it that of θ.
 */
export const neighbourTable: Readonly<
  Record<NeighbourKind, (decoder: Network, pairs: LatentPairs) => Neighbour>
> = {
  dichotomic: (decoder, { theta, thetaPrime }) => dichotomicNeighbour(decoder, theta, thetaPrime),
  exact: (decoder, { theta, thetaPrime }) => exactNeighbour(decoder, theta, sub(thetaPrime, theta)),
  randomPairs: (decoder, { theta, thetaPrime }) => randomPairs(decoder, theta, thetaPrime),
}
