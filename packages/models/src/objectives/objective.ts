import type { Key, Tensor } from '@facet/tensor'
import type { Autoencoder } from '../autoencoder.ts'
import type { Model } from '../model.ts'
import type { Parameter } from '../parameter.ts'

/** The samples of one training step. */
export interface Batch {
  /** `[N, d]`, in the order of `indices`. */
  readonly x: Tensor
  /** The targets of these samples, in the order of x, as `fit` was given them; absent where it was given none. */
  readonly y?: Tensor
  /** Row of each sample in the training set, or in the validation set of a network. A loss that reads it is computed without replay: see {@link ObjectiveRun.loss}. */
  readonly indices: Int32Array
}

/** Where training stands: what a loss may depend on besides its batch. */
export interface LossStep {
  /** All randomness comes from it; another one each step, and each batch of a step. */
  readonly key: Key
  /** Counts from 0 over all epochs. */
  readonly step: number
  /** Counts from 0. */
  readonly epoch: number
  /** Steps of the whole run, for schedules. */
  readonly totalSteps?: number
}

/**
 * A loss as a plain function, where an objective is expected: a scalar, in ops, of what the model makes of a batch's samples and what they
 * are to become: y, or of an autoencoder without targets x itself. It may depend on `at` as the loss of an {@link ObjectiveRun}
 * may, and is recorded and replayed as one.
 *
 * @example
 * import { abs, init, key, mean, sub } from '@facet/tensor'
 * import { autoencoder, fit } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * await fit(model, key('train').normal([32, 8]), {
 *   epochs: 10,
 *   batchSize: 16,
 *   objective: (output, target) => mean(abs(sub(output, target))),
 * })
 */
export type LossFunction = (output: Tensor, target: Tensor, at: LossStep) => Tensor

/** What one objective adds to a step. */
export interface ObjectiveTerm {
  /** A scalar, already weighted; the sum over objectives is what is minimised. `accumulate` takes it for a mean over samples. */
  readonly loss: Tensor
  /** Scalars to report, unweighted: averaged over an epoch's samples into the history. */
  readonly values: Readonly<Record<string, Tensor>>
}

/** An objective at work on one model: what {@link Objective.start} makes for one run, and all that changes lives in. */
export interface ObjectiveRun {
  /** Its own trained parameters: learned generators, …. */
  readonly parameters: readonly Parameter[]
  /**
   * The loss of one batch, in ops, of the model's and its own parameters' present `value`s.
   *
   * `fit` records a step and replays it: this function is not called again in most steps. So everything that changes from one step to
   * the next must be one of
   * - the parameters, `batch.x` and `batch.y`;
   * - draws from `at.key` by `normal` and `uniform`;
   * - {@link amountAt}`(schedule, at)` for weights and other numbers that follow a schedule.
   *
   * A loss that reads `at.step`, `at.epoch`, `batch.indices` or numbers of a tensor is right as well: it is called in every step, and
   * `history.execution.obstacle` says so. A count of its own, the time or `Math.random()` is seen by nobody: `fit` calls the loss
   * beside the replay in the second step and in ever rarer later ones. Where the bits differ it goes on without replay, in the second
   * step, or throws.
   */
  loss(batch: Batch, at: LossStep): ObjectiveTerm
  /** Numbers about the trained model, read once when training ends; `x [n, d]` is the training set, `y` its targets. */
  diagnostics(x: Tensor, key: Key, y?: Tensor): Record<string, number | number[]>
}

/**
 * Something to minimise: a recipe, which keeps nothing and may serve any number of runs, also at the same time. `fit` knows nothing
 * of reconstruction or of any regularizer: it adds up the objectives it is given. Write your own by filling in this interface; a whole
 * one is
 *
 * @example
 * import { abs, init, key, max, mean, mul, scope, square } from '@facet/tensor'
 * import { type Amount, amountAt, amountSetting, autoencoder, fit, type Objective, reconstruction, warmup } from '@facet/models'
 * await init()
 * // Keeps codes small: weight · mean of z².
 * function smallCodes(weight: Amount = 0.01): Objective {
 *   return {
 *     name: 'smallCodes',
 *     settings: { weight: amountSetting(weight) },
 *     start: (model) => ({
 *       parameters: [], // nothing of its own to train
 *       loss({ x }, at) {
 *         const size = mean(square(model.encode(x))) // ordinary ops: they are differentiated
 *         return { loss: mul(size, amountAt(weight, at)), values: { codeSize: size } }
 *       },
 *       diagnostics(data) {
 *         return { largestCode: scope(() => max(abs(model.encode(data))).item()) }
 *       },
 *     }),
 *   }
 * }
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const history = await fit(model, key('train').normal([32, 8]), {
 *   epochs: 10,
 *   batchSize: 16,
 *   objective: [reconstruction(), smallCodes(warmup(5))], // its weight grows to 1 over five steps
 * })
 * history.epochs[9].train.codeSize // beside .loss and .mse
 * history.diagnostics.smallCodes.largestCode
 * @example
 * // For a network, with a target beside x: mean of |D(x) − y|.
 * import { abs, init, key, mean, sub } from '@facet/tensor'
 * import { fit, type Network, network, type Objective, type ObjectiveRun } from '@facet/models'
 * await init()
 * const absoluteError = (): Objective<ObjectiveRun, Network> => ({
 *   name: 'absoluteError',
 *   trains: 'network',
 *   start: (net) => ({
 *     parameters: [],
 *     loss({ x, y }) {
 *       const error = mean(abs(sub(net.apply(x), y!)))
 *       return { loss: error, values: { absoluteError: error } }
 *     },
 *     diagnostics: () => ({}),
 *   }),
 * })
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const [x, y] = [key('x').normal([32, 2]), key('y').normal([32, 1])]
 * await fit(net, { x, y }, { epochs: 5, batchSize: 16, objective: absoluteError() })
 */
export interface Objective<R extends ObjectiveRun = ObjectiveRun, M extends Model = Autoencoder> {
  /** Names it in errors and checkpoints. */
  readonly name: string
  /** What it trains, where that is one of them alone: given the other, it is refused. */
  readonly trains?: 'autoencoder' | 'network'
  /** What tells it from others of its name (weights, …); compared when a run is resumed. */
  readonly settings?: Readonly<Record<string, number | string | boolean>>
  /**
   * Refuses targets that it cannot use, by an error that begins with `what`: those of the training set and those of the validation set, before
   * anything is started. `undefined` where there are none. Floats are known to be finite, and to have a row for every sample. Of an
   * autoencoder they are floats [n, d], and an objective without this check is refused beside them: it would go on with x alone.
   */
  readonly checkTargets?: (what: string, model: M, y: Tensor | undefined) => void
  /**
   * Called once before training, with the whole training set x `[n, d]`, and its targets where it has any: makes the parameters (outside
   * every scope, or with `keep`) and whatever else the loss needs. Depend on the model's sizes, the data and the key, not on its present
   * weights: a resumed run starts with other weights than the first did.
   */
  readonly start: (model: M, x: Tensor, key: Key, y?: Tensor) => R
}

/** An objective of whatever it trains. */
export type AnyObjective = Objective<ObjectiveRun, never>

/** The models that all of these objectives train. */
export type TrainedBy<
  O extends readonly (AnyObjective | LossFunction)[],
  M extends Model = Model,
> = M extends Model ? (O extends readonly (Objective<ObjectiveRun, M> | LossFunction)[] ? M : never) : never
