import type { ActivationName } from '@facet/tensor'
import type { ModelName } from './models.ts'

/** Everything that the numbers of `facet reproduce` depend on. */
export interface ReproduceSettings {
  readonly sets: readonly string[]
  readonly models: readonly ModelName[]
  readonly runs: number
  readonly epochs: number
  /** Width w of the hidden layers, d-w-w-h and h-w-w-w-d. */
  readonly hidden: number
  readonly bottleneck: number
  readonly bottleneckActivation: ActivationName
  readonly learningRate: number
  readonly batchSize: number
  /** Candidates for λ or σ of each model; of several the validation set chooses. Empty where nothing is tuned. */
  readonly candidates: Readonly<Record<ModelName, readonly number[]>>
  readonly seed: number
  /** Folder of data files; `null` for generated sets. */
  readonly data: string | null
  /** Samples to keep of the training and of the test part, drawn by seed; `null` for all. */
  readonly samples: number | null
}

/** Share of the training part that is held out for validation (docs/mathematics.md 7.1). */
export const validationShare = 0.2
