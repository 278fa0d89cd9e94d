import { cast, clone, concat, formatShape, rows, scope, Tensor, transpose, zeros } from '@facet/tensor'
import { describe, type OptionKind } from '@facet/tensor/checks'
import { expectFloatRows } from '../float-rows.ts'
import { type Pca, pca } from '../pca.ts'
import type { AroundOptions } from './around.ts'

/** What a skip is made from: principal components of the data that stand beside it, or such as are there. */
export const aSkip: OptionKind<'pca' | Pca> = {
  check(operation, option, value) {
    const { mean, components } = Object(value) as Partial<Pca>
    if (value === 'pca' || (mean instanceof Tensor && components instanceof Tensor)) return
    throw new RangeError(
      `${operation}: ${option}: expected one of pca, got ${describe(value)}; what pca() returns is taken as well`,
    )
  },
}

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
 * @throws TypeError or RangeError unless data are finite floats [n, input] with n ≥ 1, or components are of `input` dimensions.
 */
export function pcaSkip(
  skip: 'pca' | Pca,
  data: Tensor | undefined,
  sizes: SkippedSizes,
): { encoder: AroundOptions; decoder: AroundOptions } {
  const { input, bottleneck } = sizes
  if (skip !== 'pca') {
    const { shape } = skip.components
    if (shape.length !== 2 || shape[1] !== input)
      throw new RangeError(
        `autoencoder: skip: expected components [k, ${input}], as the input, got ${formatShape(shape)}`,
      )
    return skipOf(skip, sizes)
  }
  expectFloatRows('autoencoder', 'data', data, input, " for skip 'pca',")
  const own = pca(data, Math.min(bottleneck, ...data.shape))
  const parts = skipOf(own, sizes)
  own.mean.dispose()
  own.components.dispose()
  return parts
}

const skipOf = (
  { mean, components }: Pca,
  { input, bottleneck, dtype }: SkippedSizes,
): { encoder: AroundOptions; decoder: AroundOptions } =>
  scope(() => {
    const count = Math.min(bottleneck, components.shape[0])
    const missing = zeros([bottleneck - count, input], 'float64')
    const directions = cast(concat([rows(components, 0, count), missing], 0), dtype)
    const centre = cast(mean, dtype)
    return {
      encoder: { skip: directions, centre: clone(centre) },
      decoder: { skip: transpose(directions), offset: clone(centre) },
    }
  })
