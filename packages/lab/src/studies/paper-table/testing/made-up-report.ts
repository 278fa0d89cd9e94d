import type { Cell } from '../cells.ts'
import { type ModelName, models } from '../models.ts'
import type { ReproduceReport } from '../report.ts'
import type { ReproduceOutcome } from '../run.ts'
import { reproduceDefaults } from '../schema.ts'
import type { ReproduceSettings } from '../settings.ts'

export const sizes = { train: 24, validation: 6, test: 900, length: 128 }

/** Those of the paper's table. */
const paperModels = reproduceDefaults.models.filter((model) => !models[model].skip)

export const settings: ReproduceSettings = {
  ...reproduceDefaults,
  models: paperModels,
  runs: 2,
  candidates: {
    ae: [],
    denoising: [0.1],
    contractive: [0.01],
    higherOrderContractive: [0.01],
    lieGroupFirstOrder: [0.01, 1],
    lieGroupSecondOrder: [0.01],
    skip: [],
    skipOrbit: [],
  },
  data: null,
}

export const outcome = (
  testError: number,
  validationError = testError,
  diagnostics: ReproduceOutcome['diagnostics'] = { model: { bottleneck: 10, liveUnits: 9 } },
): ReproduceOutcome => ({
  epochs: [{ epoch: 0, train: { loss: 1 }, validation: validationError, test: testError }],
  bestEpoch: 0,
  validationError,
  testError,
  diagnostics,
  sizes,
  showcase: null,
})

const cell = (set: string, model: ModelName, errors: readonly number[], extra: Partial<Cell> = {}): Cell => ({
  set,
  model,
  chosen: settings.candidates[model][0] ?? null,
  candidates: settings.candidates[model].map((value) => ({ value, validationError: 0.4 })),
  outcomes: errors.map((error) => outcome(error)),
  errors: [],
  ...extra,
})

const second = (error: number): ReproduceOutcome =>
  outcome(error, error, {
    model: { bottleneck: 10, liveUnits: 9 },
    lieGroupSecondOrder: {
      unexplainedFraction: 0.1,
      unexplainedTangentFraction: 0.828,
      withoutNeighbour: 0.0156,
    },
  })

/** A report made up for tests of its rendering. */
export const report: ReproduceReport = {
  settings,
  sizes: { CBF: sizes, SyntheticControl: { train: 240, validation: 60, test: 300, length: 60 } },
  cells: ['CBF', 'SyntheticControl'].flatMap((set) => [
    cell(set, 'ae', [0.3812, 0.4012]),
    cell(set, 'denoising', [0.3701, 0.3805]),
    cell(set, 'higherOrderContractive', [0.5, 0.51]),
    cell(set, 'lieGroupFirstOrder', [], { chosen: null, errors: ['expected a finite loss, got NaN'] }),
    cell(set, 'lieGroupSecondOrder', [], { outcomes: [second(0.39), second(0.4)] }),
  ]),
  yardsticks: {
    CBF: {
      meanPredictor: 0.6621,
      pca1: 0.4737,
      pca3: 0.3712,
      pca10: 0.2994,
      originals: [],
      originalRows: [],
      image: null,
    },
  },
  failures: ['CBF · Lie 1st · λ 0.01 · run 1: expected a finite loss, got NaN'],
}
