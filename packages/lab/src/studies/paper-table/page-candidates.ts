import {
  type CandidateCurve,
  candidateFigure,
  candidatePoint,
  candidateSigns,
} from '../../report/candidate-curves.ts'
import { escapeHtml } from '../../report/html.ts'
import { modelColours } from '../../report/palette.ts'
import type { FinishedRun } from './cells.ts'
import { type ModelName, models } from './models.ts'
import { candidatesOf, symbols, valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'

const gridOf = ({ settings }: ReproduceReport, model: ModelName): readonly number[] =>
  [...new Set(candidatesOf(settings, model))].filter((value) => value !== null).sort((a, b) => a - b)

/** Candidates of which all runs finished have points. */
function curveOf(
  report: ReproduceReport,
  finished: readonly FinishedRun[],
  set: string,
  model: ModelName,
): CandidateCurve {
  const grid = gridOf(report, model)
  const whole = grid.flatMap((value) => {
    const outcomes = finished.flatMap(({ task, outcome }) =>
      task.set === set && task.model === model && task.value === value && outcome ? [outcome] : [],
    )
    return outcomes.length < report.settings.runs ? [] : [{ value, outcomes }]
  })
  return {
    title: models[model].title,
    colour: modelColours[model],
    symbol: symbols[models[model].tuned!],
    grid,
    validation: whole.map(({ value, outcomes }) =>
      candidatePoint(
        value,
        outcomes.map(({ validationError }) => validationError),
      ),
    ),
    test: whole.map(({ value, outcomes }) =>
      candidatePoint(
        value,
        outcomes.map(({ testError }) => testError),
      ),
    ),
    chosen: cellOf(report, set, model).chosen,
  }
}

/** What each λ or σ gives, where there was a choice. */
export function candidatesHtml(report: ReproduceReport, finished: readonly FinishedRun[]): string {
  const { settings } = report
  const withValue = settings.models.filter((model) => models[model].tuned !== null)
  const tuned = withValue.filter((model) => gridOf(report, model).length > 1)
  const fixed = withValue
    .filter((model) => !tuned.includes(model))
    .map((model) => `${models[model].title} ${valueLabel(model, gridOf(report, model)[0])}`)
  if (tuned.length === 0) {
    const at =
      fixed.length === 0
        ? 'no model of this run has one'
        : `each model was trained at one value: ${fixed.join(', ')}`
    return `<p>No grid was searched; ${escapeHtml(at)}. The paper chose from σ ∈ {0.001, 0.01, 0.1, 1} and λ ∈ {0.001, 0.01, 0.1, 1, 10, 100, 1000} for every set. Several values for <code>--weight</code> or <code>--sigma</code> draw the curves here.</p>`
  }
  const rest = fixed.length === 0 ? '' : ` Not searched: ${escapeHtml(fixed.join(', '))}.`
  const figures = settings.sets.map((set) =>
    candidateFigure(
      set,
      tuned.map((model) => curveOf(report, finished, set, model)),
    ),
  )
  return `<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth.${rest}</p>
${candidateSigns}
${figures.join('\n')}`
}
