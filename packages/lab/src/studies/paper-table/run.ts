import { split } from '@facet/data'
import { adam, autoencoder, type EpochRecord, fit, reconstructionError } from '@facet/models'
import { key } from '@facet/tensor'
import { loadSet } from '../../sets/data-sets.ts'
import { bankOf } from '../../sets/generator-banks.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { codeSpread } from './code-spread.ts'
import { type ModelName, models } from './models.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'
import { makeShowcase, type Showcase } from './showcase.ts'

/** One training: a data set, a model, one value of its hyper-parameter, one run. */
export interface ReproduceTask {
  readonly settings: ReproduceSettings
  readonly set: string
  readonly model: ModelName
  /** λ or σ; `null` where the model has neither. */
  readonly value: number | null
  readonly run: number
}

/** What one training gives. Errors are mean squared errors over samples and dimensions. */
export interface ReproduceOutcome {
  readonly epochs: readonly (EpochRecord & { readonly test: number })[]
  /** Counted from 0; the weights of this epoch are the ones tested. */
  readonly bestEpoch: number
  readonly validationError: number
  readonly testError: number
  /** By objective; under `model` its live units, under `codes` where they lie (see {@link codeSpread}). */
  readonly diagnostics: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>
  readonly sizes: SetSizes
  /** Of run 0 alone: what figures of single samples and pairs are drawn from. */
  readonly showcase: Showcase | null
}

/**
 * Trains and tests one model (docs/mathematics.md 7.1): validation part, first weights and order of batches depend on the
 * seed and the run alone, so that all models of a run start equal.
 */
export async function runReproduce(
  { settings, set, model, value, run }: ReproduceTask,
  onProgress: (fraction: number) => void,
): Promise<ReproduceOutcome> {
  const { seed, epochs, hidden, bottleneck, bottleneckActivation, learningRate, batchSize } = settings
  const { train: whole, test, image = null } = await loadSet(set, settings)
  const { train, validation } = split(whole, {
    validation: validationShare,
    key: key(seed).child('split', run),
  })
  const { skip } = models[model]
  const net = autoencoder({
    input: whole.shape[1],
    bottleneck,
    encoderHidden: [hidden, hidden],
    decoderHidden: [hidden, hidden, hidden],
    // Beside a skip the bottleneck is linear: a ReLU would cut the principal components' codes in half.
    ...(skip ? { skip: 'pca', data: train } : { bottleneckActivation }),
    seed: `${seed}/run ${run}`,
  })
  const bank = () => bankOf({ length: whole.shape[1], image })
  const objectives = models[model].objectives(value ?? 0, bank)
  const testErrors: number[] = []
  const history = await fit(
    net,
    { train, validation },
    {
      epochs,
      batchSize,
      optimizer: adam({ learningRate }),
      objective: objectives,
      seed: `${seed}/run ${run}`,
      onEpoch: () => void testErrors.push(reconstructionError(net, test)),
      onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
    },
  )
  const bestEpoch = history.bestEpoch!
  return {
    epochs: history.epochs.map((record, i) => ({ ...record, test: testErrors[i] })),
    bestEpoch,
    validationError: history.epochs[bestEpoch].validation!,
    testError: testErrors[bestEpoch],
    diagnostics: { ...history.diagnostics, codes: codeSpread(net, train) },
    sizes: {
      train: train.shape[0],
      validation: validation.shape[0],
      test: test.shape[0],
      length: whole.shape[1],
    },
    showcase:
      run === 0 ? makeShowcase(net, history.objectives, { train, test }, key(seed).child('showcase')) : null,
  }
}
