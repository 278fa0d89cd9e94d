import { documentText } from '../../document/write-document.ts'
import type { Download } from '../../report/page.ts'
import { type CsvValue, csvOf } from '../../text/csv.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'
import { versions } from '../../version.ts'
import type { StudyRun } from './choice.ts'
import { type OrbitStudyReport, rowOf, studyYardsticks } from './report.ts'
import { orbitStudyProtocol } from './settings.ts'

const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : mean(values))

/** A row a model or yardstick of a set. Errors are mean squared errors, not × 100. */
function tableCsv(report: OrbitStudyReport): string {
  const rows = report.settings.sets.flatMap((set) => {
    return [
      ...report.rows
        .filter((row) => row.set === set)
        .map(({ model, chosen, testErrors, mean: centre, std, comparison }): CsvValue[] => [
          ...[set, model, chosen, testErrors.length, centre, std],
          ...(comparison === null
            ? [null, null, null, null]
            : [comparison.relative, comparison.wins, comparison.pairedT, comparison.signFlip]),
        ]),
      ...studyYardsticks(report, set).map(({ name, errors }): CsvValue[] => [
        ...[set, name, null, errors.length, meanOf(errors), standardDeviation(errors)],
        ...[null, null, null, null],
      ]),
    ]
  })
  const head = ['set', 'model', 'value', 'runs', 'test_error', 'test_error_std']
  return csvOf([...head, 'change_to_ae', 'wins', 'p_paired_t', 'p_sign_flip'], rows)
}

/** Every training, chosen or not. */
function runsCsv(report: OrbitStudyReport, runs: readonly StudyRun[]): string {
  const rows = runs.map(({ task: { set, model, value, run }, outcome }): CsvValue[] => [
    ...[set, model, value, run + 1],
    ...(outcome
      ? [outcome.trainError, outcome.validationError, outcome.testError, outcome.bestEpoch + 1]
      : [null, null, null, null]),
    Number(rowOf(report, set, model)?.chosen === value),
  ])
  const head = ['set', 'model', 'value', 'run', 'train_error', 'validation_error', 'test_error']
  return csvOf([...head, 'best_epoch', 'is_chosen_value'], rows)
}

/** Everything but what pictures are drawn from. */
function resultsJson(report: OrbitStudyReport, runs: readonly StudyRun[]): string {
  const { settings, sizes, rows, yardsticks, failures } = report
  const content = {
    settings,
    protocol: orbitStudyProtocol,
    sizes,
    rows,
    yardsticks: Object.fromEntries(
      Object.entries(yardsticks).map(([set, all]) => [set, all.map(({ showcase: _, ...rest }) => rest)]),
    ),
    runs: runs.map(({ task: { set, model, value, run }, outcome, error }) => {
      if (!outcome) return { set, model, value, run: run + 1, error }
      const { reconstructions: _, ...rest } = outcome
      return { set, model, value, run: run + 1, ...rest }
    }),
    failures,
    versions,
  }
  return `${JSON.stringify(content, null, 1)}\n`
}

/** The experiment as the document that `facet run` takes. */
export const experimentText = ({ settings }: OrbitStudyReport): string =>
  documentText({ experiment: 'orbitStudy', settings })

export const downloadsOf = (report: OrbitStudyReport, runs: readonly StudyRun[]): Download[] => [
  { name: 'orbit-study.csv', type: 'text/csv', text: tableCsv(report) },
  { name: 'orbit-study-runs.csv', type: 'text/csv', text: runsCsv(report, runs) },
  { name: 'orbit-study.json', type: 'application/json', text: resultsJson(report, runs) },
  { name: 'experiment.yaml', type: 'application/yaml', text: experimentText(report) },
]
