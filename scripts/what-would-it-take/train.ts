import { type Dataset, split } from '@facet/data'
import { type Autoencoder, adam, autoencoder, fit, reconstructionError } from '@facet/models'
import {
  abs,
  div,
  type Key,
  key,
  max,
  mean,
  min,
  mul,
  rows,
  scope,
  sqrt,
  square,
  sub,
  type Tensor,
} from '@facet/tensor'
import type { CandidateValue } from '../../packages/lab/src/candidate-value.ts'
import { type ModelName, modelObjectives } from '../../packages/lab/src/objectives.ts'
import { bankOf } from '../../packages/lab/src/sets/generator-banks.ts'
import { validationShare } from '../../packages/lab/src/studies/paper-table/settings.ts'
import type { Normalisation, Reading, Scaling, Training } from './readings.ts'

/** What is trained: an autoencoder of Table 1, with λ or σ where it has one. */
export interface Column {
  readonly model: ModelName
  readonly value: CandidateValue | null
}

/** Test errors of a training, epoch by epoch, and what picks one of them. */
export interface Course {
  /** `null` without a validation part. */
  readonly validation: readonly number[] | null
  readonly meanSquare: readonly number[]
  readonly absolute: readonly number[]
  readonly rootPerSample: readonly number[]
  readonly length: number
}

/** Series z-normalised with n − 1, otherwise. */
const normalisations: Readonly<Record<Normalisation, (x: Tensor) => Tensor>> = {
  sample: (x) => x,
  population: (x) => mul(x, Math.sqrt(x.shape[1] / (x.shape[1] - 1))),
  unit: (x) => {
    const low = min(x, 1, true)
    return div(sub(x, low), sub(max(x, 1, true), low))
  },
}

interface Parts {
  readonly train: Tensor
  readonly validation?: Tensor
}

/** What is trained on and what is held out. */
const partsOf: Readonly<Record<Training['heldOut'], (whole: Tensor, key: Key) => Parts>> = {
  random: (whole, key) => split(whole, { validation: validationShare, key }),
  last(whole) {
    const [count] = whole.shape
    const from = count - Math.round(validationShare * count)
    return { train: rows(whole, 0, from), validation: rows(whole, from, count) }
  },
  none: (whole) => ({ train: whole }),
}

/** The mean absolute error, and the mean over samples of the root of their mean squared error. */
const otherErrors = (net: Autoencoder, test: Tensor): { absolute: number; rootPerSample: number } =>
  scope(() => {
    const difference = sub(net.reconstruct(test), test)
    return {
      absolute: mean(abs(difference)).item(),
      rootPerSample: mean(sqrt(mean(square(difference), 1))).item(),
    }
  })

/** Trains one model for all epochs as `runModel` of `facet reproduce` does: the same parts, first weights, batches and draws. */
export async function courseOf(
  { train: trainFile, test: testFile }: Pick<Dataset, 'train' | 'test'>,
  training: Training,
  { model, value }: Column,
  { run, seed, epochs }: { readonly run: number; readonly seed: number; readonly epochs: number },
): Promise<Course> {
  const [whole, test] = [trainFile, testFile].map(normalisations[training.normalisation])
  const { train, validation } = partsOf[training.heldOut](whole, key(seed).child('split', run))
  const length = whole.shape[1]
  const { width, bottleneckActivation, initialisation, decoderBias, learningRate } = training
  const net = autoencoder({
    input: length,
    bottleneck: 10,
    encoderHidden: [width, width],
    decoderHidden: [width, width, width],
    bottleneckActivation,
    initialisation,
    decoderBias,
    seed: `${seed}/run ${run}`,
  })
  const errors: { meanSquare: number; absolute: number; rootPerSample: number }[] = []
  const source = { length, image: null, train, key: key(seed).child('bank', run) }
  const history = await fit(net, validation === undefined ? train : { train, validation }, {
    epochs,
    batchSize: 16,
    optimizer: adam({ learningRate }),
    objective: modelObjectives(
      model,
      value,
      { bank: (choice) => bankOf(source, choice) },
      { generators: 'full' },
    ),
    seed: `${seed}/run ${run}`,
    onEpoch: () =>
      void errors.push({ meanSquare: reconstructionError(net, test), ...otherErrors(net, test) }),
  })
  return {
    validation: validation === undefined ? null : history.epochs.map((record) => record.validation!),
    meanSquare: errors.map(({ meanSquare }) => meanSquare),
    absolute: errors.map(({ absolute }) => absolute),
    rootPerSample: errors.map(({ rootPerSample }) => rootPerSample),
    length,
  }
}

const told: Readonly<Record<Scaling, (course: Course, epoch: number) => number>> = {
  meanSquare: ({ meanSquare }, epoch) => meanSquare[epoch],
  half: ({ meanSquare }, epoch) => meanSquare[epoch] / 2,
  rootMeanSquare: ({ meanSquare }, epoch) => Math.sqrt(meanSquare[epoch]),
  rootPerSample: ({ rootPerSample }, epoch) => rootPerSample[epoch],
  absolute: ({ absolute }, epoch) => absolute[epoch],
  summed: ({ meanSquare, length }, epoch) => meanSquare[epoch] * length,
}

/** The test error that a reading sees of a course of at least as many epochs: shorter trainings are beginnings of longer ones. */
export function errorOf(
  { epochs, epoch, scaling }: Pick<Reading, 'epochs' | 'epoch' | 'scaling'>,
  course: Course,
): number {
  const validation = course.validation?.slice(0, epochs)
  const picked =
    epoch === 'last' || validation === undefined ? epochs - 1 : validation.indexOf(Math.min(...validation))
  return told[scaling](course, picked)
}
