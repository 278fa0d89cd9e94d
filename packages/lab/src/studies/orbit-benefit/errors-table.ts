import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import {
  baselineRow,
  chosenColumn,
  comparisonColumns,
  errorColumn,
  type GridRow,
  isBaseline,
  modelRows,
  nameColumn,
  sizesText,
  spreadText,
} from '../../study/grid-table.ts'
import { percent } from '../../text/number.ts'
import { type BenefitReport, baselineValues, explainedFraction, pcaOnOrbitErrors } from './report.ts'

/** Rows of predictors that learn nothing deep. */
function baselineRows(report: BenefitReport, set: string): GridRow[] {
  const pca = `PCA-${report.settings.bottleneck}`
  return [
    { title: 'mean predictor', errors: baselineValues(report, set, (row) => row.meanPredictor) },
    { title: pca, errors: baselineValues(report, set, (row) => row.pca) },
    { title: `${pca} on orbits`, errors: pcaOnOrbitErrors(report, set) },
  ].map(({ title, errors }) => baselineRow(set, title, errors))
}

/** `22 + 8 / 900 × 128` */
const shapeText = ({ train, validation, test, length }: SetSizes): string =>
  `${train} + ${validation} / ${test} × ${length}`

/** Test errors of every model and baseline, and how they compare with AE's: for the terminal, Markdown, the page and CSV. */
export const errorsTable = (report: BenefitReport): Table<GridRow> => ({
  caption: html`Test reconstruction error × 100, ${spreadText(report.settings.runs)}. “To AE”, wins and p compare runs of the same number, which have the same held-out part, first weights and order of batches: paired t test and exact sign-flip permutation test, two-sided. Beside each name its value of s, λ, σ, … that the validation parts chose.`,
  label: 'Test errors of all models and sets',
  back: isBaseline,
  columns: [nameColumn, errorColumn, ...comparisonColumns, chosenColumn],
  groups: report.settings.sets.map((set) => {
    const sizes = report.sizes[set]
    const explained = explainedFraction(report, set)
    const generators = explained === null ? [] : [`generators explain ${percent(explained)}`]
    return {
      title: set,
      note: [sizesText(sizes), ...generators].join('; '),
      plain: [`${set}   ${shapeText(sizes)}`, ...generators].join(', '),
      rows: [...modelRows(report, set), ...baselineRows(report, set)],
    }
  }),
})
