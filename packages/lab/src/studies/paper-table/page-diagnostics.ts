import { type Column, colourKey } from '../../report/column.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { modelColours } from '../../report/palette.ts'
import { htmlTableOf } from '../../report/table.ts'
import { percent } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import type { Cell } from './cells.ts'
import { type FullDiagnostics, fullDiagnostics } from './diagnostics.ts'
import { models } from './models.ts'
import { valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'

interface Line {
  readonly title: string
  /** What it is and what a bad value means. */
  readonly meaning: Content
  text(cell: Cell, diagnostics: FullDiagnostics, report: ReproduceReport): string | null
}

const short = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(2))))
const percentOf = (share: number | null): string | null => (share === null ? null : percent(share))
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
    text: (_, { codesOutside }) => percentOf(codesOutside),
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
    text: (_, { unexplainedPoints }) => percentOf(unexplainedPoints),
  },
  {
    title: 'unexplained, tangents',
    meaning: 'The same for the tangents of neighbouring regions (R2); second order only.',
    text: (_, { unexplainedTangents }) => percentOf(unexplainedTangents),
  },
  {
    title: 'no neighbour',
    meaning:
      'Pairs for which no neighbouring region was found; they are left out of R2. A decoder without walls has R2 = 0.',
    text: (_, { withoutNeighbour }) => percentOf(withoutNeighbour),
  },
  {
    title: '|ε|',
    meaning: html`Smallest and largest mean |ε<sub>k</sub>| among the generators. It grows as a generator shrinks.`,
    text: (_, { epsilon }) => rangeText(epsilon),
  },
  {
    title: '|ε| · ‖G‖',
    meaning: html`The same times ‖G<sub>k</sub>‖<sub>F</sub>, which does not depend on that scale: how far each generator moves.`,
    text: (_, { epsilonTimesNorm }) => rangeText(epsilonTimesNorm),
  },
]

/** A number of one set: its name, and its text for each model. */
interface Row {
  readonly title: string
  readonly texts: readonly (string | null)[]
}

/** A dead bottleneck, escaped codes and the like, for every set and model (docs/mathematics.md 5.8). */
export function diagnosticsHtml(report: ReproduceReport): Html {
  const { sets, models: names } = report.settings
  const groups = sets.map((set) => {
    const cells = names.map((model) => cellOf(report, set, model))
    const columns = cells.map((cell) => ({ cell, diagnostics: fullDiagnostics(cell) }))
    const rows = lines.map(({ title, text }) => ({
      title,
      texts: columns.map(({ cell, diagnostics }) => text(cell, diagnostics, report)),
    }))
    return { title: set, rows: rows.filter(({ texts }) => texts.some((text) => text !== null)) }
  })
  const ofModels = names.map((model, i): Column<Row> => {
    const { title } = models[model]
    return {
      head: title,
      headHtml: html`${colourKey(modelColours[model])}${title}`,
      text: ({ texts }) => texts[i] ?? '',
    }
  })
  const table = htmlTableOf<Row>({
    caption: html`Empty where a model has no such number.`,
    label: 'Diagnostics of all models and sets',
    columns: [{ head: '', text: ({ title }) => title }, ...ofModels],
    groups,
  })
  const meanings = lines.map(({ title, meaning }) => html`<dt>${title}</dt><dd>${meaning}</dd>\n`)
  return html`<p>A regularizer can lower its penalty without making the decoder any better: the paper does not say how to see that. These numbers do. All are of the training part after training, means over runs.</p>
<div class="beside">${table}
<div class="note"><dl>${meanings}</dl></div></div>`
}
