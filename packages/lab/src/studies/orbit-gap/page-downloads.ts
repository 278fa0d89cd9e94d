import type { Download } from '../../report/page.ts'
import { type CsvValue, csvOf } from '../../text/csv.ts'
import type { OrbitReport } from './render.ts'
import type { OrbitOutcome, OrbitTask } from './run.ts'
import { protocolOf } from './settings.ts'

/** A run of the experiment; without an outcome it failed. */
export interface OrbitRun {
  readonly task: OrbitTask
  readonly outcome?: OrbitOutcome
}

const runHead = [
  'case',
  'generators',
  'lambda',
  'seed',
  'steps',
  'gapDistance',
  'ratio',
  'alignment',
  'unexplained',
]

/** A run a row; `ratio` is that to the plain autoencoder of its seed. */
function runRows(runs: readonly OrbitRun[]): CsvValue[][] {
  const plainOf = (task: OrbitTask) =>
    runs.find(
      (run) => run.task.orbit === task.orbit && run.task.seed === task.seed && run.task.generators === 'none',
    )?.outcome?.gapDistance
  return runs.map(({ task, outcome }) => {
    const { orbit, generators, weight, seed, steps } = task
    const plain = plainOf(task)
    return [
      orbit,
      generators,
      weight,
      seed,
      steps,
      outcome?.gapDistance ?? null,
      outcome && plain !== undefined ? outcome.gapDistance / plain : null,
      outcome?.alignment ?? null,
      outcome?.unexplained ?? null,
    ]
  })
}

const rowHead = [
  'case',
  'generators',
  'lambda',
  'seeds',
  'plain',
  'regularized',
  'medianRatio',
  'pytorchRatio',
  'helped',
  'aligned',
  'alignment',
]

const tableRows = ({ rows }: OrbitReport): CsvValue[][] =>
  rows.map((row) => [
    row.case.orbit,
    row.case.generators,
    row.case.weight,
    row.seeds,
    row.plain,
    row.regularized,
    row.medianRatio,
    row.case.pytorchRatio,
    row.helped,
    row.aligned,
    row.alignment,
  ])

/** The numbers of the page as files. */
export const downloadsOf = (report: OrbitReport, runs: readonly OrbitRun[]): Download[] => [
  { name: 'orbit-table.csv', type: 'text/csv', text: csvOf(rowHead, tableRows(report)) },
  { name: 'orbit-runs.csv', type: 'text/csv', text: csvOf(runHead, runRows(runs)) },
  {
    name: 'orbit.json',
    type: 'application/json',
    text: `${JSON.stringify(
      {
        settings: report.settings,
        protocols: Object.fromEntries(report.settings.cases.map((name) => [name, protocolOf(name)])),
        rows: report.rows,
        runs: runs.map(({ task, outcome }) => ({ ...task, ...outcome, picture: undefined })),
        failures: report.failures,
      },
      null,
      2,
    )}\n`,
  },
]
