import type { Objective } from '@facet/models'
import { add, gather, keep, mul, sub, type Tensor, tensor } from '@facet/tensor'
import { expectCount, expectNumber, expectOptions } from '@facet/tensor/checks'
import { defaultNeighbours } from './bank-with-scale.ts'
import { nearestNeighbours } from './banks/nearest-neighbours.ts'
import { drawnRows } from './drawn-rows.ts'
import { transformedReconstruction } from './transformed-reconstruction.ts'

/** The settings of {@link neighbourDifference}. */
export interface NeighbourDifferenceOptions {
  /** Standard deviation of t; default 1.5, as {@link lieGroupOrbit} has it. */
  readonly scale?: number
  /** λ; default 3. */
  readonly weight?: number
  /** Nearest neighbours of each training sample that differences are taken to; default 3. */
  readonly neighbours?: number
}

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
  expectOptions('neighbourDifference', options, ['scale', 'weight', 'neighbours'])
  const { scale = 1.5, weight = 3, neighbours = defaultNeighbours } = options
  expectNumber('neighbourDifference', 'scale', scale)
  expectNumber('neighbourDifference', 'weight', weight)
  expectCount('neighbourDifference', 'neighbours', neighbours)
  let pairs: { train: Tensor; from: Tensor; to: Tensor; count: number }
  let dtype: 'float32' | 'float64'
  return transformedReconstruction({
    name: 'neighbourDifference',
    weight,
    settings: { scale, neighbours },
    reported: 'differenceMse',
    prepare(model, data) {
      dtype = model.dtype
      const to = nearestNeighbours(data, neighbours)
      const from = to.map((_, pair) => Math.floor(pair / neighbours))
      pairs = { train: data, from: keep(tensor(from)), to: keep(tensor(to)), count: to.length }
    },
    transform(x, key) {
      const { train, from, to, count } = pairs
      const chosen = drawnRows(key.child('pair'), x.shape[0], count, dtype)
      const difference = sub(gather(train, gather(to, chosen)), gather(train, gather(from, chosen)))
      const amount = mul(key.child('amount').normal([x.shape[0], 1], dtype), scale)
      return add(x, mul(amount, difference))
    },
  })
}
