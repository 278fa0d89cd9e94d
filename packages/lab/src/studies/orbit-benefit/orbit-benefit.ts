import { carryOut } from '../../study/carry-out.ts'
import {
  type Concluded,
  type Conclusion,
  type ExperimentKind,
  type ExperimentOptions,
  failuresOf,
  type Study,
} from '../../study/study.ts'
import { errorText } from '../../text/number.ts'
import type { ExperimentOutcome } from '../../worker.ts'
import { calibrateStudy } from './calibrate.ts'
import { checkStudySets } from './check-sets.ts'
import { makeChoices } from './choice.ts'
import { fromStudyLines, studyLines } from './lines.ts'
import { renderStudyHtml } from './page.ts'
import { planStudyRuns, planStudyYardsticks, type Sizes, type StudyJob } from './plan.ts'
import { renderStudyMarkdown, renderStudyText } from './render.ts'
import type { OrbitStudyReport } from './report.ts'
import type { OrbitStudyOutcome } from './run.ts'
import type { OrbitStudySettings } from './settings.ts'
import { summarise } from './summarise.ts'
import type { StudyYardsticks } from './yardsticks.ts'

type Either = 'orbitStudy' | 'orbitStudyYardsticks'

const isRun = (outcome: ExperimentOutcome<Either>): outcome is OrbitStudyOutcome => 'testError' in outcome

const plan = (settings: OrbitStudySettings, sizes: Sizes): StudyJob[] => [
  ...planStudyRuns(settings, sizes),
  ...planStudyYardsticks(settings, sizes),
]

function conclude(
  settings: OrbitStudySettings,
  sizes: Sizes,
  ended: readonly Concluded<Either>[],
): Conclusion<OrbitStudyReport> {
  const runs = planStudyRuns(settings, sizes).map(({ task }, i) => {
    const { outcome, error, versions } = ended[i]
    return { task, outcome: outcome as OrbitStudyOutcome | undefined, error, versions }
  })
  const yardsticks = planStudyYardsticks(settings, sizes).map(({ task: { set, run } }, i) => {
    const { outcome, error, versions } = ended[runs.length + i]
    return { set, run, outcome: outcome as StudyYardsticks | undefined, error, versions }
  })
  const failures = failuresOf(plan(settings, sizes), ended)
  const report: OrbitStudyReport = {
    settings,
    sizes,
    rows: summarise(makeChoices(settings, runs)),
    yardsticks: Object.fromEntries(
      settings.sets.map((set) => [
        set,
        yardsticks.flatMap((row) => (row.set === set && row.outcome ? [row.outcome] : [])),
      ]),
    ),
    failures,
  }
  return {
    report,
    failures,
    lines: studyLines(report, runs, yardsticks),
    markdown: () => renderStudyMarkdown(report),
    html: () => renderStudyHtml(report, runs),
    text: (columns, colours) => renderStudyText(report, columns, colours),
  }
}

/**
 * `facet reproduce --study orbit`: every model on every set with paired seeds (docs/mathematics.md 7.3), and the yardsticks of
 * every run.
 */
export const orbitStudyKind: ExperimentKind<OrbitStudySettings, Either, OrbitStudyReport> = {
  async prepare(settings): Promise<Study<Either, OrbitStudyReport>> {
    const { sizes, fingerprints } = await checkStudySets(settings)
    return {
      experiment: { experiment: 'orbitStudy', settings },
      jobs: plan(settings, sizes),
      inputs: fingerprints,
      note: (outcome) => (isRun(outcome) ? `test error ${errorText(outcome.testError)}` : 'done'),
      calibrate: () => calibrateStudy(settings, sizes[settings.sets[0]]),
      conclude: (ended) => conclude(settings, sizes, ended),
    }
  },
  restore(settings, lines) {
    const { sizes, ended } = fromStudyLines(lines)
    return conclude(settings, sizes, ended)
  },
}

/**
 * Trains every model on every set with paired seeds (docs/mathematics.md 7.3) and writes `results.jsonl`, `table.md` and
 * `report.html`.
 *
 * @throws UsageError for settings that do not fit the data or the folder, before training; Interrupted after the signal.
 */
export const orbitStudy = async (
  settings: OrbitStudySettings,
  options: ExperimentOptions,
): Promise<OrbitStudyReport> => (await carryOut(orbitStudyKind, settings, options)).report
