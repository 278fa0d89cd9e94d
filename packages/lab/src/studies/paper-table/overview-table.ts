import { type ModelName, modelColour, models } from '../../objectives.ts'
import { type Column, colourKey, withSpread } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import { errorsOf } from '../../study/grid-report.ts'
import { errorsText, errorText } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import { paperRow, paperText } from './printed.ts'
import { baselinesOf, type PaperReport } from './report.ts'

interface SetRow {
  readonly set: string
}

const bestOf = (report: PaperReport, set: string): number =>
  report.settings.models.reduce((least, model) => {
    const errors = errorsOf(report, set, model)
    return errors.length === 0 ? least : Math.min(least, mean(errors))
  }, Number.POSITIVE_INFINITY)

const modelColumn = (report: PaperReport, model: ModelName): Column<SetRow> => ({
  head: models[model].title,
  headHtml: html`${colourKey(modelColour(model))}${models[model].title}`,
  text: null,
  html({ set }) {
    const errors = errorsOf(report, set, model)
    const printed = paperRow(set)[model]
    const paper =
      printed &&
      html`<br><small class="faint" style="font-weight:400">${withSpread(paperText(printed))}</small>`
    const isBest = errors.length > 0 && mean(errors) === bestOf(report, set)
    return {
      html: html`${errors.length === 0 ? '–' : withSpread(errorsText(errors))}${paper ?? null}`,
      className: isBest ? 'best' : undefined,
    }
  },
})

/** The table as the paper prints it, for reports of many sets: a row a set, a column a model, the paper's own number under ours. */
export function overviewTable(report: PaperReport): Table<SetRow> {
  const baseline = (head: string, of: 'meanPredictor' | 'pca10'): Column<SetRow> => ({
    head,
    text: null,
    html({ set }) {
      const own = baselinesOf(report, set)
      return html`${own === undefined ? 'failed' : errorText(own[of])}`
    },
  })
  return {
    caption: html`Test reconstruction error × 100 of each model, and under it the paper's (its Table 1). Bold: the lowest mean of the row.`,
    label: 'Test errors of all sets, a column a model',
    columns: [
      { head: '', text: ({ set }) => set },
      ...report.settings.models.map((model) => modelColumn(report, model)),
      baseline('mean pred.', 'meanPredictor'),
      baseline('PCA-10', 'pca10'),
    ],
    groups: [{ rows: report.settings.sets.map((set) => ({ set })) }],
  }
}
