import { type CandidateCurve, candidateCurve, candidatesOf } from '../../report/candidate-curves.ts'
import { type Html, html } from '../../report/html.ts'
import { modelColours } from '../../report/palette.ts'
import type { FinishedRun } from './cells.ts'
import { type ModelName, models } from './models.ts'
import { candidatesOf as candidatesOfModel, symbols, valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'

const gridOf = ({ settings }: ReproduceReport, model: ModelName): readonly number[] =>
  [...new Set(candidatesOfModel(settings, model))].filter((value) => value !== null).sort((a, b) => a - b)

function curveOf(
  report: ReproduceReport,
  finished: readonly FinishedRun[],
  set: string,
  model: ModelName,
): CandidateCurve {
  const runs = finished.flatMap(({ task, outcome }) =>
    task.set === set && task.model === model && outcome ? [{ ...outcome, value: task.value }] : [],
  )
  return candidateCurve(
    {
      title: models[model].title,
      colour: modelColours[model],
      symbol: symbols[models[model].tuned!],
      grid: gridOf(report, model),
      chosen: cellOf(report, set, model).chosen,
    },
    report.settings.runs,
    runs,
  )
}

/** What each λ or σ gives, where there was a choice. */
export function candidatesHtml(report: ReproduceReport, finished: readonly FinishedRun[]): Html {
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
    return html`<p>No grid was searched; ${at}. The paper chose from σ ∈ {0.001, 0.01, 0.1, 1} and λ ∈ {0.001, 0.01, 0.1, 1, 10, 100, 1000} for every set. Several values for <code>--weight</code> or <code>--sigma</code> draw the curves here.</p>`
  }
  const rest = fixed.length === 0 ? '' : ` Not searched: ${fixed.join(', ')}.`
  const sets = settings.sets.map((set) => ({
    set,
    curves: tuned.map((model) => curveOf(report, finished, set, model)),
  }))
  return html`<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth.${rest}</p>
${candidatesOf(sets)}`
}
