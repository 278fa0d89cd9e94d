import type { ModelName } from '../../objectives.ts'
import { choicesPerRun, testErrorsOf } from '../../study/choose.ts'
import { compare } from '../../study/compare.ts'
import { errorsOf } from '../../study/grid-report.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'
import { findingsOf } from './hypotheses.ts'
import { meanProbes } from './probes-table.ts'
import type { BenefitReport } from './report.ts'

/** Of which the hypotheses are asked: the primary recipe and the secondary one. */
const learnedModels: readonly ModelName[] = ['learnedOrbit', 'learnedEmOrbit']

/**
 * A line for every model and set: what the table says of it, what each value gave, and what each run alone would have chosen; and one for
 * every hypothesis of learned generators.
 */
export const summaryOf = (report: BenefitReport): object[] => [
  ...report.cells.map((cell) => {
    const { set, model, chosen, candidates } = cell
    const testErrors = testErrorsOf(cell)
    return {
      kind: 'row',
      set,
      model,
      chosen,
      candidates: candidates.map(({ value, validationError, outcomes }) => ({
        value,
        validationError,
        testError: validationError === null ? null : mean(outcomes.map((outcome) => outcome!.testError)),
      })),
      testErrors,
      mean: testErrors.length === 0 ? null : mean(testErrors),
      std: standardDeviation(testErrors),
      comparison: model === 'ae' ? null : compare(testErrors, errorsOf(report, set, 'ae')),
      abilities: meanProbes(report, set, model),
      perRunChoice: choicesPerRun(cell),
    }
  }),
  ...learnedModels.flatMap((model) =>
    findingsOf(report, model).map((finding) => ({ kind: 'hypothesis', model, ...finding })),
  ),
]
