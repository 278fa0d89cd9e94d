import { amountAt, amountSetting, anAmount, type Objective } from '@facet/models'
import { add, gather, mul, sub } from '@facet/tensor'
import { type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { drawnRows } from './drawn-rows.ts'
import { movedWeightRow } from './options.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

const mixupOptions = optionTable('mixup', {
  /** How far towards the other sample at most, a number or a schedule: 1 reaches it; default 1. */
  extent: withDefault(anAmount(), 1),
  /** λ, a number or a schedule; default 3. */
  weight: movedWeightRow,
})

/** The settings of {@link mixup}. */
export type MixupOptions = OptionsOf<typeof mixupOptions>

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
  const { extent, weight } = mixupOptions.resolve(options)
  return transformedReconstruction({
    name: 'mixup',
    weight,
    settings: { extent: amountSetting(extent) },
    reported: 'mixupMse',
    start: ({ dtype }, train) => ({
      transform(x, at) {
        const count = x.shape[0]
        const other = gather(train, drawnRows(at.key.child('other'), count, train.shape[0], dtype))
        const share = at.key.child('share').uniform([count, 1], { dtype })
        return add(x, mul(mul(share, amountAt(extent, at)), sub(other, x)))
      },
    }),
  })
}
