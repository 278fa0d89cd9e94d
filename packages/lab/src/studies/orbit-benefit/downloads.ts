import type { Download } from '../../report/page.ts'
import { csvOfTable } from '../../report/table.ts'
import { cellOf } from '../../study/grid-report.ts'
import { type CsvValue, csvOf } from '../../text/csv.ts'
import { errorsTable } from './errors-table.ts'
import { probesTable } from './probes-table.ts'
import type { BenefitReport } from './report.ts'
import { protocol } from './settings.ts'
import { summaryOf } from './summary.ts'

/** Every training, chosen or not. */
function runsCsv(report: BenefitReport): string {
  const rows = report.runs.map(({ task: { set, model, value, run }, outcome }): CsvValue[] => [
    ...[set, model, value, run + 1],
    ...(outcome
      ? [outcome.trainError, outcome.validationError, outcome.testError, outcome.bestEpoch + 1]
      : [null, null, null, null]),
    Number(cellOf(report, set, model)?.chosen === value),
  ])
  const head = ['set', 'model', 'value', 'run', 'train_error', 'validation_error', 'test_error']
  return csvOf([...head, 'best_epoch', 'is_chosen_value'], rows)
}

/** Everything but what pictures are drawn from. */
function resultsJson(report: BenefitReport): string {
  const { settings, sizes, baselines, runs, failures } = report
  const content = {
    settings,
    protocol: protocol,
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
  return `${JSON.stringify(content, null, 1)}\n`
}

/** The files that the page carries. */
export function downloadsOf(report: BenefitReport, document: string): Download[] {
  const probes = probesTable(report)
  return [
    { name: 'orbit-study.csv', type: 'text/csv', text: csvOfTable(errorsTable(report)) },
    ...(probes === null
      ? []
      : [{ name: 'orbit-study-probes.csv', type: 'text/csv', text: csvOfTable(probes) } as const]),
    { name: 'orbit-study-runs.csv', type: 'text/csv', text: runsCsv(report) },
    { name: 'orbit-study.json', type: 'application/json', text: resultsJson(report) },
    { name: 'experiment.yaml', type: 'application/yaml', text: document },
  ]
}
