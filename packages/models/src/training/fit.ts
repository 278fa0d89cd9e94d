import type { Model } from '../model.ts'
import type { Objective, ObjectiveRun } from '../objectives/objective.ts'
import type { History } from './history.ts'
import { type FitOptions, type ObjectiveOption, resolveFitOptions } from './options.ts'
import { ProgressClock } from './progress.ts'
import type { TrainingData } from './samples.ts'
import { Trainer } from './trainer.ts'
import { Slice } from './yield.ts'

/**
 * Trains an autoencoder, or a network on targets y beside the samples x. The event loop gets its turn at least every 12 ms (or after each step, if one takes longer),
 * so a page never freezes.
 *
 * @param data training set `[n, d]`, or `{ x, y }` where samples are to become something else than themselves, or `{ train, validation }` of such sets
 * @throws TypeError for an unknown option, and `patience` or `restoreBest` without a validation set; RangeError for data of another width than the model's, targets that
 * do not fit samples or objective, NaN or infinity in either (which row and column), a batch larger than the set; Error for a loss, or a bounded gradient's norm, that is not finite (which
 * epoch and batch) and for a checkpoint of another run.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { adam, autoencoder, fit, reconstruction } from '@facet/models'
 * await init()
 * const train = key('train').normal([32, 8])
 * const validation = key('validation').normal([8, 8])
 * const model = autoencoder({ input: 8, bottleneck: 2, seed: 0 })
 * const options = { epochs: 5, batchSize: 16, optimizer: adam({ learningRate: 1e-3 }), objective: reconstruction() }
 * const { epochs, bestEpoch } = await fit(model, { train, validation }, {
 *   ...options,
 *   onEpoch: ({ epoch, validation }, { remaining }) => console.log(epoch, validation, `${remaining.toFixed(0)} s left`),
 * })
 * epochs[bestEpoch!].validation // the model now has the weights of that epoch
 * @example
 * // A network: the target beside x. Classes: crossEntropy().
 * import { init, key, mul, rows, sin, sum } from '@facet/tensor'
 * import { fit, network } from '@facet/models'
 * await init()
 * const x = key('x').normal([64, 2])
 * const y = sum(mul(sin(x), 0.5), 1, true) // [64, 1]
 * const net = network({ sizes: [2, 16, 1], activations: ['relu', 'identity'], key: key(0) })
 * const train = { x: rows(x, 0, 48), y: rows(y, 0, 48) }
 * const validation = { x: rows(x, 48, 64), y: rows(y, 48, 64) }
 * const { epochs } = await fit(net, { train, validation }, { epochs: 20, batchSize: 16 }) // meanSquaredError()
 * epochs[19].validation
 * @example
 * // (noisy, clean) pairs, and a loss of one's own as a plain function.
 * import { abs, add, init, key, mean, mul, sub } from '@facet/tensor'
 * import { autoencoder, fit } from '@facet/models'
 * await init()
 * const clean = key('clean').normal([64, 8])
 * const noisy = add(clean, mul(key('noise').normal([64, 8]), 0.1))
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * await fit(model, { x: noisy, y: clean }, {
 *   epochs: 5,
 *   batchSize: 16,
 *   objective: (output, target) => mean(abs(sub(output, target))), // left out: the mean squared error
 * })
 * @example
 * // Stop, and go on later, to the same bits.
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, fit } from '@facet/models'
 * await init()
 * const data = key('train').normal([32, 8])
 * const model = autoencoder({ input: 8, bottleneck: 2, seed: 0 })
 * const stop = new AbortController() // a button, Ctrl-C, …
 * const onStep = ({ step }: { step: number }) => void (step === 4 && stop.abort())
 * const { checkpoint } = await fit(model, data, { epochs: 5, batchSize: 16, onStep, signal: stop.signal })
 * await fit(model, data, { epochs: 5, batchSize: 16, resume: checkpoint })
 * @example
 * // Steps of 64 samples in batches of 16, bounded; averaged weights; an end when validation no longer improves.
 * import { init, key } from '@facet/tensor'
 * import { adamW, autoencoder, cosineDecay, fit, warmup } from '@facet/models'
 * await init()
 * const train = key('train').normal([128, 8])
 * const validation = key('validation').normal([32, 8])
 * const model = autoencoder({ input: 8, bottleneck: 2, seed: 0 })
 * const { epochs, bestEpoch, endedBy } = await fit(model, { train, validation }, {
 *   epochs: 30,
 *   batchSize: 16,
 *   accumulate: 4,
 *   clipGradient: { norm: 1 },
 *   optimizer: adamW({ learningRate: 5e-3, weightDecay: 0.05, decayBiases: false, schedule: warmup(10, cosineDecay()) }),
 *   ema: 0.99,
 *   patience: 5,
 *   minDelta: 1e-4,
 * })
 * epochs[0].train.gradientNorm // before it was bounded, to choose the bound by
 * endedBy === 'patience' // then epochs.length is fewer than 30
 * epochs[bestEpoch!].validation // of the averaged weights, which the model now has
 */
export async function fit<M extends Model, const O extends ObjectiveOption<M> = Objective<ObjectiveRun, M>>(
  model: M,
  data: TrainingData,
  options: FitOptions<O>,
): Promise<History<O>> {
  const trainer = new Trainer<M, O>(model, data, options)
  const { onStep, onEpoch } = options
  const { onCheckpoint, checkpointEvery, epochs, signal } = resolveFitOptions(options)
  const { objectives } = trainer
  const clock = new ProgressClock(epochs, trainer.stepsPerEpoch, trainer.stepsDone)
  const slice = new Slice()
  try {
    while (!trainer.complete && !signal?.aborted) {
      if (trainer.epochDone) {
        const record = trainer.finishEpoch(await slice.run(trainer.validate()))
        await onEpoch?.(record, clock.at(trainer.stepsDone), objectives)
        const isDue = (record.epoch + 1) % checkpointEvery === 0 || trainer.complete
        if (onCheckpoint && isDue) await onCheckpoint(trainer.checkpoint(), record)
      } else {
        const report = trainer.step()
        await onStep?.(report, clock.at(trainer.stepsDone), objectives)
        await slice.breathe()
      }
    }
    return trainer.finish()
  } finally {
    trainer.release()
  }
}
