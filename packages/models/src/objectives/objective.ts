import type { Key, Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'
import type { Parameter } from '../parameter.ts'

/** The samples of one training step. */
export interface Batch {
  /** `[N, d]`, in the order of `indices`. */
  readonly x: Tensor
  /** Row of each sample in the training set. */
  readonly indices: Int32Array
}

/** What one objective adds to a step. */
export interface ObjectiveTerm {
  /** A scalar, already weighted; the sum over objectives is what is minimised. */
  readonly loss: Tensor
  /** Scalars to report, unweighted: averaged over an epoch's samples into the history. */
  readonly values: Readonly<Record<string, Tensor>>
}

/**
 * Something to minimise. `fit` knows nothing of reconstruction or of any regularizer: it adds up the objectives it is
 * given. Write your own by filling in this interface; a whole one is
 *
 * @example
 * import { abs, init, key, max, mean, mul, scope, square } from '@facet/tensor'
 * import { type Autoencoder, autoencoder, fit, type Objective, reconstruction } from '@facet/models'
 * await init()
 * // Keeps codes small: weight · mean of z².
 * function smallCodes(weight = 0.01): Objective {
 *   let model: Autoencoder
 *   return {
 *     name: 'smallCodes',
 *     parameters: [], // nothing of its own to train
 *     settings: { weight },
 *     prepare(autoencoder) {
 *       model = autoencoder
 *     },
 *     loss({ x }) {
 *       const size = mean(square(model.encode(x))) // ordinary ops: they are differentiated
 *       return { loss: mul(size, weight), values: { codeSize: size } }
 *     },
 *     diagnostics(data) {
 *       return { largestCode: scope(() => max(abs(model.encode(data))).item()) }
 *     },
 *   }
 * }
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const history = await fit(model, key('train').normal([32, 8]), {
 *   epochs: 10,
 *   batchSize: 16,
 *   objective: [reconstruction(), smallCodes(0.1)],
 * })
 * history.epochs[9].train.codeSize // beside .loss and .mse
 * history.diagnostics.smallCodes.largestCode
 */
export interface Objective {
  /** Names it in errors and checkpoints. */
  readonly name: string
  /**
   * Called once before training, with the whole training set `[n, d]`: the place to make parameters (outside every
   * scope, or with `keep`). Depend on the model's sizes, the data and the key, not on its present weights: a
   * resumed run prepares with other weights than the first did.
   */
  prepare(model: Autoencoder, data: Tensor, key: Key): void
  /** Its own trained parameters (learned generators, …), valid after `prepare`. */
  readonly parameters: readonly Parameter[]
  /** What tells it from others of its name (weights, …); compared when a run is resumed. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>
  /**
   * The loss of one batch, in ops, of the model's and its own parameters' present `value`s. All randomness comes from
   * `key`, which is another one each step.
   */
  loss(batch: Batch, key: Key): ObjectiveTerm
  /** Numbers about the trained model, read once when training ends; `data [n, d]` is the training set. */
  diagnostics(data: Tensor, key: Key): Record<string, number | number[]>
}
