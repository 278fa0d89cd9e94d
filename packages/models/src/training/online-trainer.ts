import { formatShape, type Key, key, type Tensor } from '@facet/tensor'
import { anything, aSeed, describe, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import { rewrite } from '@facet/tensor/dispatch'
import type { Autoencoder } from '../autoencoder.ts'
import { expectWeights, isModel, type Model } from '../model.ts'
import type { AnyObjective } from '../objectives/objective.ts'
import { checkKind, checkUse, startObjectives } from '../objectives/start.ts'
import { distinctNames } from '../objectives/sum.ts'
import { adam } from './adam.ts'
import { checkFinite, checkFiniteValues } from './check-finite.ts'
import { checkSamples } from './check-samples.ts'
import { checkTargets } from './check-targets.ts'
import type { Execution } from './gradients.ts'
import { type OnlineState, readState, stateOf } from './online-state.ts'
import type { Optimizer, OptimizerRun } from './optimizer.ts'
import {
  type AnyObjectiveOption,
  defaultObjective,
  type LearningOptions,
  learningRows,
  type ObjectiveOption,
  objectivesOf,
  type StartedObjectives,
} from './options.ts'
import { type GivenSamples, type Samples, samplesOf } from './samples.ts'
import { deviceTensor, hostArray } from './state.ts'
import type { StepContext } from './step.ts'
import { type Steps, stepsOf } from './steps.ts'
import { type TrainedParameters, trainedParameters } from './tied.ts'

const ownRows = {
  /** Of everything the objectives draw. Default 0, or that of `state`. */
  seed: optional(aSeed),
  /** Samples that objectives are started with, where they look at any: `[n, d]` or `{ x, y }`. Default those of the first step. */
  start: optional(anything<GivenSamples>()),
  /** Where another trainer of the same model, optimizer and objectives stood: see {@link OnlineTrainer.state}. */
  state: optional(anything<OnlineState>()),
}

const onlineOptions = optionTable('OnlineTrainer', { ...learningRows, ...ownRows })

/** The settings of {@link OnlineTrainer}. */
export type OnlineOptions<O extends AnyObjectiveOption = ObjectiveOption> = OptionsOf<typeof ownRows> &
  LearningOptions<O>

/** One step of {@link OnlineTrainer}. */
export interface OnlineReport {
  /** Counts from 0, over all trainers that went on from one another. */
  readonly step: number
  /** `loss` and every value the objectives report, of these samples before the update; `gradientNorm` with `clipGradient: { norm }`. */
  readonly values: Readonly<Record<string, number>>
}

/** Objectives and optimizer at work. */
interface Running {
  readonly context: StepContext
  readonly runs: readonly unknown[]
  readonly parameters: TrainedParameters
  readonly optimizer: OptimizerRun
  readonly stepsOn: (train: Samples, replay: boolean) => Steps
}

/** Tensors of one shape whose numbers are those of the step, so that what was recorded of them can be replayed. */
interface Room {
  readonly samples: Samples
  readonly indices: Int32Array
  readonly steps: Steps
}

/** Shapes of batches that are recorded; others are computed without replay. */
const mostRooms = 8

const operation = 'OnlineTrainer.step'

/**
 * Training without epochs and without a set: each step is on the rows that it is given, and the optimizer's moments and its count of steps
 * go on. A shape of batches is recorded once, and then replayed with other numbers. Synchronous; a step takes what one of `fit` takes.
 *
 * Schedules have no end: `totalSteps` is Infinity, of which `cosineDecay()` makes 1. A loss that reads `batch.indices` finds places in the batch.
 *
 * @throws TypeError for a model, objective or option that it cannot use.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { adam, autoencoder, OnlineTrainer } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 16, bottleneck: 3, encoderHidden: [32], seed: 0 })
 * const trainer = new OnlineTrainer(model, { optimizer: adam({ learningRate: 1e-3 }), clipGradient: { norm: 1 } })
 * for (let chunk = 0; chunk < 20; chunk++) {
 *   const rows = key('chunk').child(chunk).normal([32, 16]) // whatever has come in
 *   trainer.step(rows).values.mse
 *   rows.dispose()
 * }
 * const state = trainer.state() // arrays, for a file
 * trainer.release()
 * // Later, with the weights of the same model:
 * const later = new OnlineTrainer(model, { optimizer: adam({ learningRate: 1e-3 }), clipGradient: { norm: 1 }, state })
 * later.step(key('more').normal([32, 16])).step // 20
 * later.release()
 * @example
 * // (noisy, clean) pairs, and a loss of one's own.
 * import { abs, add, init, key, mean, mul, sub } from '@facet/tensor'
 * import { autoencoder, OnlineTrainer } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const trainer = new OnlineTrainer(model, { objective: (output, target) => mean(abs(sub(output, target))) })
 * const clean = key('clean').normal([32, 8])
 * const noisy = add(clean, mul(key('noise').normal([32, 8]), 0.1))
 * trainer.step(noisy, clean).values.loss
 */
export class OnlineTrainer<
  M extends Model = Autoencoder,
  const O extends ObjectiveOption<M> = ObjectiveOption<M>,
> {
  readonly #model: M
  readonly #objectives: readonly AnyObjective[]
  readonly #optimizer: Optimizer
  readonly #options: ReturnType<typeof onlineOptions.resolve>
  readonly #seed: number | string
  readonly #stepKey: Key
  readonly #rooms = new Map<string, Room>()
  #running: Running | null = null
  #isReplaying: boolean
  #isReleased = false
  #stepsDone: number
  /** Steps of shapes that have no room. */
  #eager = 0

  constructor(model: M, options: OnlineOptions<O> = {}) {
    if (!isModel(model)) {
      throw new TypeError(`OnlineTrainer: expected an Autoencoder or a Network, got ${describe(model)}`)
    }
    expectWeights(model)
    const resolved = onlineOptions.resolve(options)
    const { objective = defaultObjective(model), optimizer = adam(), seed, start, state } = resolved
    this.#model = model
    this.#options = resolved
    this.#objectives = objectivesOf('OnlineTrainer', objective)
    this.#optimizer = optimizer
    this.#isReplaying = resolved.replay
    for (const each of this.#objectives) checkKind(each, model)
    this.#seed = seed ?? state?.seed ?? 0
    this.#stepKey = key(this.#seed).child('step')
    this.#stepsDone = state?.step ?? 0
    if (start === undefined) return
    const samples = samplesOf(start)
    this.#check('OnlineTrainer: start', samples)
    checkFinite('OnlineTrainer', 'start', samples.x)
    this.#running = this.#begin(samples)
  }

  /** Steps done, those of `state` included. */
  get stepsDone(): number {
    return this.#stepsDone
  }

  /** The objectives at work, in their order; none before the first step, unless samples to start with were given. */
  get objectives(): StartedObjectives<O> | readonly [] {
    return (this.#running?.runs ?? []) as StartedObjectives<O>
  }

  /** How the steps of this trainer were carried out. */
  get execution(): Execution {
    const all = [...this.#rooms.values()].map(({ steps }) => steps.execution)
    return {
      eager: all.reduce((sum, { eager }) => sum + eager, this.#eager),
      replayed: all.reduce((sum, { replayed }) => sum + replayed, 0),
      obstacle: all.find(({ obstacle }) => obstacle !== null)?.obstacle ?? null,
    }
  }

  /**
   * Trains on one batch.
   *
   * @param x samples `[n, d]`; they stay the caller's
   * @param y targets, a row for each
   * @throws RangeError or TypeError for samples and targets that do not fit model and objectives, NaN or infinity in them (which row and column); Error
   * for a loss that is not finite. Nothing has changed then.
   */
  step(x: Tensor, y?: Tensor): OnlineReport {
    if (this.#isReleased)
      throw new Error(`${operation}: expected a trainer that goes on, got one that was released`)
    expectWeights(this.#model)
    this.#check(operation, { x, y })
    const step = this.#stepsDone
    const at = { key: this.#stepKey.child(step), step, epoch: 0, totalSteps: Number.POSITIVE_INFINITY }
    const { steps, indices } = this.#roomFor({ x, y })
    const values = steps.run(indices, at, true)
    this.#isReplaying &&= steps.execution.obstacle === null
    this.#stepsDone++
    return { step, values }
  }

  /** Where it stands, as plain arrays: all but the model's weights. With both, another trainer goes on to the same bits. */
  state(): OnlineState {
    if (this.#isReleased)
      throw new Error('OnlineTrainer.state: expected a trainer that goes on, got one that was released')
    const given = { step: this.#stepsDone, seed: this.#seed, tensors: this.#options.state?.tensors ?? {} }
    if (this.#running === null) return given
    const { parameters, optimizer } = this.#running
    return { ...given, tensors: stateOf(this.#model, parameters, optimizer.moments) }
  }

  /** Gives the memory of the optimizer and of recorded steps back; the parameters stay. */
  release(): void {
    for (const { samples, steps } of this.#rooms.values()) {
      steps.release()
      samples.x.dispose()
      samples.y?.dispose()
    }
    this.#rooms.clear()
    this.#running?.optimizer.release()
    this.#isReleased = true
  }

  #check(operation: string, samples: Samples): void {
    checkSamples(operation, 'rows', this.#model, samples.x)
    checkTargets(operation, 'rows', this.#model, samples)
    for (const objective of this.#objectives) checkUse(objective, operation, this.#model, samples.y)
  }

  #begin(samples: Samples): Running {
    const { state, clipGradient } = this.#options
    const model = this.#model
    const names = distinctNames(this.#objectives)
    const runs = startObjectives(this.#objectives, model, samples, key(this.#seed).child('prepare'))
    const parameters = trainedParameters([model, ...runs].flatMap((owner) => owner.parameters))
    const moments = state && readState(state, model, parameters, this.#optimizer.moments)
    const optimizer = this.#optimizer.start(parameters.distinct, moments)
    const context = { model, names, stepsPerEpoch: Number.POSITIVE_INFINITY }
    const objectives = { names, runs }
    return {
      context,
      runs,
      parameters,
      optimizer,
      stepsOn: (train, replay) =>
        stepsOf(context, { train, objectives, parameters }, optimizer, {
          replay,
          clipGradient,
          batchSize: train.x.shape[0],
          accumulate: 1,
        }),
    }
  }

  /** The room of this shape, with these numbers; samples as they are where steps are not replayed. */
  #roomFor(given: Samples): Room {
    const name = shapesOf(given)
    const known = this.#rooms.get(name)
    if (!this.#isReplaying || (known === undefined && this.#rooms.size === mostRooms)) {
      checkFinite(operation, 'rows', given.x)
      this.#running ??= this.#begin(given)
      this.#eager++
      return this.#roomOf(given, this.#running.stepsOn(given, false))
    }
    const values = given.x.dataSync()
    checkFiniteValues(operation, 'rows', given.x, values)
    if (known !== undefined) {
      rewrite(known.samples.x, values)
      if (given.y !== undefined) rewrite(known.samples.y as Tensor, given.y.dataSync())
      return known
    }
    this.#running ??= this.#begin(given)
    const samples = {
      x: deviceTensor(hostArray(given.x)),
      ...(given.y !== undefined && { y: deviceTensor(hostArray(given.y)) }),
    }
    const room = this.#roomOf(samples, this.#running.stepsOn(samples, true))
    this.#rooms.set(name, room)
    return room
  }

  #roomOf(samples: Samples, steps: Steps): Room {
    const indices = Int32Array.from({ length: samples.x.shape[0] }, (_, i) => i)
    return { samples, indices, steps }
  }
}

const shapesOf = ({ x, y }: Samples): string =>
  y === undefined ? `${x.shape[0]}` : `${x.shape[0]} ${y.dtype} ${formatShape(y.shape)}`
