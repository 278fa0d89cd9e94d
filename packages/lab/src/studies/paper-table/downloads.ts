import { csvFile, documentFile, jsonFile } from '../../report/downloads.ts'
import type { Download } from '../../report/page.ts'
import { testErrorsOf } from '../../study/choose.ts'
import { cellOf } from '../../study/grid-report.ts'
import { type CsvValue, csvOf } from '../../text/csv.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { errorsTable } from './errors-table.ts'
import type { PaperReport } from './report.ts'

const epochHead = [
  ...['set', 'model', 'value', 'run', 'epoch', 'train_loss', 'validation_error', 'test_error'],
  ...['is_best_epoch', 'is_chosen_value'],
]

/** Every epoch of every training, of all candidates. */
const epochsCsv = (report: PaperReport): string =>
  csvOf(
    epochHead,
    report.runs.flatMap(({ task: { set, model, value, run }, outcome }) => {
      const isChosen = Number(cellOf(report, set, model)?.chosen === value)
      return (outcome?.epochs ?? []).map(({ epoch, train, validation, test }): CsvValue[] => [
        ...[set, model, value, run + 1, epoch + 1, train.loss, validation ?? null, test],
        ...[Number(outcome!.bestEpoch === epoch), isChosen],
      ])
    }),
  )

/** Everything but the epochs, which epochs.csv has. */
const resultsOf = ({ settings, sizes, cells, baselines, runs, failures }: PaperReport): object => ({
  settings,
  sizes,
  cells: cells.map((cell) => {
    const { outcomes, candidates, ...rest } = cell
    return {
      ...rest,
      candidates: candidates.map(({ value, validationError }) => ({ value, validationError })),
      testErrors: testErrorsOf(cell),
      ...diagnosticsOf(cell),
      showcase: outcomes[0]?.showcase ?? null,
    }
  }),
  baselines: Object.fromEntries([...baselines].map(([set, [own]]) => [set, own])),
  runs: runs.map(({ task: { set, model, value, run }, outcome, error, versions }) => {
    if (!outcome) return { set, model, value, run: run + 1, error, versions }
    const { epochs: _epochs, showcase: _showcase, sizes: _sizes, bestEpoch, ...rest } = outcome
    return { set, model, value, run: run + 1, bestEpoch: bestEpoch + 1, ...rest, versions }
  }),
  failures,
})

/** The files that the page carries. */
export const downloadsOf = (report: PaperReport, document: string): Download[] => [
  csvFile('table.csv', errorsTable(report)),
  { name: 'epochs.csv', type: 'text/csv', text: epochsCsv(report) },
  jsonFile('results.json', resultsOf(report)),
  documentFile(document),
]
