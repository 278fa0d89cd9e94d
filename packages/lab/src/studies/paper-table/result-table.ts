import { hundredths, meanAndSpread } from '../../text/number.ts'
import type { PlainTable } from '../../text/plain-table.ts'
import { type ModelName, models } from './models.ts'
import { type Figure, paperRow, paperText } from './paper-table.ts'
import { cellOf, type ReproduceReport } from './report.ts'
import type { Yardsticks } from './yardsticks.ts'

/** A predictor that learns nothing deep, as a column or row of a table. */
export interface YardstickColumn {
  readonly name: string
  /** Heading of a narrow column. */
  readonly title: string
  read(row: Yardsticks): number
}

export const yardstickColumns: readonly YardstickColumn[] = [
  { name: 'mean predictor', title: 'mean pred.', read: (row) => row.meanPredictor },
  { name: 'PCA-1', title: 'PCA-1', read: (row) => row.pca1 },
  { name: 'PCA-3', title: 'PCA-3', read: (row) => row.pca3 },
  { name: 'PCA-10', title: 'PCA-10', read: (row) => row.pca10 },
]

/** The paper's figure on a common width, so that the columns stay in line. */
const paperFigure = (figure: Figure | undefined): string =>
  figure === undefined ? '–' : paperText(figure).padEnd('00.00 ± 0.00'.length)

const ours = (report: ReproduceReport, set: string, model: ModelName): string => {
  const { outcomes } = cellOf(report, set, model)
  return outcomes.length === 0 ? 'failed' : meanAndSpread(outcomes.map(({ testError }) => testError))
}

const yardstickText = ({ yardsticks }: ReproduceReport, set: string, { read }: YardstickColumn): string =>
  yardsticks[set] ? hundredths(read(yardsticks[set])) : 'failed'

/** One table: a row of ours and a row of the paper's per data set, yardsticks as columns. */
export function wideResultTable(report: ReproduceReport): PlainTable {
  const { settings } = report
  return {
    head: [
      '',
      ...settings.models.map((model) => models[model].title),
      ...yardstickColumns.map(({ title }) => title),
    ],
    rows: settings.sets.flatMap((set) => [
      [
        set,
        ...settings.models.map((model) => ours(report, set, model)),
        ...yardstickColumns.map((column) => yardstickText(report, set, column)),
      ],
      [
        '  paper',
        ...settings.models.map((model) => paperFigure(paperRow(set)[model])),
        ...yardstickColumns.map(() => ''),
      ],
    ]),
    dim: settings.sets.map((_, i) => 2 * i + 1),
  }
}

/** The same for narrow terminals: a row a model or yardstick. */
export function narrowResultTable(report: ReproduceReport): PlainTable {
  const { settings } = report
  return {
    head: ['', 'Facet', 'paper'],
    rows: settings.sets.flatMap((set) => [
      set,
      ...settings.models.map((model) => [
        `  ${models[model].title}`,
        ours(report, set, model),
        paperFigure(paperRow(set)[model]),
      ]),
      ...yardstickColumns.map((column) => [`  ${column.name}`, yardstickText(report, set, column), '']),
    ]),
  }
}
