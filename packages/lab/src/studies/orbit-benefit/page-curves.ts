import {
  type CandidateCurve,
  candidateFigure,
  candidatePoint,
  candidateSigns,
} from '../../report/candidate-curves.ts'
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
  const grid = [...report.settings.candidates[model]].sort((a, b) => a - b)
  const whole = grid.flatMap((value) => {
    const outcomes = runs.flatMap(({ task, outcome }) =>
      task.set === set && task.model === model && task.value === value && outcome ? [outcome] : [],
    )
    return outcomes.length < report.settings.runs ? [] : [{ value, outcomes }]
  })
  const points = (part: 'validationError' | 'testError') =>
    whole.map(({ value, outcomes }) =>
      candidatePoint(
        value,
        outcomes.map((outcome) => outcome[part]),
      ),
    )
  return {
    title: studyModels[model].title,
    colour: studyColours[model],
    symbol: studyModels[model].symbol!,
    grid,
    validation: points('validationError'),
    test: points('testError'),
    chosen: rowOf(report, set, model)?.chosen ?? null,
  }
}

/** What each value of a hyper-parameter gives. */
export function curvesHtml(report: OrbitStudyReport, runs: readonly StudyRun[]): string {
  const { sets, models } = report.settings
  const tuned = models.filter((model) => studyModels[model].symbol !== null)
  if (tuned.length === 0) return '<p>No model of this run has a hyper-parameter.</p>'
  const figures = sets.map((set) =>
    candidateFigure(
      set,
      tuned.map((model) => curveOf(report, runs, set, model)),
    ),
  )
  return `<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth. Each model has as many values to choose from as orbit, unless asked otherwise.</p>
${candidateSigns}
${figures.join('\n')}`
}
