import { argMax, cast, equal, rows, scope, square, sub, sum, type Tensor } from '@facet/tensor'
import type { Network } from '../network.ts'
import { expectClasses } from '../objectives/classes.ts'
import { classesOf } from '../objectives/cross-entropy.ts'
import { expectLikeOutputs } from '../objectives/targets.ts'
import { checkSamples } from './check-samples.ts'
import { checkTargets } from './check-targets.ts'
import { chunksOf } from './chunks.ts'

/**
 * Mean squared error of a network's outputs over samples and dimensions, computed in chunks.
 *
 * @param x `[n, in]`, n ≥ 1
 * @param y `[n, out]`
 * @throws if x or y do not fit the network's sizes or dtype, or each other.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network, predictionError } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const testError = predictionError(net, key('x').normal([100, 2]), key('y').normal([100, 1]))
 */
export function predictionError(net: Network, x: Tensor, y: Tensor): number {
  checkSet('predictionError', net, x, y)
  expectLikeOutputs('predictionError', net, y)
  return sumOverChunks(x, y, (x, y) => sum(square(sub(net.apply(x), y)))) / y.size
}

/**
 * The share of samples whose class has the largest of a network's outputs, of equal ones the first; computed in chunks.
 *
 * @param x `[n, in]`, n ≥ 1
 * @param y classes as `crossEntropy()` takes them: int32 `[n]`, or shares `[n, out]`, of which the largest counts
 * @returns between 0 and 1
 * @throws if x or y do not fit the network's sizes or dtype, or each other.
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { classificationAccuracy, network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 8, 3], activations: ['relu', 'identity'], key: key(0) })
 * const accuracy = classificationAccuracy(net, key('x').normal([4, 2]), tensor(Int32Array.of(0, 2, 1, 1)))
 */
export function classificationAccuracy(net: Network, x: Tensor, y: Tensor): number {
  checkSet('classificationAccuracy', net, x, y)
  expectClasses('classificationAccuracy', net, y)
  const matches = (x: Tensor, y: Tensor) => sum(cast(equal(argMax(net.apply(x), 1), classesOf(y)), 'int32'))
  return sumOverChunks(x, y, matches) / x.shape[0]
}

function checkSet(operation: string, net: Network, x: Tensor, y: Tensor): void {
  checkSamples(operation, 'x', net, x)
  checkTargets(operation, 'x and y', net, { x, y })
}

function sumOverChunks(x: Tensor, y: Tensor, f: (x: Tensor, y: Tensor) => Tensor): number {
  let total = 0
  for (const [from, to] of chunksOf(x.shape[0])) {
    total += scope(() => f(rows(x, from, to), rows(y, from, to)).item())
  }
  return total
}
