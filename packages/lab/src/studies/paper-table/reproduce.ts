import type { SetSizes } from '../../sets/set-sizes.ts'
import { carryOut } from '../../study/carry-out.ts'
import {
  type Concluded,
  type Conclusion,
  type ExperimentKind,
  type ExperimentOptions,
  failuresOf,
  type Job,
  type Study,
} from '../../study/study.ts'
import { hundredths } from '../../text/number.ts'
import type { ExperimentOutcome } from '../../worker.ts'
import { calibrateReproduce } from './calibrate.ts'
import { makeCells } from './cells.ts'
import { checkSets } from './check-sets.ts'
import { fromResultLines, resultLines } from './lines.ts'
import { renderReproduceHtml } from './page.ts'
import { planReproduce, planYardsticks } from './plan.ts'
import { renderMarkdown, renderText } from './render.ts'
import type { ReproduceReport } from './report.ts'
import type { ReproduceOutcome } from './run.ts'
import type { ReproduceSettings } from './settings.ts'
import type { Yardsticks } from './yardsticks.ts'

type Either = 'reproduce' | 'yardsticks'
type Sizes = Readonly<Record<string, SetSizes>>

const isRun = (outcome: ExperimentOutcome<Either>): outcome is ReproduceOutcome => 'testError' in outcome

const plan = (settings: ReproduceSettings, sizes: Sizes): Job<Either>[] => [
  ...planReproduce(settings, sizes),
  ...planYardsticks(settings, sizes),
]

function conclude(
  settings: ReproduceSettings,
  sizes: Sizes,
  ended: readonly Concluded<Either>[],
): Conclusion<ReproduceReport> {
  const runs = planReproduce(settings, sizes).map(({ task }, i) => {
    const { outcome, error, versions } = ended[i]
    return { task, outcome: outcome as ReproduceOutcome | undefined, error, versions }
  })
  const yardsticks = settings.sets.map((set, i) => {
    const { outcome, error } = ended[runs.length + i]
    return { set, outcome: outcome as Yardsticks | undefined, error }
  })
  const failures = failuresOf(plan(settings, sizes), ended)
  const report: ReproduceReport = {
    settings,
    sizes,
    cells: makeCells(settings, runs),
    yardsticks: Object.fromEntries(
      yardsticks.flatMap(({ set, outcome }) => (outcome ? [[set, outcome]] : [])),
    ),
    failures,
  }
  return {
    report,
    failures,
    lines: resultLines(report, runs, yardsticks),
    markdown: () => renderMarkdown(report),
    html: () => renderReproduceHtml(report, runs),
    text: (columns, colours) => renderText(report, columns, colours),
  }
}

/** `facet reproduce`: every model on every set (docs/mathematics.md 7.1), and the yardsticks of every set. */
export const reproduceKind: ExperimentKind<ReproduceSettings, Either, ReproduceReport> = {
  async prepare(settings): Promise<Study<Either, ReproduceReport>> {
    const { sizes, fingerprints } = await checkSets(settings)
    return {
      experiment: { experiment: 'reproduce', settings },
      jobs: plan(settings, sizes),
      inputs: fingerprints,
      note: (outcome) => (isRun(outcome) ? `test error ${hundredths(outcome.testError)}` : 'done'),
      calibrate: () => calibrateReproduce(settings, sizes[settings.sets[0]]),
      conclude: (ended) => conclude(settings, sizes, ended),
    }
  },
  restore(settings, lines) {
    const { sizes, ended } = fromResultLines(lines)
    return conclude(settings, sizes, ended)
  },
}

/**
 * Trains every model on every set (docs/mathematics.md 7.1) and writes `results.jsonl`, `table.md` and
 * `report.html`.
 *
 * @throws UsageError for settings that do not fit the data or the folder, before training; Interrupted after the signal.
 */
export const reproduce = async (
  settings: ReproduceSettings,
  options: ExperimentOptions,
): Promise<ReproduceReport> => (await carryOut(reproduceKind, settings, options)).report
