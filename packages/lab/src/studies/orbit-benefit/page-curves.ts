import { type CandidateCurve, candidateCurve, candidatesOf } from '../../report/candidate-curves.ts'
import { type Html, html } from '../../report/html.ts'
import type { StudyRun } from './choice.ts'
import { studyColours } from './colours.ts'
import { type StudyModelName, studyModels } from './models.ts'
import { type OrbitStudyReport, rowOf } from './report.ts'

function curveOf(
  report: OrbitStudyReport,
  runs: readonly StudyRun[],
  set: string,
  model: StudyModelName,
): CandidateCurve {
  const finished = runs.flatMap(({ task, outcome }) =>
    task.set === set && task.model === model && outcome ? [{ ...outcome, value: task.value }] : [],
  )
  return candidateCurve(
    {
      title: studyModels[model].title,
      colour: studyColours[model],
      symbol: studyModels[model].symbol!,
      grid: report.settings.candidates[model],
      chosen: rowOf(report, set, model)?.chosen ?? null,
    },
    report.settings.runs,
    finished,
  )
}

/** What each value of a hyper-parameter gives. */
export function curvesHtml(report: OrbitStudyReport, runs: readonly StudyRun[]): Html {
  const { sets, models } = report.settings
  const tuned = models.filter((model) => studyModels[model].symbol !== null)
  if (tuned.length === 0) return html`<p>No model of this run has a hyper-parameter.</p>`
  const curves = sets.map((set) => ({ set, curves: tuned.map((model) => curveOf(report, runs, set, model)) }))
  return html`<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth. Each model has as many values to choose from as orbit, unless asked otherwise.</p>
${candidatesOf(curves)}`
}
