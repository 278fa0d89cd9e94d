import { type Objective, reconstruction } from '@facet/models'
import {
  contractive,
  denoising,
  type GeneratorBank,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
} from '@facet/regularizers'

/** The hyper-parameter of a model that the validation set chooses: λ, σ, or none. */
export type Tuned = 'weight' | 'sigma' | null

/** One column of the table. */
export interface ModelRow {
  /** Heading in tables. */
  readonly title: string
  /** The same where there is room. */
  readonly name: string
  readonly tuned: Tuned
  /** Whether the network has linear skips that start at PCA: such a model is not among the paper's. */
  readonly skip: boolean
  /**
   * The objectives to train, whose sum is the loss (docs/mathematics.md 4); `value` is λ or σ, `bank` makes generators that act
   * on the data.
   */
  objectives(value: number, bank: () => GeneratorBank): Objective[]
  /**
   * Milliseconds of a training step on 16 series of length d where it was measured: the reference backend on one thread of a
   * Zen 4 at d = 60, 128 and 500, w = 64, h = 10, each figure within a fifth. Orders the runs and estimates their time.
   */
  stepCost(d: number): number
}

export type ModelName =
  | 'ae'
  | 'denoising'
  | 'contractive'
  | 'higherOrderContractive'
  | 'lieGroupFirstOrder'
  | 'lieGroupSecondOrder'
  | 'skip'
  | 'skipOrbit'

const plainStep = (d: number): number => 1.2 + 0.0078 * d

/** The objectives that `facet reproduce` trains, every setting but λ and σ at its default. */
export const models: Readonly<Record<ModelName, ModelRow>> = {
  ae: {
    title: 'AE',
    name: 'plain autoencoder (AE)',
    tuned: null,
    skip: false,
    objectives: () => [reconstruction()],
    stepCost: plainStep,
  },
  denoising: {
    title: 'denoising',
    name: 'denoising',
    tuned: 'sigma',
    skip: false,
    objectives: (sigma) => [denoising({ sigma })],
    stepCost: plainStep,
  },
  contractive: {
    title: 'contractive',
    name: 'contractive',
    tuned: 'weight',
    skip: false,
    objectives: (weight) => [reconstruction(), contractive({ weight })],
    stepCost: (d) => plainStep(d) + 2.2 + 0.032 * d,
  },
  higherOrderContractive: {
    title: 'h.o. contr.',
    name: 'higher-order contractive',
    tuned: 'weight',
    skip: false,
    objectives: (weight) => [reconstruction(), higherOrderContractive({ weight })],
    stepCost: (d) => plainStep(d) + 3.5 + 0.1 * d,
  },
  lieGroupFirstOrder: {
    title: 'Lie 1st',
    name: 'Lie group, first order',
    tuned: 'weight',
    skip: false,
    objectives: (weight) => [reconstruction(), lieGroupFirstOrder({ weight })],
    stepCost: (d) => plainStep(d) + 1.5 + 8e-4 * d ** 2,
  },
  lieGroupSecondOrder: {
    title: 'Lie 2nd',
    name: 'Lie group, second order',
    tuned: 'weight',
    skip: false,
    objectives: (weight) => [reconstruction(), lieGroupSecondOrder({ weight })],
    stepCost: (d) => plainStep(d) + 20 + 3.5e-3 * d ** 2,
  },
  skip: {
    title: 'skip AE',
    name: 'autoencoder with linear skips (skip AE)',
    tuned: null,
    skip: true,
    objectives: () => [reconstruction()],
    stepCost: plainStep,
  },
  skipOrbit: {
    title: 'skip + orbit',
    name: 'skip AE with orbit reconstruction',
    tuned: null,
    skip: true,
    objectives: (_, bank) => [reconstruction(), lieGroupOrbit({ bank: bank() })],
    stepCost: (d) => 2.5 * plainStep(d),
  },
}

export const modelNames = Object.keys(models) as ModelName[]
