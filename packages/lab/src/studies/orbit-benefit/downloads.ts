import { csvFile, documentFile, jsonFile, rowsFile } from '../../report/downloads.ts'
import type { Download } from '../../report/page.ts'
import { isChosenIn, taskColumns } from '../../study/grid-downloads.ts'
import { errorsTable } from './errors-table.ts'
import { learnedRows } from './learned-table.ts'
import { probesTable } from './probes-table.ts'
import type { BenefitReport } from './report.ts'
import { protocol } from './settings.ts'
import { summaryOf } from './summary.ts'

/** Every training, chosen or not. */
const runsFile = (report: BenefitReport): Download =>
  rowsFile('orbit-study-runs.csv', report.runs, {
    ...taskColumns,
    train_error: ({ outcome }) => outcome?.trainError ?? null,
    validation_error: ({ outcome }) => outcome?.validationError ?? null,
    test_error: ({ outcome }) => outcome?.testError ?? null,
    best_epoch: ({ outcome }) => (outcome ? outcome.bestEpoch + 1 : null),
    is_chosen_value: isChosenIn(report),
  })

/** What was learned, a line a stencil; none where nothing was. */
function learnedFiles(report: BenefitReport): Download[] {
  const rows = report.settings.sets.flatMap((set) =>
    learnedRows(report, set).flatMap((row) => row.stencils.map((weights, k) => ({ row, weights, k }))),
  )
  if (rows.length === 0) return []
  const file = rowsFile('orbit-study-learned.csv', rows, {
    set: ({ row }) => row.set,
    bank: ({ row }) => row.bank,
    stencil: ({ k }) => k + 1,
    share_of_x: ({ row, k }) => row.identity[k],
    share_of_derivative: ({ row, k }) => row.derivative[k][0],
    share_of_derivative_down: ({ row, k }) => row.derivative[k][1] ?? null,
    held_out: ({ row }) => row.heldOut,
    weights: ({ weights }) => weights.join(' '),
  })
  return [file]
}

/** Everything but what pictures are drawn from. */
function resultsOf(report: BenefitReport): object {
  const { settings, sizes, baselines, runs, failures } = report
  return {
    settings,
    protocol,
    sizes,
    rows: summaryOf(report),
    baselines: Object.fromEntries(
      [...baselines].map(([set, all]) => [set, all.map(({ showcase: _, ...rest }) => rest)]),
    ),
    runs: runs.map(({ task: { run, ...task }, outcome, error, versions }) => {
      const { reconstructions: _, ...rest } = outcome ?? { reconstructions: null, error }
      return { ...task, run: run + 1, ...rest, versions }
    }),
    failures,
  }
}

/** The files that the page carries. */
export function downloadsOf(report: BenefitReport, document: string): Download[] {
  const probes = probesTable(report)
  return [
    csvFile('orbit-study.csv', errorsTable(report)),
    ...(probes === null ? [] : [csvFile('orbit-study-probes.csv', probes)]),
    ...learnedFiles(report),
    runsFile(report),
    jsonFile('orbit-study.json', resultsOf(report), 1),
    documentFile(document),
  ]
}
