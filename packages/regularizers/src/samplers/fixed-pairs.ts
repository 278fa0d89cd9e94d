import { cast, crc32, keep, type Tensor } from '@facet/tensor'
import type { Sampler } from './sampler.ts'

/**
 * The same pairs every step, not clamped: to repeat a run of another program, or to study one set of pairs.
 *
 * @param theta [P, h]
 * @param thetaPrime [P, h]
 * @throws RangeError for pairs of different shapes, and, when sampled, for another latent dimension.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { fixedPairs, lieGroupFirstOrder } from '@facet/regularizers'
 * await init()
 * lieGroupFirstOrder({ sampler: fixedPairs(tensor([[0, 0]]), tensor([[0.1, 0]])) })
 */
export function fixedPairs(theta: Tensor, thetaPrime: Tensor): Sampler {
  const show = (t: Tensor) => `[${t.shape.join(', ')}]`
  if (theta.rank !== 2 || show(theta) !== show(thetaPrime)) {
    throw new RangeError(
      `fixedPairs: expected theta and thetaPrime [P, h] of one shape, got ${show(theta)} and ${show(thetaPrime)}`,
    )
  }
  keep(theta)
  keep(thetaPrime)
  return {
    name: 'fixedPairs',
    get settings() {
      return { checksum: [theta, thetaPrime].map(checksum).join(' ') }
    },
    sample({ bottleneck, dtype }) {
      if (theta.shape[1] !== bottleneck) {
        throw new RangeError(
          `fixedPairs: expected pairs [P, ${bottleneck}] for this bottleneck, got ${show(theta)}`,
        )
      }
      return { theta: cast(theta, dtype), thetaPrime: cast(thetaPrime, dtype) }
    },
  }
}

function checksum(t: Tensor): string {
  const { buffer, byteOffset, byteLength } = t.dataSync()
  return crc32(new Uint8Array(buffer, byteOffset, byteLength)).toString(16)
}
