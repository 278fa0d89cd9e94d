import { byNumber, type CandidateValue } from '../../candidate-value.ts'
import { type ModelName, modelColour, models, valueText } from '../../objectives.ts'
import { type CandidateCurve, candidateCurve, candidatesOf } from '../../report/candidate-curves.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { valuesOf } from '../grid.ts'
import { type AnyGridReport, cellOf } from '../grid-report.ts'

const gridOf = ({ settings }: AnyGridReport, model: ModelName): readonly CandidateValue[] =>
  [...new Set(valuesOf(settings, model))].filter((value) => value !== null).sort(byNumber)

function curveOf(report: AnyGridReport, set: string, model: ModelName): CandidateCurve {
  const finished = report.runs.flatMap(({ task, outcome }) =>
    task.set === set && task.model === model && outcome ? [{ ...outcome, value: task.value }] : [],
  )
  const { title, tuned } = models[model]
  const grid = gridOf(report, model)
  const chosen = cellOf(report, set, model)?.chosen ?? null
  return candidateCurve(
    { title, colour: modelColour(model), symbol: tuned!.symbol, grid, chosen },
    report.settings.runs,
    finished,
  )
}

/** How many values a model has to have to be drawn, and what is said where none has. */
export interface CandidateTexts {
  readonly fewest: number
  readonly intro: Content
  /** @param fixed the models that have a hyper-parameter, each with its one value. */
  none(fixed: readonly string[]): Content
}

/** What each value of a hyper-parameter gives, where there was a choice. */
export function candidateSection(report: AnyGridReport, { fewest, intro, none }: CandidateTexts): Html {
  const { settings } = report
  const withValue = settings.models.filter((model) => models[model].tuned !== null)
  const drawn = withValue.filter((model) => gridOf(report, model).length >= fewest)
  const fixed = withValue
    .filter((model) => !drawn.includes(model))
    .map((model) => `${models[model].title} ${valueText(model, gridOf(report, model)[0])}`)
  if (drawn.length === 0) return html`<p>${none(fixed)}</p>`
  const rest = fixed.length === 0 ? '' : ` Not searched: ${fixed.join(', ')}.`
  const sets = settings.sets.map((set) => ({
    set,
    curves: drawn.map((model) => curveOf(report, set, model)),
  }))
  return html`<p>The validation part chooses; the test error is shown beside it, to see what the choice was worth.${intro}${rest}</p>
${candidatesOf(sets)}`
}
