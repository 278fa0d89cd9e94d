import type { Download } from '../../report/page.ts'
import { type CsvValue, csvOf } from '../../text/csv.ts'
import { significant } from '../../text/round.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'
import { versions } from '../../version.ts'
import type { FinishedRun } from './cells.ts'
import { fullDiagnostics } from './diagnostics.ts'
import { experimentText } from './page-settings.ts'
import { paperRow } from './paper-table.ts'
import { cellOf, type ReproduceReport } from './report.ts'
import { yardstickColumns } from './result-table.ts'

/** As printed, without the noise of the division: 1.3 / 100 is 0.013000000000000001. */
const hundredth = (figure: number): number => significant(figure / 100, 12)

/** The table: a row a model or yardstick of a set. Errors are mean squared errors, not × 100. */
function tableCsv(report: ReproduceReport): string {
  const { settings, yardsticks } = report
  const rows = settings.sets.flatMap((set) => {
    const printed = paperRow(set)
    return [
      ...settings.models.map((model): CsvValue[] => {
        const { chosen, outcomes } = cellOf(report, set, model)
        const errors = outcomes.map(({ testError }) => testError)
        const figure = printed[model]
        return [
          ...[set, model, chosen, errors.length],
          ...(errors.length === 0 ? [null, null] : [mean(errors), standardDeviation(errors)]),
          ...(figure ? [hundredth(figure.mean), hundredth(figure.std)] : [null, null]),
        ]
      }),
      ...yardstickColumns.map(({ name, read }): CsvValue[] => [
        ...[set, name, null, null, yardsticks[set] ? read(yardsticks[set]) : null, null, null, null],
      ]),
    ]
  })
  return csvOf(
    [
      'set',
      'model',
      'value',
      'runs',
      'test_error',
      'test_error_std',
      'paper_test_error',
      'paper_test_error_std',
    ],
    rows,
  )
}

/** Every epoch of every training, of all candidates. */
function epochsCsv({ cells }: ReproduceReport, finished: readonly FinishedRun[]): string {
  const chosen = new Map(cells.map((cell) => [`${cell.set} ${cell.model}`, cell.chosen]))
  const rows = finished.flatMap(({ task: { set, model, value, run }, outcome }) =>
    (outcome?.epochs ?? []).map(({ epoch, train, validation, test }): CsvValue[] => [
      ...[set, model, value, run + 1, epoch + 1, train.loss, validation ?? null, test],
      ...[Number(outcome!.bestEpoch === epoch), Number(chosen.get(`${set} ${model}`) === value)],
    ]),
  )
  return csvOf(
    [
      'set',
      'model',
      'value',
      'run',
      'epoch',
      'train_loss',
      'validation_error',
      'test_error',
      'is_best_epoch',
      'is_chosen_value',
    ],
    rows,
  )
}

/** Everything but the epochs, which epochs.csv has. */
function resultsJson(report: ReproduceReport, finished: readonly FinishedRun[]): string {
  const { settings, sizes, cells, yardsticks, failures } = report
  const runs = finished.map(({ task: { set, model, value, run }, outcome, error }) => {
    if (!outcome) return { set, model, value, run: run + 1, error }
    const { epochs: _epochs, showcase: _showcase, sizes: _sizes, bestEpoch, ...rest } = outcome
    return { set, model, value, run: run + 1, bestEpoch: bestEpoch + 1, ...rest }
  })
  const content = {
    settings,
    versions,
    sizes,
    cells: cells.map((cell) => {
      const { outcomes, ...rest } = cell
      const testErrors = outcomes.map(({ testError }) => testError)
      return { ...rest, testErrors, ...fullDiagnostics(cell), showcase: outcomes[0]?.showcase ?? null }
    }),
    yardsticks,
    runs,
    failures,
  }
  return `${JSON.stringify(content)}\n`
}

/** The files that the page carries. */
export const downloadsOf = (report: ReproduceReport, finished: readonly FinishedRun[]): Download[] => [
  { name: 'table.csv', type: 'text/csv', text: tableCsv(report) },
  { name: 'epochs.csv', type: 'text/csv', text: epochsCsv(report, finished) },
  { name: 'results.json', type: 'application/json', text: resultsJson(report, finished) },
  { name: 'experiment.yaml', type: 'application/yaml', text: experimentText(report) },
]
