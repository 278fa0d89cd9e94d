import { formatShape, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import { expectLikeOutputs } from '../objectives/targets.ts'
import { checkFinite } from './check-finite.ts'
import type { Samples } from './samples.ts'

/**
 * @throws unless targets, where there are any, have a row for each sample, floats among them are finite, and those of an autoencoder are what its
 * outputs are.
 */
export function checkTargets(operation: string, name: string, model: Model, { x, y }: Samples): void {
  if (y === undefined) return
  if (!(y instanceof Tensor)) {
    throw new TypeError(`${operation}: ${name}: expected y as a tensor, got ${describe(y)}`)
  }
  const [count] = x.shape
  if (y.shape[0] !== count) {
    throw new RangeError(
      `${operation}: ${name}: expected y with a row for each of the ${count} of x, got ${formatShape(y.shape)}`,
    )
  }
  if (!(model instanceof Network)) expectLikeOutputs(`${operation}: ${name}`, model, y)
  if (y.dtype === 'float32' || y.dtype === 'float64') checkFinite(operation, `y of the ${name}`, y)
}
