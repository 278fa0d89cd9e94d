import { models } from '../../objectives.ts'
import { withSpread } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import {
  baselineRow,
  errorColumn,
  type GridRow,
  isBaseline,
  modelRows,
  nameColumn,
  sizesText,
  spreadText,
} from '../../study/grid-table.ts'
import { hundredths, signedHundredths } from '../../text/number.ts'
import { significant } from '../../text/round.ts'
import type { PaperBaselines } from './outcome.ts'
import { type Figure, paperRow, paperText } from './printed.ts'
import { baselinesOf, type PaperReport } from './report.ts'

/** Predictors that learn nothing deep; the short title is for a narrow column. */
const baselines: readonly {
  readonly title: string
  readonly short?: string
  read(row: PaperBaselines): number
}[] = [
  { title: 'mean predictor', short: 'mean pred.', read: (row) => row.meanPredictor },
  { title: 'PCA-1', read: (row) => row.pca1 },
  { title: 'PCA-3', read: (row) => row.pca3 },
  { title: 'PCA-10', read: (row) => row.pca10 },
]

/** The head of the column that a row becomes in the wide table. */
export const shortTitle = ({ title }: GridRow): string =>
  baselines.find((baseline) => baseline.title === title)?.short ?? title

const printedOf = ({ set, model }: GridRow): Figure | undefined =>
  model === null ? undefined : paperRow(set)[model]

/** As printed, without the noise of the division: 1.3 / 100 is 0.013000000000000001. */
const hundredth = (figure: number | undefined): number | null =>
  figure === undefined ? null : significant(figure / 100, 12)

function differenceText({ comparison }: GridRow): string {
  if (comparison === null) return ''
  const { difference, spread } = comparison
  return `${signedHundredths(difference)}${spread === null ? '' : ` ± ${hundredths(spread)}`}`
}

/** Test errors of every model and baseline beside the paper's: for the terminal, Markdown, the page and CSV. */
export const errorsTable = (report: PaperReport): Table<GridRow> => ({
  caption: html`Test reconstruction error × 100, ${spreadText(report.settings.runs)}; the paper's are its Table 1 (10 runs). “Against AE” compares runs of the same number, which start from the same weights and the same held-out part; “lower” counts those with the smaller error.`,
  label: 'Test errors of all models and sets',
  back: isBaseline,
  columns: [
    nameColumn,
    { ...errorColumn, head: 'Facet', headHtml: html`here` },
    {
      head: 'paper',
      className: 'breaks',
      // On a common width, so that the columns stay in line.
      text(row) {
        const figure = printedOf(row)
        const isModel = row.model !== null
        return figure === undefined ? (isModel ? '–' : '') : paperText(figure).padEnd('00.00 ± 0.00'.length)
      },
      csv: {
        paper_test_error: (row) => hundredth(printedOf(row)?.mean),
        paper_test_error_std: (row) => hundredth(printedOf(row)?.std),
      },
    },
    {
      head: 'against AE',
      className: 'breaks',
      text: null,
      html: (row) => html`${withSpread(differenceText(row))}`,
    },
    {
      head: 'lower',
      text: null,
      html: ({ comparison }) => html`${comparison && `${comparison.wins}/${comparison.runs}`}`,
    },
  ],
  groups: report.settings.sets.map((set) => {
    const own = baselinesOf(report, set)
    return {
      title: set,
      note: sizesText(report.sizes[set]),
      plain: set,
      rows: [
        ...modelRows(report, set),
        ...baselines.map(({ title, read }) => baselineRow(set, title, own ? [read(own)] : [])),
      ],
    }
  }),
})

/** Models of the report that the paper has. */
export const regularizedModels = ({ settings }: PaperReport) =>
  settings.models.filter((model) => !models[model].skip)
