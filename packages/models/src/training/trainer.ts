import { type Key, key } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Autoencoder } from '../autoencoder.ts'
import { expectWeights, isModel, type Model } from '../model.ts'
import { startObjectives } from '../objectives/start.ts'
import { distinctNames, type NamedRuns } from '../objectives/sum.ts'
import { Averages } from './averages.ts'
import { Batches } from './batches.ts'
import { checkTrainingData } from './check-data.ts'
import { checkValidation, checkWeights } from './check-epoch.ts'
import { checkPosition, checkTensors, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'
import { diagnose } from './diagnose.ts'
import { epochsWithoutImprovement } from './early-stopping.ts'
import { checkFingerprint, type Fingerprint, fingerprintOf, ofOptimizer } from './fingerprint.ts'
import {
  addToSums,
  bestEpochOf,
  type EpochRecord,
  type History,
  meansOf,
  type StepReport,
} from './history.ts'
import { once } from './once.ts'
import type { OptimizerRun } from './optimizer.ts'
import {
  type ObjectiveOption,
  type ResolvedOptions,
  resolveOptions,
  type StartedObjectives,
  type TrainerOptions,
} from './options.ts'
import { restarted } from './restart.ts'
import type { TrainingData } from './samples.ts'
import { deviceTensors, hostArray, initialState, setValues, type TrainingState } from './state.ts'
import type { StepContext } from './step.ts'
import { type Steps, stepsOf } from './steps.ts'
import { type TrainedParameters, trainedParameters } from './tied.ts'
import { type Validate, validationOf } from './validation.ts'
import { drained } from './yield.ts'

/**
 * Training step by step and synchronous: what `fit` wraps. Nothing of a step is retained but its numbers. Every
 * random draw is a function of seed and position (`key(seed).child('step', step, objective)`), so that a checkpoint
 * holds no generator state.
 *
 * @throws for data, options or a checkpoint that do not fit, as `fit` does.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, Trainer } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const data = key('train').normal([32, 8])
 * const trainer = new Trainer(model, data, { epochs: 10, batchSize: 16 })
 * while (!trainer.complete) {
 *   trainer.step()
 *   if (trainer.epochDone) trainer.finishEpoch()
 * }
 * const history = trainer.finish()
 * trainer.release()
 */
export class Trainer<M extends Model = Autoencoder, const O extends ObjectiveOption<M> = ObjectiveOption<M>> {
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  /** The objectives at work, in their order. */
  readonly objectives: StartedObjectives<O>
  readonly #options: ResolvedOptions
  readonly #seed: number | string
  readonly #key: Key
  /** Of the steps: a name of text takes longer than a number. */
  readonly #stepKey: Key
  /** Made when it is asked for: it looks at every number of the data. */
  readonly #fingerprint: () => Fingerprint
  readonly #batches: Batches
  readonly #runs: NamedRuns
  readonly #parameters: TrainedParameters
  readonly #optimizer: OptimizerRun
  readonly #context: StepContext
  readonly #steps: Steps
  readonly #averages: Averages | null
  readonly #validate: Validate | null
  readonly #state: TrainingState
  /** Whether the validation error has not improved for `patience` epochs. */
  #isOutOfPatience: boolean
  #isEnded = false

  constructor(model: M, data: TrainingData, options: TrainerOptions<O>) {
    if (!isModel(model)) {
      throw new TypeError(`fit: expected an Autoencoder or a Network, got ${describe(model)}`)
    }
    expectWeights(model)
    const resolved = resolveOptions(model, data, options)
    const { train, validation, objectives, optimizer, epochs, batchSize, accumulate, dropLast, ema } =
      resolved
    const { resume, restart } = resolved
    checkTrainingData(model, resolved)
    const given = resume ?? restart
    const found = given ? decodeCheckpoint(given) : null
    const saved = restart && found ? restarted(found) : found
    this.#options = resolved
    this.#seed = resolved.seed ?? saved?.seed ?? 0
    this.#key = key(this.#seed)
    this.#stepKey = this.#key.child('step')
    this.#batches = new Batches(train.x.shape[0], batchSize * accumulate, dropLast, this.#key)
    this.stepsPerEpoch = this.#batches.perEpoch
    this.totalSteps = epochs * this.stepsPerEpoch

    const runs = startObjectives(objectives, model, train, this.#key.child('prepare'))
    this.#runs = { names: distinctNames(objectives), runs }
    this.objectives = runs as StartedObjectives<O>
    const parameters = trainedParameters([model, ...runs].flatMap((owner) => owner.parameters))
    this.#fingerprint = once(() => fingerprintOf(model, resolved, runs, this.#seed))
    if (saved) {
      checkFingerprint(this.#fingerprint(), saved.fingerprint, restart ? ofOptimizer : [])
      checkPosition(epochs, saved.state, this.stepsPerEpoch)
      checkTensors(saved, parameters.distinct, restart ? null : optimizer, ema !== undefined)
      setValues(parameters, saved.values)
    }
    const state = saved?.state ?? initialState()
    this.#state = restart ? { ...state, momentsSince: state.epoch * this.stepsPerEpoch + state.batch } : state
    this.#parameters = parameters
    const moments = restart ? undefined : saved?.moments.map(deviceTensors)
    this.#optimizer = optimizer.start(parameters.distinct, moments, this.#state.momentsSince)
    this.#averages = ema === undefined ? null : new Averages(parameters, ema, saved?.averages ?? null)
    this.#context = { model, names: this.#runs.names, stepsPerEpoch: this.stepsPerEpoch }
    const problem = { train, objectives: this.#runs, parameters }
    this.#validate = validation ? validationOf(model, this.#runs, validation, this.#averages) : null
    this.#steps = stepsOf(this.#context, problem, this.#optimizer, resolved)
    this.#isOutOfPatience = this.#hasWaitedTooLong()
  }

  /** Steps done, those of a resumed run included. */
  get stepsDone(): number {
    return this.#state.epoch * this.stepsPerEpoch + this.#state.batch
  }

  /** All batches of an epoch are done, and `finishEpoch` is due. */
  get epochDone(): boolean {
    return this.#state.batch === this.stepsPerEpoch
  }

  /** All epochs are done, the patience is used up, or it was ended. */
  get complete(): boolean {
    return this.#isEnded || this.#isOutOfPatience || this.#state.epoch >= this.#options.epochs
  }

  /** Whole epochs, those of a resumed run included. */
  get epochs(): readonly EpochRecord[] {
    return this.#state.epochs
  }

  /**
   * Ends training here, as patience does: {@link finish} gives the best weights that there are, or else those of the last step.
   *
   * @throws Error where no epoch is done, or no weights are there that are finite.
   */
  end(): void {
    const { epoch, best } = this.#state
    if (epoch === 0) throw new Error('Trainer.end: expected a whole epoch, got none')
    if (best === null) checkWeights(this.#context.model, this.#parameters.distinct, epoch - 1)
    this.#isEnded = true
  }

  get #endedBy(): History['endedBy'] {
    if (this.#state.epoch >= this.#options.epochs) return 'epochs'
    if (this.#isOutOfPatience) return 'patience'
    return this.#isEnded ? 'end' : 'signal'
  }

  #hasWaitedTooLong(): boolean {
    const { patience, minDelta } = this.#options
    return patience !== undefined && epochsWithoutImprovement(this.#state.epochs, minDelta) >= patience
  }

  /**
   * Trains on the next batch, or on the next `accumulate` batches.
   *
   * @throws Error if the loss is not finite (the weights are then those before the step), or no batch is left.
   */
  step(): StepReport {
    if (this.#isEnded) throw new Error('Trainer.step: expected a run that goes on, got one that was ended')
    if (this.#isOutOfPatience) throw new Error('Trainer.step: expected patience to be left, got none')
    if (this.complete)
      throw new Error(`Trainer.step: expected an epoch left of ${this.#options.epochs}, got none`)
    if (this.epochDone)
      throw new Error('Trainer.step: expected finishEpoch() after the last batch, got step()')
    expectWeights(this.#context.model)
    const { epoch, batch, sums } = this.#state
    const step = this.stepsDone
    const indices = this.#batches.indices(epoch, batch)
    const isRead = batch % this.#options.readEvery === 0
    const at = { key: this.#stepKey.child(step), step, epoch, totalSteps: this.totalSteps }
    const values = this.#steps.run(indices, at, isRead)
    this.#averages?.follow(step)
    addToSums(sums, values, indices.length)
    this.#state.batch++
    return { epoch, batch, step, values }
  }

  /** Computes the validation error piece by piece; returns `undefined` without a validation set. */
  *validate(): Generator<void, number | undefined, void> {
    if (this.#validate === null) return undefined
    const { epoch } = this.#state
    const [step, { totalSteps }] = [this.stepsDone - 1, this]
    // The same draws after every epoch, so that errors can be compared.
    return yield* this.#validate({ key: this.#key.child('validation'), step, epoch, totalSteps })
  }

  /**
   * Closes the epoch: its record, and its weights (averaged with `ema`) kept if its validation error is the lowest so far.
   *
   * @param validation what `validate` returned; computed here if left out
   * @throws Error if batches are left, or a weight or the validation error is not finite.
   */
  finishEpoch(validation: number | undefined = drained(this.validate())): EpochRecord {
    if (!this.epochDone)
      throw new Error(
        `Trainer.finishEpoch: expected ${this.stepsPerEpoch} batches done, got ${this.#state.batch}`,
      )
    const { epoch, sums, epochs } = this.#state
    const { model } = this.#context
    const parameters = this.#parameters.distinct
    checkWeights(model, parameters, epoch)
    checkValidation(model, validation, epoch)
    const record: EpochRecord = {
      epoch,
      train: meansOf(sums),
      ...(validation !== undefined && { validation }),
    }
    epochs.push(record)
    if (this.#options.restoreBest && bestEpochOf(epochs) === epoch) {
      this.#state.best = this.#averages?.toHost() ?? parameters.map(({ value }) => hostArray(value))
    }
    Object.assign(this.#state, { epoch: epoch + 1, batch: 0, sums: {} })
    this.#isOutOfPatience = this.#hasWaitedTooLong()
    return record
  }

  /** The run as it stands, for `resume`: a safetensors file. */
  checkpoint(): Uint8Array {
    const { moments } = this.#optimizer
    const averages = this.#averages?.toHost() ?? null
    const { distinct } = this.#parameters
    return encodeCheckpoint(this.#fingerprint(), this.#seed, this.#state, distinct, moments, averages)
  }

  /** Ends training: a complete one with the best weights where they are asked for, or else with the averages where they are kept. */
  finish(): History<O> {
    const { model } = this.#context
    const { train } = this.#options
    const { epochs, best } = this.#state
    const checkpoint = this.complete ? null : this.checkpoint()
    const final = best ?? this.#averages?.toHost() ?? null
    if (this.complete && final !== null) setValues(this.#parameters, final)
    const history = {
      epochs,
      bestEpoch: bestEpochOf(epochs),
      aborted: !this.complete,
      endedBy: this.#endedBy,
      execution: this.#steps.execution,
      checkpoint,
      diagnostics: diagnose(model, this.#runs, train, this.#key.child('diagnostics')),
    }
    // Not enumerable: what a history says besides can be sent to another thread, written as JSON, and compared.
    return Object.defineProperty(history as typeof history & Pick<History<O>, 'objectives'>, 'objectives', {
      value: this.objectives,
    })
  }

  /** Gives the memory of the optimizer and of recorded steps back; the parameters stay. */
  release(): void {
    this.#steps.release()
    this.#optimizer.release()
    this.#averages?.release()
  }
}
