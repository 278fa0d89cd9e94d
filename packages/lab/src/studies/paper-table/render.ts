import { type Colours, noColours } from '../../text/colours.ts'
import { markdown } from '../../text/markdown.ts'
import { markdownTable, plainTable } from '../../text/plain-table.ts'
import { noBreak, wrap } from '../../text/wrap.ts'
import { describeSettings } from './describe-settings.ts'
import { diagnosticsTable } from './diagnostics-table.ts'
import type { ReproduceReport } from './report.ts'
import { narrowResultTable, wideResultTable } from './result-table.ts'

const title = ({ settings }: ReproduceReport): string =>
  `Test reconstruction error × 100, ${settings.runs === 1 ? '1 run' : `mean ± std of ${settings.runs} runs`}`

const subjectWidth = 'regularizers'.length + 2

/** The report for a terminal of the given width. */
export function renderText(report: ReproduceReport, columns: number, colours: Colours = noColours): string {
  const width = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))
  const fits = width(plainTable(wideResultTable(report))) <= columns
  const table = plainTable((fits ? wideResultTable : narrowResultTable)(report), colours)
  const settings = describeSettings(report).map(([subject, text]) =>
    wrap(`${subject.padEnd(subjectWidth)}${text}`, columns, ' '.repeat(subjectWidth)),
  )
  const failures = report.failures.map((failure) => wrap(`failed: ${failure}`, columns, '        '))
  return [
    [colours.bold(title(report)), '', table].join('\n'),
    plainTable(diagnosticsTable(report), colours),
    settings.join('\n'),
    ...(failures.length > 0 ? [failures.join('\n')] : []),
  ].join('\n\n')
}

/** The report as a Markdown page. */
export function renderMarkdown(report: ReproduceReport): string {
  const settings = describeSettings(report).map(
    ([subject, text]) => `- **${markdown(subject)}**: ${markdown(text)}`,
  )
  const failures = report.failures.map((failure) => `- failed: ${markdown(failure)}`)
  const page = [
    `# ${markdown(title(report))}`,
    markdownTable(wideResultTable(report)),
    markdownTable(diagnosticsTable(report)),
    [...settings, ...failures].join('\n'),
  ].join('\n\n')
  return `${page.replaceAll(noBreak, ' ')}\n`
}
