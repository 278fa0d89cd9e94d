import type { Preparation } from '@facet/data'
import {
  type Autoencoder,
  adam,
  type Calibration,
  calibrate,
  cloneModel,
  conformalMartingale,
  type LossFunction,
  OnlineTrainer,
  onlinePValues,
  rowErrors,
  type Schedule,
  Slice,
} from '@facet/models'
import { type Key, key, scope, type Tensor, tensor } from '@facet/tensor'
import type { FittedParts, Kept, Reference, StreamState } from './fitted-parts.ts'
import { joinedRows } from './joined-rows.ts'
import { objectiveOf } from './objective.ts'
import type { FitProgress, ResolvedPartialOptions } from './options.ts'
import { type Part, partOf, targetsOf } from './prepare-training.ts'
import { alarmReport } from './report.ts'
import type { Table } from './rows/table.ts'
import type { ModelSettings } from './settings.ts'

/** What came of learning from new rows. Errors are mean squared errors in the model's units. */
export interface PartialFitResult {
  /** Rows that could be used. */
  readonly rows: number
  /** Mean error of the new rows before they were learned; NaN without any. */
  readonly error: number
  /** Errors above it are alarms from now on: that of the latest rows held out, under the present weights. */
  readonly threshold: number
  /**
   * Decimal logarithm of a conformal test martingale, over all rows since `fit`, of the errors that the model of `fit` makes: 2 says that they speak a hundred to one against
   * rows still being like those it was fitted to.
   */
  readonly martingale: number
  /** Whether that has ever been 2: of streams that do not change one in a hundred says so at most. */
  readonly changed: boolean
}

/**
 * Steps over which the rate rises to the one asked for, from the first that a model ever learns from a stream. At the full rate Adam's first steps, whose moments are
 * empty, go as far in every weight: one call with 32 rows took the error of other rows of the same data up by 3 to 36 %, and it took some 20 calls to make it good;
 * so it falls by 0 to 3 % over the first five. Moments gathered beforehand at rest did not help (9 to 39 %); a third of the rate for good learns new data three times as slowly.
 */
const warmUpSteps = 100
const warmUp: Schedule = (step) => Math.min(1, (step + 1) / warmUpSteps)

/** Learning from rows that come later. One call after the other. */
export class Stream {
  readonly #model: Autoencoder
  readonly #preparation: Preparation
  readonly #settings: ModelSettings
  readonly #kept: Kept
  readonly #given: StreamState | null
  readonly #key: Key
  readonly #loss: LossFunction | undefined
  #calibration: Calibration | null
  #calls: number
  #running: Running | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: FittedParts, loss: LossFunction | undefined) {
    this.#model = parts.model
    this.#preparation = parts.preparation
    this.#settings = parts.settings
    this.#kept = parts.kept
    this.#given = parts.stream
    this.#calibration = parts.calibration
    this.#calls = parts.stream?.calls ?? 0
    this.#key = key(parts.settings.seed).child('stream')
    this.#loss = loss
  }

  /** What has been learned of rows held out, under the present weights. */
  get calibration(): Calibration | null {
    return this.#calibration
  }

  /** Learns from a table of rows. */
  learn(table: Table, options: ResolvedPartialOptions): Promise<PartialFitResult> {
    const next = this.#last.then(() => this.#learn(table, options))
    this.#last = next.catch(() => undefined)
    return next
  }

  /** Where it stands; `null` before anything was learned. */
  state(): StreamState | null {
    if (this.#running === null) return this.#given
    const { trainer, pValues, martingale, reference } = this.#running
    return {
      calls: this.#calls,
      online: trainer.state(),
      pValues: pValues?.toJSON() ?? null,
      martingale: martingale.toJSON(),
      reference,
    }
  }

  release(): void {
    this.#running?.trainer.release()
    ;(this.#running?.reference ?? this.#given?.reference)?.model.dispose()
  }

  async #learn(table: Table, options: ResolvedPartialOptions): Promise<PartialFitResult> {
    const { target, signal } = options
    signal?.throwIfAborted()
    if (this.#settings.pairs !== (target !== undefined))
      throw new TypeError(
        this.#settings.pairs
          ? 'partialFit: target: expected what the rows are to become, as the model was fitted to pairs, got none'
          : 'partialFit: target: expected none, as the model was fitted to the rows themselves, got some',
      )
    const targets = target === undefined ? null : targetsOf('partialFit', target, table)
    const all = Int32Array.from({ length: table.count }, (_, i) => i)
    const { part } = partOf('partialFit', this.#preparation, table, targets, all)
    const running = await this.#run(options.loss)
    const call = this.#key.child(this.#calls++)
    const slice = new Slice()
    const error = part.count === 0 ? Number.NaN : mean(errorsOf(this.#model, part))
    await slice.breathe()
    if (part.count > 0) running.compare(part)
    await slice.breathe()
    if (part.count > 0) await this.#train(part, running, call, options)
    const { martingale } = running
    return {
      rows: part.count,
      error,
      threshold:
        this.#calibration === null
          ? Infinity
          : alarmReport(this.#calibration, this.#settings.alarms).threshold,
      martingale: martingale.log10,
      changed: martingale.changed,
    }
  }

  /** What a stream consists of, made when it begins. */
  async #run(given: LossFunction | undefined): Promise<Running> {
    if (this.#running !== null) return this.#running
    const { ownLoss, learningRate, seed } = this.#settings
    const loss = given ?? this.#loss
    if (ownLoss && loss === undefined)
      throw new TypeError(
        'partialFit: loss: expected the function that the model was fitted with, which no file holds, got none',
      )
    const before = this.#given
    const reference = before?.reference ?? {
      model: cloneModel(this.#model),
      calibration: this.#calibration,
    }
    this.#running = new Running(
      reference,
      before,
      seed,
      new OnlineTrainer(this.#model, {
        optimizer: adam({ learningRate, schedule: warmUp }),
        objective: objectiveOf(loss),
        seed,
        ...(before !== null && { state: before.online }),
      }),
    )
    return this.#running
  }

  async #train(part: Part, { trainer }: Running, call: Key, options: ResolvedPartialOptions): Promise<void> {
    const { trained, heldOut } = this.#kept
    const rows = joinedRows(part, this.#model.input)
    const width = trained.width
    const order = call.child('held out').permutation(part.count)
    // Of many small calls together the share that is asked for.
    const before = heldOut.seen + trained.seen
    const share = (count: number): number => Math.floor(this.#settings.validation * count)
    const held = heldOut.capacity === 0 ? 0 : share(before + part.count) - share(before)
    const pick = (which: Int32Array): Float32Array => {
      const picked = new Float32Array(which.length * width)
      which.forEach((row, i) => picked.set(rows.subarray(row * width, (row + 1) * width), i * width))
      return picked
    }
    heldOut.keepLatest(pick(order.slice(0, held)))
    const fresh = pick(order.slice(held).sort())
    await this.#steps(fresh, trainer, call, options)
    trained.keepRandom(fresh, call.child('kept'))
    if (heldOut.count > 0) this.#calibration = this.#recalibrated()
  }

  /** Steps on the new rows, each beside as many old ones. All batches have one size, so that a step is recorded once. */
  async #steps(
    fresh: Float32Array,
    trainer: OnlineTrainer,
    call: Key,
    { epochs, signal, onProgress }: ResolvedPartialOptions,
  ): Promise<void> {
    const { batchSize, pairs } = this.#settings
    const { trained } = this.#kept
    const { input } = this.#model
    const { width } = trained
    const count = fresh.length / width
    const ownRows = Math.min(count, Math.ceil(batchSize / 2))
    const perEpoch = Math.ceil(count / ownRows)
    const batch = new Float32Array(batchSize * width)
    const [slice, begin] = [new Slice(), performance.now()]
    let order: Int32Array = new Int32Array(0)
    for (let step = 0; step < epochs * perEpoch; step++) {
      if (signal?.aborted) return
      const [epoch, at] = [Math.floor(step / perEpoch), step % perEpoch]
      const drawing = call.child('step', step)
      if (at === 0) order = call.child('epoch', epoch).permutation(count)
      const own = order.subarray(at * ownRows, (at + 1) * ownRows)
      const others = drawing.integers(batchSize, 0, Math.max(1, trained.count))
      for (let i = 0; i < batchSize; i++) {
        const row =
          i < own.length || trained.count === 0
            ? fresh.subarray(own[i % own.length] * width, (own[i % own.length] + 1) * width)
            : trained.row(others[i])
        batch.set(row, i * width)
      }
      const error = scope(() => {
        const [x, y] = partsOf(batch, batchSize, input, pairs, this.#model.dtype)
        return trainer.step(x, y).values.loss
      })
      onProgress?.(progressOf(step + 1, perEpoch, epochs, begin, error))
      await slice.breathe()
    }
  }

  #recalibrated(): Calibration {
    const { heldOut } = this.#kept
    const { input, dtype } = this.#model
    return scope(() => {
      const [x] = partsOf(heldOut.values, heldOut.count, input, this.#settings.pairs, dtype)
      return calibrate(rowErrors(this.#model, x))
    })
  }
}

const progressOf = (
  step: number,
  perEpoch: number,
  epochs: number,
  begin: number,
  error: number,
): FitProgress => {
  const elapsed = (performance.now() - begin) / 1000
  const steps = perEpoch * epochs
  return {
    epoch: Math.floor(step / perEpoch),
    epochs,
    step,
    steps,
    elapsed,
    remaining: (elapsed / step) * (steps - step),
    error,
  }
}

/** Kept rows as samples and, of pairs, targets. */
function partsOf(
  rows: Float32Array,
  count: number,
  input: number,
  pairs: boolean,
  dtype: 'float32' | 'float64',
): [x: Tensor, y?: Tensor] {
  const shape = [count, input]
  if (!pairs) return [tensor(rows, { shape, dtype })]
  const halves = [0, 1].map((half) =>
    Float32Array.from({ length: count * input }, (_, i) => {
      return rows[Math.floor(i / input) * 2 * input + half * input + (i % input)]
    }),
  )
  const [x, y] = halves.map((half) => tensor(half, { shape, dtype }))
  return [x, y]
}

/** A stream at work. */
class Running {
  readonly trainer: OnlineTrainer
  readonly reference: Reference
  readonly pValues: ReturnType<typeof onlinePValues> | null
  readonly martingale: ReturnType<typeof conformalMartingale>

  constructor(
    reference: Reference,
    before: StreamState | null,
    seed: number | string,
    trainer: OnlineTrainer,
  ) {
    this.trainer = trainer
    this.reference = reference
    const { calibration } = reference
    const state = before?.pValues
    this.pValues = calibration === null ? null : onlinePValues(calibration, { seed, ...(state && { state }) })
    this.martingale = conformalMartingale({ ...(before !== null && { state: before.martingale }) })
  }

  /** Compares new rows with those of the fit. */
  compare(part: Part): void {
    if (this.pValues !== null) this.martingale.update(this.pValues.next(errorsOf(this.reference.model, part)))
  }
}

const mean = (errors: Float64Array): number => errors.reduce((sum, error) => sum + error, 0) / errors.length

const errorsOf = (model: Autoencoder, { x, count }: Part): Float64Array => {
  let errors = new Float64Array(0)
  scope(() => {
    errors = rowErrors(model, tensor(x, { shape: [count, model.input], dtype: model.dtype })) as typeof errors
  })
  return errors
}
