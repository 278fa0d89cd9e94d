import { type ModelName, modelColour, models, valueText } from '../../objectives.ts'
import { type Column, colourKey } from '../../report/column.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { htmlTableOf } from '../../report/table.ts'
import type { Cell } from '../../study/choose.ts'
import { duration } from '../../text/duration.ts'
import { grouped } from '../../text/number.ts'
import { bestEpochOf, diagnostics } from './diagnostics.ts'
import type { PaperOutcome } from './outcome.ts'
import type { PaperReport } from './report.ts'
import { secondsOf, stepsOf } from './times.ts'

interface Line {
  readonly head: string
  readonly meaning: Content
  text(cell: Cell<PaperOutcome>, report: PaperReport): string
}

const lines: readonly Line[] = [
  {
    head: 'λ or σ',
    meaning: 'The value that the validation part chose, or the only one.',
    text: ({ model, chosen }) => valueText(model, chosen),
  },
  {
    head: 'best epoch',
    meaning:
      'The epoch of lowest validation error, mean over runs; its weights are tested. At the last epoch a model was still learning.',
    text(cell, { settings: { epochs } }) {
      const epoch = bestEpochOf(cell)
      return epoch === null ? '' : `${Number(epoch.toFixed(1))} of ${epochs}`
    },
  },
  ...diagnostics.map(
    ({ head, meaning, of, text }): Line => ({
      head,
      meaning,
      text(cell, { settings }) {
        const value = of(cell)
        return value === null ? '' : text(value, settings)
      },
    }),
  ),
  {
    head: 'steps',
    meaning: 'Updates of the weights in one training: epochs times batches.',
    text: (cell, report) => (cell.outcomes.length === 0 ? '' : grouped(stepsOf(report, cell.set))),
  },
  {
    head: 'time',
    meaning:
      'Of one training, mean over runs, its test errors after each epoch included; other work on the machine makes it longer.',
    text(cell, report) {
      const seconds = secondsOf(report, cell)
      return seconds === null ? '' : duration(seconds)
    },
  },
]

/** A number of one set: its name, and its text for each model that is trained on it. */
interface Row {
  readonly head: string
  readonly texts: ReadonlyMap<ModelName, string>
}

/** A dead bottleneck, escaped codes and the like, for every set and model (docs/mathematics.md 5.8). */
export function diagnosticsSection(report: PaperReport): Html {
  const { settings, cells } = report
  const groups = settings.sets.map((set) => {
    const mine = cells.filter((cell) => cell.set === set)
    const rows = lines.map(({ head, text }) => ({
      head,
      texts: new Map(mine.map((cell) => [cell.model, text(cell, report)])),
    }))
    return { title: set, rows: rows.filter(({ texts }) => [...texts.values()].some((text) => text !== '')) }
  })
  const ofModels = settings.models.map((model): Column<Row> => {
    const { title } = models[model]
    return {
      head: title,
      headHtml: html`${colourKey(modelColour(model))}${title}`,
      text: ({ texts }) => texts.get(model) ?? '',
    }
  })
  const table = htmlTableOf<Row>({
    caption: html`Empty where a model has no such number.`,
    label: 'Diagnostics of all models and sets',
    columns: [{ head: '', text: ({ head }) => head }, ...ofModels],
    groups,
  })
  const meanings = lines.map(({ head, meaning }) => html`<dt>${head}</dt><dd>${meaning}</dd>\n`)
  return html`<p>A regularizer can lower its penalty without making the decoder any better: the paper does not say how to see that. These numbers do. All but steps and time are of the training part after training, means over runs.</p>
<div class="beside">${table}
<div class="note"><dl>${meanings}</dl></div></div>`
}
