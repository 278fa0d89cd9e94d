import { wallDistances } from '@facet/geometry'
import type { Network } from '@facet/models'
import { rows, scope, type Tensor } from '@facet/tensor'

/** As many samples as are looked at, eight times a second. */
const MOST = 128

/**
 * The median distance of samples to the nearest wall of their regions, in the input space; `null` where no region of theirs has one.
 *
 * @param samples [N, inputs], of which the first 128 are looked at
 * @example
 * import { autoencoder, Network } from '@facet/models'
 * import { init, tensor } from '@facet/tensor'
 * await init()
 * medianWallDistance(autoencoder({ input: 2, bottleneck: 1 }).encoder, tensor([[0.5, 0.5], [1, 0]])) // above 0
 */
export function medianWallDistance(network: Network, samples: Tensor): number | null {
  const { distance } = scope(() =>
    wallDistances(network, samples.shape[0] > MOST ? rows(samples, 0, MOST) : samples),
  )
  distance.sort()
  const median = distance[distance.length >> 1]
  return Number.isFinite(median) ? median : null
}
