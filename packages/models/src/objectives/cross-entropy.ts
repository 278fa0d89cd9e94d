import { argMax, cast, equal, logSoftmax, mean, mul, neg, oneHot, sum, type Tensor } from '@facet/tensor'
import type { Network } from '../network.ts'
import { expectClasses } from './classes.ts'
import type { Objective, ObjectiveRun } from './objective.ts'

/**
 * Classes: the cross-entropy of y and the softmax of a network's outputs, one for each class, `− mean_n Σ_k y_nk log softmax(D(x_n))_k`.
 * The network itself goes on to return the logits, and stays piecewise affine.
 *
 * y is int32 [n], classes counted from 0, or floats [n, classes], shares of the classes: one-hot, or smoothed. Reports `crossEntropy` and
 * `accuracy`, the share of the batch whose class has the largest output.
 *
 * @example
 * import { init, key, tensor } from '@facet/tensor'
 * import { classificationAccuracy, crossEntropy, fit, network } from '@facet/models'
 * await init()
 * const net = network({ sizes: [2, 16, 3], activations: ['relu', 'identity'], key: key(0) })
 * const x = key('x').normal([30, 2])
 * const y = tensor(Int32Array.from({ length: 30 }, (_, i) => i % 3))
 * const { epochs } = await fit(net, { x, y }, { epochs: 10, batchSize: 10, objective: crossEntropy() })
 * epochs[9].train.accuracy
 * classificationAccuracy(net, x, y) // of the trained weights
 */
export const crossEntropy = (): Objective<ObjectiveRun, Network> => ({
  name: 'crossEntropy',
  trains: 'network',
  checkTargets: (what, net, y) => expectClasses(`${what}: crossEntropy`, net, y),
  start: (net) => ({
    parameters: [],
    loss({ x, y }) {
      const logits = net.apply(x)
      const shares = sharesOf(y!, net)
      const loss = mean(neg(sum(mul(shares, logSoftmax(logits)), 1)))
      const accuracy = mean(cast(equal(argMax(logits, 1), classesOf(y!)), net.dtype))
      return { loss, values: { crossEntropy: loss, accuracy } }
    },
    diagnostics: () => ({}),
  }),
})

const sharesOf = (y: Tensor, { outputs, dtype }: Network): Tensor =>
  y.dtype === 'int32' ? oneHot(y, outputs, dtype) : y

/** int32 [n], of shares the class of the largest. */
export const classesOf = (y: Tensor): Tensor => (y.dtype === 'int32' ? y : argMax(y, 1))
