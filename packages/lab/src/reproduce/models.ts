import { type Objective, reconstruction } from '@facet/models'
import {
  contractive,
  denoising,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
} from '@facet/regularizers'

/** The hyper-parameter of a model that the validation set chooses: λ, σ, or none. */
export type Tuned = 'weight' | 'sigma' | null

/** One column of the table. */
export interface ModelRow {
  /** Heading in tables. */
  readonly title: string
  readonly tuned: Tuned
  /** The objectives to train, whose sum is the loss (SPEC 2); `value` is λ or σ. */
  objectives(value: number): Objective[]
  /**
   * Cost of a step on series of length d, in steps of the plain autoencoder: orders the runs and guesses the time
   * left until runs have been seen. Measured on the reference backend at d = 60, 128 and 1092, h = 10, w = 64.
   */
  relativeCost(d: number): number
}

export type ModelName =
  | 'ae'
  | 'denoising'
  | 'contractive'
  | 'higherOrderContractive'
  | 'lieGroupFirstOrder'
  | 'lieGroupSecondOrder'

/** The objectives that `facet reproduce` trains, every setting but λ and σ at its default. */
export const models: Readonly<Record<ModelName, ModelRow>> = {
  ae: { title: 'AE', tuned: null, objectives: () => [reconstruction()], relativeCost: () => 1 },
  denoising: {
    title: 'denoising',
    tuned: 'sigma',
    objectives: (sigma) => [denoising({ sigma })],
    relativeCost: () => 1,
  },
  contractive: {
    title: 'contractive',
    tuned: 'weight',
    objectives: (weight) => [reconstruction(), contractive({ weight })],
    relativeCost: () => 3,
  },
  higherOrderContractive: {
    title: 'h.o. contr.',
    tuned: 'weight',
    objectives: (weight) => [reconstruction(), higherOrderContractive({ weight })],
    relativeCost: () => 4,
  },
  lieGroupFirstOrder: {
    title: 'Lie 1st',
    tuned: 'weight',
    objectives: (weight) => [reconstruction(), lieGroupFirstOrder({ weight })],
    relativeCost: () => 3,
  },
  lieGroupSecondOrder: {
    title: 'Lie 2nd',
    tuned: 'weight',
    objectives: (weight) => [reconstruction(), lieGroupSecondOrder({ weight })],
    relativeCost: (d) => 10 + d ** 2 / 4000,
  },
}

export const modelNames = Object.keys(models) as ModelName[]
