import { mean, standardDeviation } from '../../text/statistics.ts'
import { type ModelName, models } from './models.ts'
import { cellOf, type ReproduceReport } from './report.ts'

/** How a model's test error compares with another's, the plain autoencoder's as a rule, on one set. */
export interface Comparison {
  readonly set: string
  readonly model: ModelName
  /** Mean test error less that of the other. */
  readonly difference: number
  /** The same as a share of the other's. */
  readonly relative: number
  /** Of the differences between runs of the same number, which start from equal weights and data; `null` for one run. */
  readonly spreadOfDifferences: number | null
  /** Runs whose error is below that of the other's run of the same number. */
  readonly lower: number
  readonly runs: number
  /** Whether the means are farther apart than the larger of the two standard deviations; `null` for one run. */
  readonly beyondSpread: boolean | null
}

const testErrors = (report: ReproduceReport, set: string, model: ModelName): number[] =>
  cellOf(report, set, model).outcomes.map(({ testError }) => testError)

/** `null` where either of the two has no outcome, or there is nothing to compare. */
export function compareWith(
  baseline: ModelName,
  report: ReproduceReport,
  set: string,
  model: ModelName,
): Comparison | null {
  const { models: trained } = report.settings
  if (model === baseline || !trained.includes(baseline) || !trained.includes(model)) return null
  const [plain, own] = [testErrors(report, set, baseline), testErrors(report, set, model)]
  if (plain.length === 0 || own.length !== plain.length) return null
  const differences = own.map((error, run) => error - plain[run])
  const difference = mean(differences)
  const spreads = [standardDeviation(plain), standardDeviation(own)]
  return {
    set,
    model,
    difference,
    relative: difference / mean(plain),
    spreadOfDifferences: standardDeviation(differences),
    lower: differences.filter((d) => d < 0).length,
    runs: plain.length,
    beyondSpread: spreads.some((spread) => spread === null)
      ? null
      : Math.abs(difference) > Math.max(...(spreads as number[])),
  }
}

export const compareWithAe = (report: ReproduceReport, set: string, model: ModelName): Comparison | null =>
  compareWith('ae', report, set, model)

/** Of the paper's models, which differ from AE by their regularizer alone. */
export const allComparisons = (report: ReproduceReport): Comparison[] =>
  report.settings.sets.flatMap((set) =>
    report.settings.models
      .filter((model) => !models[model].skip)
      .flatMap((model) => compareWithAe(report, set, model) ?? []),
  )

/** A model and its mean test error. */
export interface Ranked {
  readonly model: ModelName
  readonly error: number
}

/** Models of a set that have a result, lowest mean test error first. */
export const ranking = (report: ReproduceReport, set: string): Ranked[] =>
  report.settings.models
    .flatMap((model) => {
      const errors = testErrors(report, set, model)
      return errors.length === 0 ? [] : [{ model, error: mean(errors) }]
    })
    .sort((a, b) => a.error - b.error)

/** Trainings whose best epoch is their last: they had not finished learning. */
export function unfinished({ cells, settings }: ReproduceReport): {
  readonly last: number
  readonly all: number
} {
  const outcomes = cells.flatMap((cell) => cell.outcomes)
  return {
    last: outcomes.filter(({ bestEpoch }) => bestEpoch === settings.epochs - 1).length,
    all: outcomes.length,
  }
}
