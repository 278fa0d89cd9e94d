import { type Colours, noColours } from '../text/colours.ts'
import { markdownTable, type PlainTable, plainTable } from '../text/plain-table.ts'
import { noBreak, wrap } from '../text/wrap.ts'

/** A report in words and tables. */
export interface ReportText {
  readonly title: string
  /** The narrow form stands where the wide one does not fit. */
  readonly tables: readonly { readonly wide: PlainTable; readonly narrow?: PlainTable }[]
  /** What the numbers depend on, a line a subject; a paragraph where there is none. */
  readonly notes: readonly (readonly [subject: string, text: string])[]
  readonly failures: readonly string[]
}

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

/** The report for a terminal of the given width. */
export function terminalText(
  { title, tables, notes, failures }: ReportText,
  columns: number,
  colours: Colours = noColours,
): string {
  const subjectWidth = Math.max(...notes.map(([subject]) => (subject === '' ? 0 : subject.length + 2)))
  return [
    colours.bold(wrap(title, columns)),
    ...tables.map(({ wide, narrow = wide }) =>
      plainTable(widthOf(plainTable(wide)) <= columns ? wide : narrow, colours),
    ),
    notes
      .map(([subject, text]) =>
        wrap(`${subject.padEnd(subjectWidth)}${text}`, columns, ' '.repeat(subjectWidth)),
      )
      .join('\n'),
    ...(failures.length === 0
      ? []
      : [failures.map((failure) => wrap(`failed: ${failure}`, columns, '        ')).join('\n')]),
  ].join('\n\n')
}

/** The report as a Markdown page. */
export function markdownText({ title, tables, notes, failures }: ReportText): string {
  const page = [
    `# ${title}`,
    ...tables.map(({ wide }) => markdownTable(wide)),
    ...notes.flatMap(([subject, text]) => (subject === '' ? [text] : [])),
    [
      ...notes.flatMap(([subject, text]) => (subject === '' ? [] : [`- **${subject}**: ${text}`])),
      ...failures.map((failure) => `- failed: ${failure}`),
    ].join('\n'),
  ]
  return `${page
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll(noBreak, ' ')}\n`
}
