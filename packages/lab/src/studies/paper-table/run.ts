import { split } from '@facet/data'
import {
  type Autoencoder,
  type AutoencoderOptions,
  adam,
  autoencoder,
  fit,
  reconstructionError,
} from '@facet/models'
import { key } from '@facet/tensor'
import { modelObjectives, models } from '../../objectives.ts'
import { loadSet } from '../../sets/data-sets.ts'
import { type BankChoice, bankOf } from '../../sets/generator-banks.ts'
import type { GridTask } from '../../study/grid.ts'
import { codeSpread } from './code-spread.ts'
import { generatorsFor } from './generators.ts'
import type { PaperOutcome } from './outcome.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'
import { makeShowcase } from './showcase.ts'

/** The network of Table 1 for samples of so many values, with what differs from model to model. */
export const paperNet = (
  { hidden, bottleneck }: Pick<ReproduceSettings, 'hidden' | 'bottleneck'>,
  input: number,
  seed: number | string,
  own: Pick<AutoencoderOptions, 'bottleneckActivation' | 'skip' | 'data'>,
): Autoencoder =>
  autoencoder({
    input,
    bottleneck,
    encoderHidden: [hidden, hidden],
    decoderHidden: [hidden, hidden, hidden],
    seed,
    ...own,
  })

/**
 * Trains and tests one model (docs/mathematics.md 7.1): validation part, first weights and order of batches depend on the
 * seed and the run alone, so that all models of a run start equal.
 */
export async function runModel(
  settings: ReproduceSettings,
  { set, model, value, run }: GridTask,
  onProgress: (fraction: number) => void,
): Promise<PaperOutcome> {
  const { seed, epochs, bottleneckActivation, learningRate, batchSize } = settings
  const { train: whole, test, image = null } = await loadSet(set, settings)
  const { train, validation } = split(whole, {
    validation: validationShare,
    key: key(seed).child('split', run),
  })
  const { skip } = models[model]
  // Beside a skip the bottleneck is linear: a ReLU would cut the principal components' codes in half.
  const own = skip ? ({ skip: 'pca', data: train } as const) : { bottleneckActivation }
  const net = paperNet(settings, whole.shape[1], `${seed}/run ${run}`, own)
  const source = { length: whole.shape[1], image, train, key: key(seed).child('bank', run) }
  const bank = (choice?: BankChoice) => bankOf(source, choice)
  const testErrors: number[] = []
  const history = await fit(
    net,
    { train, validation },
    {
      epochs,
      batchSize,
      optimizer: adam({ learningRate }),
      objective: modelObjectives(
        model,
        value,
        { bank },
        { generators: generatorsFor(settings, whole.shape[1]) },
      ),
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
