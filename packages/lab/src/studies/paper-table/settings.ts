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

/**
 * The defaults of `facet reproduce`: the protocol of Table 1 (docs/mathematics.md 7.1) at a length that a
 * laptop does in minutes.
 */
export const reproduceDefaults = {
  sets: ['CBF', 'SyntheticControl'],
  models: [
    'ae',
    'denoising',
    'higherOrderContractive',
    'lieGroupFirstOrder',
    'lieGroupSecondOrder',
    'skip',
    'skipOrbit',
  ],
  runs: 3,
  epochs: 30,
  hidden: 64,
  bottleneck: 10,
  bottleneckActivation: 'relu',
  learningRate: 1e-3,
  batchSize: 16,
  weight: 0.01,
  sigma: 0.1,
  seed: 0,
  samples: null,
} as const
