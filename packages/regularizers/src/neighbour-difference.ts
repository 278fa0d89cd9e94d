import { amountAt, amountSetting, anAmount, type Objective } from '@facet/models'
import { add, gather, keep, mul, sub, tensor } from '@facet/tensor'
import { aCount, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { defaultNeighbours } from './bank-with-scale.ts'
import { nearestNeighbours } from './banks/nearest-neighbours.ts'
import { drawnRows } from './drawn-rows.ts'
import { movedWeightRow } from './options.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

const neighbourDifferenceOptions = optionTable('neighbourDifference', {
  /** Standard deviation of t, a number or a schedule; default 1.5, as {@link lieGroupOrbit} has it. */
  scale: withDefault(anAmount(), 1.5),
  /** λ, a number or a schedule; default 3. */
  weight: movedWeightRow,
  /** Nearest neighbours of each training sample that differences are taken to; default 3. */
  neighbours: withDefault(aCount(), defaultNeighbours),
})

/** The settings of {@link neighbourDifference}. */
export type NeighbourDifferenceOptions = OptionsOf<typeof neighbourDifferenceOptions>

/**
 * What {@link lieGroupOrbit} would be if it knew of no groups, a control ("delta"): `λ · MSE` of reconstructing `x_k + t (x_j − x_i)`, t = scale · n,
 * n ~ N(0, 1), with x_k the batch's samples and x_j one of the nearest neighbours of any training sample x_i. The pair and t are new for every
 * sample of every step. Add it to `reconstruction()`. Reports `differenceMse`, unweighted.
 *
 * @throws TypeError for an unknown option, RangeError for a value out of range.
 * @example
 * import { reconstruction } from '@facet/models'
 * import { neighbourDifference } from '@facet/regularizers'
 * const objective = [reconstruction(), neighbourDifference({ scale: 0.7 })] // for fit(model, data, { objective, … })
 */
export function neighbourDifference(options: NeighbourDifferenceOptions = {}): Objective {
  const { scale, weight, neighbours } = neighbourDifferenceOptions.resolve(options)
  return transformedReconstruction({
    name: 'neighbourDifference',
    weight,
    settings: { scale: amountSetting(scale), neighbours },
    reported: 'differenceMse',
    start({ dtype }, train) {
      const targets = nearestNeighbours(train, neighbours)
      const from = keep(tensor(targets.map((_, pair) => Math.floor(pair / neighbours))))
      const to = keep(tensor(targets))
      return {
        transform(x, at) {
          const chosen = drawnRows(at.key.child('pair'), x.shape[0], targets.length, dtype)
          const difference = sub(gather(train, gather(to, chosen)), gather(train, gather(from, chosen)))
          const amount = mul(at.key.child('amount').normal([x.shape[0], 1], dtype), amountAt(scale, at))
          return add(x, mul(amount, difference))
        },
      }
    },
  })
}
