import type { Samples } from '@facet/data/node'
import { describeObjective } from '../objectives.ts'
import { duration } from '../text/duration.ts'
import { counted } from '../text/number.ts'
import { wrap } from '../text/wrap.ts'
import type { TrainSettings } from './settings.ts'
import type { TrainingSet } from './training-set.ts'

interface Training {
  readonly settings: TrainSettings
  readonly samples: Samples
  readonly set: TrainingSet
  readonly secondsPerEpoch: number
  /** Epochs trained before. */
  readonly done: number
}

const normalisations: Readonly<Record<TrainSettings['normalise'], string>> = {
  none: 'left as they are',
  series: 'each row z-normalised by its own mean and deviation',
  columns: 'each column z-normalised by the training rows',
  range: 'scaled so that the training values lie in 0 … 1',
}

/** What is about to be trained, on what, and about how long it takes: lines for the terminal. */
export function describeTraining(training: Training, columns: number): string {
  const { settings, samples, set, secondsPerEpoch, done } = training
  const { name, rowsInFile, data } = samples
  const { hidden, decoderHidden, bottleneck, bottleneckActivation } = settings
  const { epochs, patience, batchSize, learningRate } = settings
  const [rows, d] = data.shape
  const of = rows < rowsInFile ? ` of ${rowsInFile}` : ''
  const held = set.validation?.shape[0] ?? 0
  const layers = `${[d, ...hidden, bottleneck].join('-')} (${bottleneckActivation}), ${[bottleneck, ...decoderHidden, d].join('-')}`
  const left = epochs - done
  const until = patience === null ? '' : `, at most ${patience} without a lower validation error`
  const from = done > 0 ? `, resumed after ${done}` : ''
  return [
    `data       ${name}: ${counted(rows, 'row')}${of} × ${d}, ${set.train.shape[0]} to train on, ${held} held out; ${normalisations[settings.normalise]}`,
    `model      ${layers}`,
    `objective  ${settings.objectives.map(describeObjective).join(' + ')}`,
    `training   ${counted(epochs, 'epoch')}${until}${from}, batch ${batchSize}, Adam ${learningRate}, seed ${settings.seed}; about ${duration(left * secondsPerEpoch)}`,
  ]
    .map((line) => `${wrap(line, columns, ' '.repeat(11))}\n`)
    .join('')
}
