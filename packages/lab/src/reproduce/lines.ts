import { versions } from '../version.ts'
import type { FinishedRun } from './cells.ts'
import { cellDiagnostics } from './diagnostics.ts'
import type { ReproduceReport } from './report.ts'
import type { ReproduceSettings } from './settings.ts'

/** One run as a line of the results: everything needed to repeat it, and all it gave. No times: same seed, same bytes. */
export const runLine = (settings: ReproduceSettings, { task, outcome, error }: FinishedRun): object => {
  const { set, model, value, run } = task
  return {
    kind: 'run',
    set,
    model,
    value,
    run,
    seed: settings.seed,
    ...(outcome ?? { error }),
    settings,
    versions,
  }
}

/** All lines: a run a line, then a line for every cell of the table and for the yardsticks of every set. */
export function resultLines(report: ReproduceReport, finished: readonly FinishedRun[]): object[] {
  const { settings, cells, yardsticks, sizes } = report
  return [
    ...finished.map((run) => runLine(settings, run)),
    ...cells.map((cell) => {
      const { outcomes, ...rest } = cell
      const testErrors = outcomes.map(({ testError }) => testError)
      return { kind: 'cell', ...rest, testErrors, ...cellDiagnostics(cell) }
    }),
    ...settings.sets.map((set) => ({ kind: 'yardsticks', set, sizes: sizes[set], ...yardsticks[set] })),
  ]
}
