import { describeObjective } from '../objectives.ts'
import { duration } from '../text/duration.ts'
import { counted } from '../text/number.ts'
import { describeData, wordLine } from './describe-data.ts'
import type { ModelConfig } from './model-schema.ts'
import type { TrainSettings } from './settings.ts'

interface Training {
  readonly settings: TrainSettings
  readonly data: ModelConfig['data']
  readonly secondsPerEpoch: number
  /** Epochs trained before. */
  readonly done: number
}

/** What is about to be trained, on what, and about how long it takes: lines for the terminal. */
export function describeTraining(
  { settings, data, secondsPerEpoch, done }: Training,
  columns: number,
): string {
  const { hidden, decoderHidden, bottleneck, bottleneckActivation } = settings
  const { epochs, patience, batchSize, learningRate } = settings
  const { inputs: d = data.columns } = data
  const layers = `${[d, ...hidden, bottleneck].join('-')} (${bottleneckActivation}), ${[bottleneck, ...decoderHidden, d].join('-')}`
  const left = epochs - done
  const until = patience === null ? '' : `, at most ${patience} without a lower validation error`
  const from = done > 0 ? `, resumed after ${done}` : ''
  const lines = [
    ['model', layers],
    ['objective', settings.objectives.map(describeObjective).join(' + ')],
    [
      'training',
      `${counted(epochs, 'epoch')}${until}${from}, batch ${batchSize}, Adam ${learningRate}, seed ${settings.seed}; about ${duration(left * secondsPerEpoch)}`,
    ],
  ] as const
  return `${[describeData(data, settings, columns), ...lines.map((line) => wordLine(line, columns))].join('\n')}\n`
}
