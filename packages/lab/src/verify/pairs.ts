import { expandDims, type Tensor } from '@facet/tensor'
import type { Rebuilt } from './rebuild.ts'

export type Order = 1 | 2

/** Base and target of every pair, [N, d, c]: decoder outputs (Eq. 12) or decoder Jacobians (Eq. 13). */
export function pairsOf(
  { model, theta, thetaPrimed }: Rebuilt,
  order: Order,
): { base: Tensor; target: Tensor } {
  const at = (point: Tensor): Tensor =>
    order === 1 ? expandDims(model.decode(point), 2) : model.decoder.jacobian(point)
  return { base: at(thetaPrimed), target: at(theta) }
}
