import { escapeHtml } from '../../report/html.ts'
import { htmlTable } from '../../report/html-table.ts'
import { modelColours } from '../../report/palette.ts'
import { mean } from '../../text/statistics.ts'
import type { Cell } from './cells.ts'
import { type FullDiagnostics, fullDiagnostics } from './diagnostics.ts'
import { models } from './models.ts'
import { valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'

interface Line {
  readonly title: string
  /** What it is and what a bad value means, as HTML. */
  readonly meaning: string
  text(cell: Cell, diagnostics: FullDiagnostics, report: ReproduceReport): string | null
}

const short = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(2))))
const percent = (share: number | null): string | null =>
  share === null ? null : `${(100 * share).toFixed(1)} %`
const number = (value: number | null): string | null => (value === null ? null : short(value))
const rangeText = (range: readonly [number, number] | null): string | null =>
  range === null ? null : `${short(range[0])} – ${short(range[1])}`

const lines: readonly Line[] = [
  {
    title: 'λ or σ',
    meaning: 'The value that the validation part chose, or the only one.',
    text: ({ model, chosen }) => valueLabel(model, chosen) || null,
  },
  {
    title: 'best epoch',
    meaning:
      'The epoch of lowest validation error, mean over runs; its weights are tested. At the last epoch a model was still learning.',
    text: ({ outcomes }, _, { settings }) =>
      outcomes.length === 0
        ? null
        : `${Number(mean(outcomes.map(({ bestEpoch }) => bestEpoch + 1)).toFixed(1))} of ${settings.epochs}`,
  },
  {
    title: 'live units',
    meaning:
      'Bottleneck units that some training sample switches on. A dead one codes nothing; with all dead the decoder is a constant.',
    text: (_, { liveUnits }, { settings }) =>
      liveUnits === null ? null : `${Number(liveUnits.toFixed(1))} of ${settings.bottleneck}`,
  },
  {
    title: 'size of codes',
    meaning:
      'Root mean square of the training samples’ codes. The Lie-group regularizers look at θ ~ N(0, I), whose size is 1.',
    text: (_, { codeSize }) => number(codeSize),
  },
  {
    title: 'codes outside',
    meaning:
      'Training samples whose code lies farther from 0 than 99 % of such θ. Codes that escape are regularized no more: the penalty falls and nothing is learned from it.',
    text: (_, { codesOutside }) => percent(codesOutside),
  },
  {
    title: 'Var D(θ)',
    meaning:
      'Variance of the decoder over θ, summed over dimensions. Near 0 the decoder is constant where the regularizer looks, and the penalty 0 for any generator.',
    text: (_, { decoderVariance }) => number(decoderVariance),
  },
  {
    title: 'unexplained, points',
    meaning:
      'R1 divided by the mean squared change of the decoder between the points of a pair: 0 where the generators carry one to the other, 100 % where they do nothing.',
    text: (_, { unexplainedPoints }) => percent(unexplainedPoints),
  },
  {
    title: 'unexplained, tangents',
    meaning: 'The same for the tangents of neighbouring regions (R2); second order only.',
    text: (_, { unexplainedTangents }) => percent(unexplainedTangents),
  },
  {
    title: 'no neighbour',
    meaning:
      'Pairs for which no neighbouring region was found; they are left out of R2. A decoder without walls has R2 = 0.',
    text: (_, { withoutNeighbour }) => percent(withoutNeighbour),
  },
  {
    title: '|ε|',
    meaning:
      'Smallest and largest mean |ε<sub>k</sub>| among the generators. It grows as a generator shrinks.',
    text: (_, { epsilon }) => rangeText(epsilon),
  },
  {
    title: '|ε| · ‖G‖',
    meaning:
      'The same times ‖G<sub>k</sub>‖<sub>F</sub>, which does not depend on that scale: how far each generator moves.',
    text: (_, { epsilonTimesNorm }) => rangeText(epsilonTimesNorm),
  },
]

/** A dead bottleneck, escaped codes and the like, for every set and model (docs/mathematics.md 5.8). */
export function diagnosticsHtml(report: ReproduceReport): string {
  const { sets, models: names } = report.settings
  const groups = sets.map((set) => {
    const cells = names.map((model) => cellOf(report, set, model))
    const columns = cells.map((cell) => ({ cell, diagnostics: fullDiagnostics(cell) }))
    const rows = lines.flatMap(({ title, text }) => {
      const texts = columns.map(({ cell, diagnostics }) => text(cell, diagnostics, report))
      return texts.every((t) => t === null) ? [] : [{ cells: [title, ...texts.map((t) => t ?? '')] }]
    })
    return { title: set, rows }
  })
  const head = names.map((model) => ({
    html: `<span class="key" style="background:${modelColours[model]}"></span>${escapeHtml(models[model].title)}`,
  }))
  return `<p>A regularizer can lower its penalty without making the decoder any better: the paper does not say how to see that. These numbers do. All are of the training part after training, means over runs.</p>
<div class="beside">${htmlTable({ caption: 'Empty where a model has no such number.', head: ['', ...head], groups }, 'Diagnostics of all models and sets')}
<div class="note"><dl>${lines.map(({ title, meaning }) => `<dt>${escapeHtml(title)}</dt><dd>${meaning}</dd>`).join('\n')}</dl></div></div>`
}
