import { type ModelName, modelColour, models } from '../../objectives.ts'
import { type Column, nameHtml } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import { counted, percent, pText } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import { type BenefitReport, learnedOf, ordersOf } from './report.ts'
import type { LearnedStencils } from './stencils.ts'

/** What was learned for one model. */
export interface LearnedRow extends LearnedStencils {
  readonly set: string
  readonly title: string
  /** `null` where no model of the study has the bank. */
  readonly model: ModelName | null
}

/** What was learned of a set, in the order of the models. */
export const learnedRows = (report: BenefitReport, set: string): LearnedRow[] =>
  learnedOf(report, set).map((learned) => {
    const model = report.settings.models.find((name) => models[name].bank === learned.bank) ?? null
    return { ...learned, set, model, title: model === null ? learned.bank : models[model].title }
  })

/** Whether stencils are those of an image: then they have a derivative across and one down. */
export const isOfImage = ({ derivative }: LearnedStencils): boolean => derivative[0]?.length === 2

/** What was said of the order of a set's coordinates over all runs; `null` where no model learned it. */
export function orderText(report: BenefitReport, set: string): string | null {
  const orders = ordersOf(report, set)
  if (orders.length === 0) return null
  const found = orders.filter((order) => order.found).length
  const largest = pText(Math.max(...orders.map(({ pValue }) => pValue)))
  const p = largest.startsWith('<') ? `p ${largest}` : `p ≤ ${largest}`
  const agreement = percent(mean(orders.map((order) => order.agreement)))
  return `found in ${found} of ${counted(orders.length, 'run')}, ${p}, agreement ${agreement}`
}

/** How the table is read. */
export function learnedNote(report: BenefitReport): string {
  const shares =
    'shares of the training samples x and of their derivative that the response of each stencil explains, stencil by stencil (squared correlation); held out: share of the differences between neighbours in one half of the training part that generators learned from the other half explain, mean of both ways; run 1'
  const agreement =
    'agreement: share of the neighbours in the order that one half of the samples gives that are neighbours in that of the other, mean over runs'
  const hasOrder = report.settings.sets.some((set) => ordersOf(report, set).length > 0)
  return hasOrder ? `${shares}; ${agreement}` : shares
}

/** `79.5, 0.0 %`, stencil by stencil. */
const sharesText = (shares: readonly number[]): string =>
  `${shares.map((share) => (100 * share).toFixed(1)).join(', ')} %`

const column = (head: string, read: (row: LearnedRow) => readonly number[]): Column<LearnedRow> => ({
  head,
  text(row) {
    const shares = read(row)
    return shares.length === 0 ? '' : sharesText(shares)
  },
})

const nameColumn: Column<LearnedRow> = {
  head: '',
  text: ({ title }) => title,
  html: ({ title, model }) =>
    html`<span style="white-space:nowrap">${nameHtml(title, { colour: model === null ? null : modelColour(model) })}</span>`,
}

/** `dx/dt` of series, `∂x` across and down of images, and where there are both both. */
function derivativeColumns(rows: readonly LearnedRow[]): Column<LearnedRow>[] {
  const hasImages = rows.some(isOfImage)
  const heads = [...(rows.every(isOfImage) ? [] : ['dx/dt']), ...(hasImages ? ['∂x across'] : [])]
  const first = column(heads.join(', '), ({ derivative }) => derivative.map(([share]) => share))
  const down = column('∂x down', (row) => (isOfImage(row) ? row.derivative.map(([, share]) => share) : []))
  return hasImages ? [first, down] : [first]
}

/** What the learned stencils do and what they explain, for the terminal, Markdown and the page; `null` where none were learned. */
export function learnedTable(report: BenefitReport): Table<LearnedRow> | null {
  const groups = report.settings.sets.map((set) => {
    const order = orderText(report, set)
    return {
      title: set,
      note: order === null ? undefined : `order ${order}`,
      rows: learnedRows(report, set),
    }
  })
  const rows = groups.flatMap((group) => group.rows)
  if (rows.length === 0) return null
  return {
    caption: html`What was learned: ${learnedNote(report)}.`,
    label: 'What was learned',
    columns: [
      nameColumn,
      column('x', ({ identity }) => identity),
      ...derivativeColumns(rows),
      column('held out', ({ heldOut }) => [heldOut]),
    ],
    groups: groups.filter((group) => group.rows.length > 0),
  }
}
