import { type ExperimentOptions, failuresOf, runExperiment, writeResults } from '../experiment.ts'
import type { Ended, Job } from '../pool.ts'
import { hundredths } from '../text/number.ts'
import type { ExperimentOutcome } from '../worker.ts'
import { type FinishedRun, makeCells } from './cells.ts'
import { checkSets } from './check-sets.ts'
import { resultLines, runLine } from './lines.ts'
import { planReproduce, planYardsticks } from './plan.ts'
import { renderMarkdown } from './render.ts'
import type { ReproduceReport } from './report.ts'
import type { ReproduceOutcome } from './run.ts'
import type { ReproduceSettings } from './settings.ts'
import type { Yardsticks } from './yardsticks.ts'

type Either = 'reproduce' | 'yardsticks'

const isRun = (outcome: ExperimentOutcome<Either>): outcome is ReproduceOutcome => 'testError' in outcome

/**
 * Trains every model on every set (SPEC 4) and writes `results.jsonl` and `table.md`.
 *
 * @throws UsageError for settings that do not fit the data, before training; Interrupted after the signal.
 */
export async function reproduce(
  settings: ReproduceSettings,
  options: ExperimentOptions,
): Promise<ReproduceReport> {
  const sizes = await checkSets(settings)
  const runs = planReproduce(settings, sizes)
  const jobs: Job<Either>[] = [...runs, ...planYardsticks(settings, sizes)]
  const finishedRun = (i: number, { outcome, error }: Ended<Either>): FinishedRun => ({
    task: runs[i].task,
    outcome: outcome as ReproduceOutcome | undefined,
    error,
  })
  const ended = await runExperiment(jobs, options, {
    note: (_, outcome) => (isRun(outcome) ? `test error ${hundredths(outcome.testError)}` : 'done'),
    line: (job, end) => (job < runs.length ? runLine(settings, finishedRun(job, end)) : null),
  })
  const finished = runs.map((_, i) => finishedRun(i, ended[i]))
  const yardsticks = settings.sets.flatMap((set, i): [string, Yardsticks][] => {
    const { outcome } = ended[runs.length + i]
    return outcome ? [[set, outcome as Yardsticks]] : []
  })
  const report: ReproduceReport = {
    settings,
    sizes,
    cells: makeCells(settings, finished),
    yardsticks: Object.fromEntries(yardsticks),
    failures: failuresOf(jobs, ended),
  }
  writeResults(options.folder, resultLines(report, finished), renderMarkdown(report))
  return report
}
