import { hundredths, meanAndSpread } from '../text/number.ts'
import type { PlainTable } from '../text/plain-table.ts'
import { type ModelName, models } from './models.ts'
import { type Figure, paperRow } from './paper-table.ts'
import { cellOf, type ReproduceReport } from './report.ts'

/** Spreads as the paper prints them, on a common width so that the columns stay in line. */
function paperFigure(figure: Figure | undefined): string {
  if (figure === undefined) return '–'
  const std = Number.isInteger(figure.std) ? figure.std.toFixed(1) : String(figure.std)
  return `${figure.mean.toFixed(2)} ± ${std.padEnd(4)}`
}

const ours = (report: ReproduceReport, set: string, model: ModelName): string => {
  const { outcomes } = cellOf(report, set, model)
  return outcomes.length === 0 ? 'failed' : meanAndSpread(outcomes.map(({ testError }) => testError))
}

function yardstickCells(report: ReproduceReport, set: string): string[] {
  const row = report.yardsticks[set]
  return row ? [row.meanPredictor, row.pca1, row.pca10].map(hundredths) : ['failed', 'failed', 'failed']
}

const yardstickTitles = ['mean pred.', 'PCA-1', 'PCA-10']

/** One table: a row of ours and a row of the paper's per data set, yardsticks as columns. */
export function wideResultTable(report: ReproduceReport): PlainTable {
  const { settings } = report
  return {
    head: ['', ...settings.models.map((model) => models[model].title), ...yardstickTitles],
    rows: settings.sets.flatMap((set) => [
      [set, ...settings.models.map((model) => ours(report, set, model)), ...yardstickCells(report, set)],
      ['  paper', ...settings.models.map((model) => paperFigure(paperRow(set)[model])), '', '', ''],
    ]),
    dim: settings.sets.map((_, i) => 2 * i + 1),
  }
}

/** The same for narrow terminals: names and yardsticks on a line of their own. */
export function narrowResultTable(report: ReproduceReport): PlainTable {
  const { settings } = report
  return {
    head: ['', ...settings.models.map((model) => models[model].title)],
    rows: settings.sets.flatMap((set) => {
      const [meanPredictor, pca1, pca10] = yardstickCells(report, set)
      return [
        `${set}   mean predictor ${meanPredictor} · PCA-1 ${pca1} · PCA-10 ${pca10}`,
        ['  Facet', ...settings.models.map((model) => ours(report, set, model))],
        ['  paper', ...settings.models.map((model) => paperFigure(paperRow(set)[model]))],
      ]
    }),
    dim: settings.sets.map((_, i) => 3 * i + 2),
  }
}
