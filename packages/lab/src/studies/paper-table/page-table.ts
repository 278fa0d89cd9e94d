import { figure, legend, type Panel, panels } from '../../report/figure.ts'
import { escapeHtml } from '../../report/html.ts'
import { type HtmlCell, type HtmlRow, htmlTable } from '../../report/html-table.ts'
import { modelColours } from '../../report/palette.ts'
import { counted, hundredths, meanAndSpread } from '../../text/number.ts'
import { errorsChart } from './errors-chart.ts'
import { compareWithAe } from './findings.ts'
import { type ModelName, models } from './models.ts'
import { paperRow, paperText } from './paper-table.ts'
import { valueLabel } from './plan.ts'
import { cellOf, type ReproduceReport } from './report.ts'
import { yardstickColumns } from './result-table.ts'

/** `+1.20`, `−0.31`, and `0.00` where that is what is left of it. */
function signed(value: number): string {
  const size = hundredths(Math.abs(value))
  return Number(size) === 0 ? size : `${value < 0 ? '−' : '+'}${size}`
}

/** `±` sticks to its number; a narrow cell breaks before it. */
const spreadCell = (text: string): HtmlCell => ({
  html: escapeHtml(text.replace('± ', '±\u00a0')),
  className: 'breaks',
})

const nameCell = (model: ModelName, chosen: number | null): HtmlCell => {
  const value = valueLabel(model, chosen)
  const aside =
    value === '' ? '' : ` <small class="faint">${escapeHtml(value.replace(' ', '\u00a0'))}</small>`
  return {
    html: `<span class="key" style="background:${modelColours[model]}"></span>${escapeHtml(models[model].title)}${aside}`,
  }
}

function differenceText(report: ReproduceReport, set: string, model: ModelName): [string, string] {
  const comparison = compareWithAe(report, set, model)
  if (comparison === null) return ['', '']
  const { difference, spreadOfDifferences, lower, runs } = comparison
  const spread = spreadOfDifferences === null ? '' : ` ± ${hundredths(spreadOfDifferences)}`
  return [`${signed(difference)}${spread}`, `${lower}/${runs}`]
}

function modelRow(report: ReproduceReport, set: string, model: ModelName): HtmlRow {
  const { outcomes, chosen } = cellOf(report, set, model)
  const own = outcomes.length === 0 ? 'failed' : meanAndSpread(outcomes.map(({ testError }) => testError))
  const printed = paperRow(set)[model]
  const paper = printed === undefined ? '–' : paperText(printed)
  const [difference, lower] = differenceText(report, set, model)
  return {
    cells: [nameCell(model, chosen), spreadCell(own), spreadCell(paper), spreadCell(difference), lower],
  }
}

const yardstickRows = (report: ReproduceReport, set: string): HtmlRow[] =>
  yardstickColumns.map(({ name, read }) => {
    const row = report.yardsticks[set]
    return { className: 'back', cells: [name, row ? hundredths(read(row)) : 'failed', '', '', ''] }
  })

const sizesText = ({ sizes }: ReproduceReport, set: string): string => {
  const { train, validation, test, length } = sizes[set]
  return `${train} to train, ${validation} held out, ${test} to test, ${length} values each`
}

function chartPanel(report: ReproduceReport, set: string): Panel {
  return { title: set, svg: errorsChart(report, set) }
}

/** The table of the paper with ours beside it, and the same drawn. */
export function tableHtml(report: ReproduceReport): string {
  const { settings, failures } = report
  const spread =
    settings.runs === 1 ? 'one run' : `mean ± sample standard deviation over ${settings.runs} runs`
  const table = htmlTable(
    {
      caption: `Test reconstruction error × 100, ${spread}; the paper's are its Table 1 (10 runs). “Against AE” compares runs of the same number, which start from the same weights and the same held-out part; “lower” counts those with the smaller error.`,
      head: ['', 'here', 'paper', 'against AE', 'lower'],
      groups: settings.sets.map((set) => ({
        title: set,
        note: sizesText(report, set),
        rows: [
          ...settings.models.map((model) => modelRow(report, set, model)),
          ...yardstickRows(report, set),
        ],
      })),
    },
    'Test errors of all models and sets',
  )
  const signs = legend([
    {
      sign: '<line x1="3" x2="29" y1="8" y2="8" stroke="currentColor" stroke-width="2"/><circle cx="16" cy="8" r="4.5" fill="currentColor"/>',
      text: settings.runs === 1 ? 'here' : 'here, mean ± std',
    },
    {
      sign: '<path d="M16 2 22 8 16 14 10 8Z" fill="none" stroke="currentColor" stroke-width="1.5"/>',
      text: 'paper',
    },
    {
      sign: '<line x1="16" x2="16" y1="0" y2="16" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3"/>',
      text: 'PCA-10',
    },
    {
      sign: '<line x1="16" x2="16" y1="0" y2="16" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1 3"/>',
      text: 'mean predictor',
    },
  ])
  const drawn = figure(
    signs +
      panels(
        settings.sets.map((set) => chartPanel(report, set)),
        2,
        16,
      ),
    'The same test errors drawn, × 100. Each set has a scale of its own.',
  )
  const failed =
    failures.length === 0
      ? ''
      : `<h3>${counted(failures.length, 'failure')}</h3><ul>${failures.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`
  return `<div class="beside"><div>${table}${failed}</div><div>${drawn}</div></div>`
}
