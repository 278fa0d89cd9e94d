import { modelColour, models } from '../../objectives.ts'
import { figure, type Panel, panels, underNames } from '../../report/figure.ts'
import { colourScale, heatMap } from '../../report/heat-map.ts'
import { type Html, html } from '../../report/html.ts'
import { cellOf } from '../../study/grid-report.ts'
import { mean } from '../../text/statistics.ts'
import { figureNote } from './figure-note.ts'
import type { ShownEpsilon } from './outcome.ts'
import type { PaperReport } from './report.ts'

const kinds = [
  { title: '|ε|', of: ({ values }: ShownEpsilon) => values.map((row) => row.map(Math.abs)) },
  {
    title: '|ε| · ‖G‖',
    of: ({ values, norms }: ShownEpsilon) => values.map((row) => row.map((v, k) => Math.abs(v) * norms[k])),
  },
] as const

function panelsOf(report: PaperReport, set: string): Panel[] {
  return report.settings.models.flatMap((model) => {
    const epsilon = cellOf(report, set, model)?.outcomes[0]?.showcase?.epsilon
    if (!epsilon || epsilon.values.length === 0) return []
    const { title } = models[model]
    return kinds.map((kind): Panel => {
      const values = kind.of(epsilon)
      const largest = values.flat().reduce((a, b) => Math.max(a, b), 0)
      const label = `${title} on ${set}: ${kind.title} of ${values.length} neighbouring pairs (rows) by generator (columns), from 0 to ${largest.toPrecision(3)}, mean ${mean(values.flat()).toPrecision(3)}`
      const scaleLabel = `Colours from 0 to ${largest.toPrecision(3)}`
      return {
        title: `${title}: ${kind.title}`,
        colour: modelColour(model),
        svg: html`${heatMap({ ariaLabel: label, values, largest, x: 'generator k', y: 'pair' })}${colourScale({ ariaLabel: scaleLabel, largest })}`,
      }
    })
  })
}

function setHtml(report: PaperReport, set: string): Html {
  const all = panelsOf(report, set)
  return all.length === 0
    ? html`<p>No pair to show: no run finished, or no pair had a neighbouring region.</p>`
    : figure(
        panels(all, 4),
        html`${set}, run 1: how far each of 16 pairs of neighbouring points is moved along each generator. Each map has a scale of its own, from 0 to its largest value. ${figureNote(report, 'epsilon', set)}`,
      )
}

/** Fig. 5, and what it leaves out: ε says nothing without the size of its generator. */
export function epsilonSection(report: PaperReport): Html {
  const { sets, models: names } = report.settings
  if (!names.some((name) => name === 'lieGroupFirstOrder' || name === 'lieGroupSecondOrder')) {
    return html`<p>No model of this run has generators.</p>`
  }
  return html`<p>ε are the group coordinates that carry one point of a pair, or its tangents, to the other (the paper's Fig. 5): the closed form of Props. 2 and 3, for pairs drawn as in training. ε shrinks as its generator grows, so a small |ε| alone says nothing; beside it stands |ε| · ‖G<sub>k</sub>‖<sub>F</sub>, which does not depend on that scale. Columns in which both are dark are generators that do nothing.</p>
${underNames(sets, (set) => setHtml(report, set))}`
}
