import { csvFile, documentFile, jsonFile, rowsFile } from '../../report/downloads.ts'
import type { Download } from '../../report/page.ts'
import { testErrorsOf } from '../../study/choose.ts'
import { isChosenIn, taskColumns } from '../../study/grid-downloads.ts'
import { significant } from '../../text/round.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { errorsTable } from './errors-table.ts'
import type { PaperReport } from './report.ts'
import { testsFile } from './tests-section.ts'

/** Enough to draw; results.jsonl has every digit. */
const digits = 6

const short = (value: number | undefined): number | null =>
  value === undefined ? null : significant(value, digits)

/** Every epoch of every training, of all candidates. */
const epochsFile = (report: PaperReport): Download =>
  rowsFile(
    'epochs.csv',
    report.runs.flatMap((finished) =>
      (finished.outcome?.epochs ?? []).map((record) => ({ ...finished, record })),
    ),
    {
      ...taskColumns,
      epoch: ({ record }) => record.epoch + 1,
      train_loss: ({ record }) => short(record.train.loss),
      validation_error: ({ record }) => short(record.validation),
      test_error: ({ record }) => short(record.test),
      is_best_epoch: ({ outcome, record }) => Number(outcome!.bestEpoch === record.epoch),
      is_chosen_value: isChosenIn(report),
    },
  )

/** Everything but the epochs, which epochs.csv has, and samples and pairs that are only shown: results.jsonl has them. */
const resultsOf = ({ settings, sizes, cells, baselines, runs, failures }: PaperReport): object => ({
  settings,
  sizes,
  cells: cells.map((cell) => {
    const { outcomes: _outcomes, candidates, ...rest } = cell
    return {
      ...rest,
      candidates: candidates.map(({ value, validationError }) => ({ value, validationError })),
      testErrors: testErrorsOf(cell),
      ...diagnosticsOf(cell),
    }
  }),
  baselines: Object.fromEntries(
    [...baselines].flatMap(([set, [own]]) => {
      if (own === undefined) return []
      const { originals: _originals, originalRows: _rows, image: _image, ...errors } = own
      return [[set, errors]]
    }),
  ),
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
  testsFile(report),
  epochsFile(report),
  jsonFile('results.json', resultsOf(report)),
  documentFile(document),
]
