import { type Objective, reconstruction } from '@facet/models'
import {
  contractive,
  denoising,
  type GeneratorBank,
  lieGroupOrbit,
  lieGroupTangent,
  mixup,
  neighbourDifference,
  permutedBank,
  weightDecay,
} from '@facet/regularizers'
import { orbitStudyProtocol } from './settings.ts'

/** One model of the study. */
export interface StudyModel {
  /** Heading in tables. */
  readonly title: string
  /** What it is, for notes. */
  readonly what: string
  /** Sign of the hyper-parameter that the validation part chooses; `null` where there is none. */
  readonly symbol: string | null
  /** Its values by default: every model that has one gets as many. */
  readonly grid: readonly number[]
  /** The objectives to train, whose sum is the loss. */
  objectives(value: number, bank: GeneratorBank): Objective[]
  /**
   * Time of a training step in those of a step of `ae`: the shortest of 55 interleaved ones, d = 128 to 1092, batch 32, each figure
   * within a sixth. On images warps cost more: 4.9 for `orbit` and `permuted`.
   */
  readonly stepCost: number
}

export type StudyModelName =
  | 'ae'
  | 'lieGroupOrbit'
  | 'lieGroupTangent'
  | 'permutedOrbit'
  | 'neighbourDifference'
  | 'mixup'
  | 'denoising'
  | 'weightDecay'
  | 'contractive'

const { weight, neighbours } = orbitStudyProtocol

export const studyModels: Readonly<Record<StudyModelName, StudyModel>> = {
  ae: {
    title: 'AE',
    what: 'reconstruction alone',
    symbol: null,
    grid: [],
    objectives: () => [reconstruction()],
    stepCost: 1,
  },
  lieGroupOrbit: {
    title: 'orbit',
    what: 'samples moved along the generators are reconstructed as well',
    symbol: 's',
    grid: [0.7, 1.5, 3],
    objectives: (scale, bank) => [reconstruction(), lieGroupOrbit({ bank, scale, weight, neighbours })],
    stepCost: 2.7,
  },
  lieGroupTangent: {
    title: 'tangent',
    what: "the network's Jacobian is the identity along the generators",
    symbol: 'λ',
    grid: [0.3, 3, 30],
    objectives: (value, bank) => [reconstruction(), lieGroupTangent({ bank, weight: value, neighbours })],
    stepCost: 3.1,
  },
  permutedOrbit: {
    title: 'permuted',
    what: 'as orbit, with the generators in randomly permuted coordinates: the wrong ones',
    symbol: 's',
    grid: [0.7, 1.5, 3],
    objectives: (scale, bank) => [
      reconstruction(),
      lieGroupOrbit({ bank: permutedBank(bank), scale, weight, neighbours }),
    ],
    stepCost: 2.9,
  },
  neighbourDifference: {
    title: 'difference',
    what: 'samples moved by differences of neighbours are reconstructed as well',
    symbol: 't',
    grid: [0.3, 0.7, 1.5],
    objectives: (scale) => [reconstruction(), neighbourDifference({ scale, weight, neighbours })],
    stepCost: 1.8,
  },
  mixup: {
    title: 'mixup',
    what: 'points between two samples are reconstructed as well',
    symbol: 'extent',
    grid: [0.25, 0.5, 1],
    objectives: (extent) => [reconstruction(), mixup({ extent, weight })],
    stepCost: 1.8,
  },
  denoising: {
    title: 'denoising',
    what: 'samples are reconstructed from noisy ones',
    symbol: 'σ',
    grid: [0.03, 0.1, 0.3],
    objectives: (sigma) => [denoising({ sigma })],
    stepCost: 1.6,
  },
  weightDecay: {
    title: 'decay',
    what: 'squared weights',
    symbol: 'λ',
    grid: [1e-5, 1e-4, 1e-3],
    objectives: (value) => [reconstruction(), weightDecay({ weight: value })],
    stepCost: 1.2,
  },
  contractive: {
    title: 'contractive',
    what: "squared norm of the encoder's Jacobian",
    symbol: 'λ',
    grid: [1e-3, 1e-2, 1e-1],
    objectives: (value) => [reconstruction(), contractive({ weight: value })],
    stepCost: 4.1,
  },
}

/** What earlier releases called some models: documents and flags may still do so. */
export const formerModelNames = {
  orbit: 'lieGroupOrbit',
  tangent: 'lieGroupTangent',
  permuted: 'permutedOrbit',
} as const satisfies Readonly<Record<string, StudyModelName>>

export const studyModelNames = Object.keys(studyModels) as StudyModelName[]

/** `s 1.5`, or '' for a model without a hyper-parameter. */
export function valueText(model: StudyModelName, value: number | null): string {
  const { symbol } = studyModels[model]
  return symbol === null || value === null ? '' : `${symbol} ${value}`
}

/** The values to train a model with; one `null` where it has none. */
export const valuesOf = (
  candidates: Readonly<Record<StudyModelName, readonly number[]>>,
  model: StudyModelName,
): readonly (number | null)[] => (studyModels[model].symbol === null ? [null] : candidates[model])
