import { type Column, nameHtml } from '../../report/column.ts'
import { failureList } from '../../report/failures.ts'
import { figure, panels } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { legend } from '../../report/legend.ts'
import { modelColours } from '../../report/palette.ts'
import { htmlTableOf } from '../../report/table.ts'
import { hundredths, meanAndSpread, signedHundredths } from '../../text/number.ts'
import { errorsChart } from './errors-chart.ts'
import { compareWithAe } from './findings.ts'
import { type ModelName, models } from './models.ts'
import { paperRow, paperText } from './paper-table.ts'
import { valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'
import { yardstickColumns } from './result-table.ts'

/** A model or a yardstick on a set: what a page tells of it. */
interface Row {
  readonly name: Html
  readonly own: string
  readonly paper: string
  readonly difference: string
  readonly lower: string
  readonly isYardstick: boolean
}

function modelRow(report: ReproduceReport, set: string, model: ModelName): Row {
  const { outcomes, chosen } = cellOf(report, set, model)
  const printed = paperRow(set)[model]
  const comparison = compareWithAe(report, set, model)
  const spread = comparison?.spreadOfDifferences ?? null
  return {
    name: nameHtml(models[model].title, { colour: modelColours[model], beside: valueLabel(model, chosen) }),
    own: outcomes.length === 0 ? 'failed' : meanAndSpread(outcomes.map(({ testError }) => testError)),
    paper: printed === undefined ? '–' : paperText(printed),
    difference:
      comparison === null
        ? ''
        : `${signedHundredths(comparison.difference)}${spread === null ? '' : ` ± ${hundredths(spread)}`}`,
    lower: comparison === null ? '' : `${comparison.lower}/${comparison.runs}`,
    isYardstick: false,
  }
}

const yardstickRows = (report: ReproduceReport, set: string): Row[] =>
  yardstickColumns.map(({ name, read }) => {
    const row = report.yardsticks[set]
    const own = row ? hundredths(read(row)) : 'failed'
    return { name: html`${name}`, own, paper: '', difference: '', lower: '', isYardstick: true }
  })

const columns: readonly Column<Row>[] = [
  { head: '', text: null, html: ({ name }) => name },
  { head: 'here', className: 'breaks', text: ({ own }) => own },
  { head: 'paper', className: 'breaks', text: ({ paper }) => paper },
  { head: 'against AE', className: 'breaks', text: ({ difference }) => difference },
  { head: 'lower', text: ({ lower }) => lower },
]

const sizesText = ({ sizes }: ReproduceReport, set: string): string => {
  const { train, validation, test, length } = sizes[set]
  return `${train} to train, ${validation} held out, ${test} to test, ${length} values each`
}

/** The table of the paper with ours beside it, and the same drawn. */
export function tableHtml(report: ReproduceReport): Html {
  const { settings, failures } = report
  const spread =
    settings.runs === 1 ? 'one run' : `mean ± sample standard deviation over ${settings.runs} runs`
  const table = htmlTableOf<Row>({
    caption: html`Test reconstruction error × 100, ${spread}; the paper's are its Table 1 (10 runs). “Against AE” compares runs of the same number, which start from the same weights and the same held-out part; “lower” counts those with the smaller error.`,
    label: 'Test errors of all models and sets',
    columns,
    back: ({ isYardstick }) => isYardstick,
    groups: settings.sets.map((set) => ({
      title: set,
      note: sizesText(report, set),
      rows: [...settings.models.map((model) => modelRow(report, set, model)), ...yardstickRows(report, set)],
    })),
  })
  const signs = legend([
    {
      sign: { shape: 'line', width: 2, radius: 4.5 },
      text: settings.runs === 1 ? 'here' : 'here, mean ± std',
    },
    { sign: { shape: 'diamond' }, text: 'paper' },
    { sign: { shape: 'rule', dash: '4 3' }, text: 'PCA-10' },
    { sign: { shape: 'rule', dash: '1 3' }, text: 'mean predictor' },
  ])
  const charts = panels(
    settings.sets.map((set) => ({ title: set, svg: errorsChart(report, set) })),
    2,
    16,
  )
  const drawn = figure([signs, charts], 'The same test errors drawn, × 100. Each set has a scale of its own.')
  return html`<div class="beside"><div>${table}${failureList(failures)}</div><div>${drawn}</div></div>`
}
