import { cast, clone, concat, scope, type Tensor, transpose, zeros } from '@facet/tensor'
import { expectFloatRows } from '../float-rows.ts'
import { pca } from '../pca.ts'
import type { AroundOptions } from './around.ts'

/** The settings of an autoencoder that the skip depends on. */
interface SkippedSizes {
  readonly input: number
  readonly bottleneck: number
  readonly dtype: 'float32' | 'float64'
}

/**
 * What stands around encoder and decoder so that without their layers they are the principal components of the data:
 * P_E has the first h directions as rows, P_D = P_Eᵀ, centre and offset are the mean. Computed in float64, then rounded.
 *
 * Directions that the data do not have (n samples vary in n − 1 at most) are zero: the skip is then PCA of those there
 * are. Training fills them, since their codes are what the layers say.
 *
 * @throws TypeError or RangeError unless data are finite floats [n, input] with n ≥ 1.
 */
export function pcaSkip(
  data: Tensor | undefined,
  { input, bottleneck, dtype }: SkippedSizes,
): { encoder: AroundOptions; decoder: AroundOptions } {
  expectFloatRows('autoencoder', 'data', data, input, " for skip 'pca',")
  const { mean, components } = pca(data, Math.min(bottleneck, ...data.shape))
  const parts = scope(() => {
    const missing = zeros([bottleneck - components.shape[0], input], 'float64')
    const directions = cast(concat([components, missing], 0), dtype)
    const centre = cast(mean, dtype)
    return {
      encoder: { skip: directions, centre: clone(centre) },
      decoder: { skip: transpose(directions), offset: clone(centre) },
    }
  })
  mean.dispose()
  components.dispose()
  return parts
}
