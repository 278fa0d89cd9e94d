import type { Objective } from '@facet/models'
import { add, gather, mul, sub, type Tensor } from '@facet/tensor'
import { expectNumber, expectOptions } from '@facet/tensor/checks'
import { drawnRows } from './drawn-rows.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

/** The settings of {@link mixup}. */
export interface MixupOptions {
  /** How far towards the other sample at most: 1 reaches it; default 1. */
  readonly extent?: number
  /** λ; default 3. */
  readonly weight?: number
}

/**
 * Mixup for autoencoders, a control of {@link lieGroupOrbit}: `λ · MSE` of reconstructing `x_i + extent · u (x_j − x_i)`, u ~ U(0, 1), with
 * x_i the batch's samples and x_j any of the training set, both u and j new for every sample of every step. Add it to
 * `reconstruction()`. Reports `mixupMse`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value below 0.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { mixup } from '@facet/regularizers'
 * const objective = [reconstruction(), mixup({ extent: 0.5 })] // for fit(model, data, { objective, … })
 */
export function mixup(options: MixupOptions = {}): Objective {
  expectOptions('mixup', options, ['extent', 'weight'])
  const { extent = 1, weight = 3 } = options
  expectNumber('mixup', 'extent', extent)
  expectNumber('mixup', 'weight', weight)
  let train: Tensor
  let dtype: 'float32' | 'float64'
  return transformedReconstruction({
    name: 'mixup',
    weight,
    settings: { extent },
    reported: 'mixupMse',
    prepare(model, data) {
      train = data
      dtype = model.dtype
    },
    transform(x, key) {
      const count = x.shape[0]
      const other = gather(train, drawnRows(key.child('other'), count, train.shape[0], dtype))
      const share = key.child('share').uniform([count, 1], { dtype })
      return add(x, mul(mul(share, extent), sub(other, x)))
    },
  })
}
