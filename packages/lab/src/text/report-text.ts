import { type Colours, noColours } from './colours.ts'
import { markdown } from './markdown.ts'
import { markdownTable, type PlainTable, plainTable } from './plain-table.ts'
import { noBreak, wrap } from './wrap.ts'

/** What a study says in a terminal and in `table.md`. */
export interface ReportText {
  readonly title: string
  /** Narrower ones for a terminal in which the first do not fit. */
  readonly tables: readonly { readonly wide: PlainTable; readonly narrow?: PlainTable }[]
  /** What the numbers depend on; a line without a subject is a note. */
  readonly notes: readonly (readonly [subject: string, text: string])[]
  /** What went wrong, a line each. */
  readonly failures: readonly string[]
}

const widthOf = (table: PlainTable): number =>
  Math.max(
    ...plainTable(table)
      .split('\n')
      .map(({ length }) => length),
  )

/** For a terminal of so many columns: the title, its tables, the lines under each other, and the failures. */
export function plainReport(
  { title, tables, notes: lines, failures }: ReportText,
  columns: number,
  colours: Colours = noColours,
): string {
  const subjects = Math.max(0, ...lines.map(([subject]) => subject.length))
  const width = subjects === 0 ? 0 : subjects + 2
  const fitting = tables.map(({ wide, narrow = wide }) =>
    plainTable(widthOf(wide) <= columns ? wide : narrow, colours),
  )
  const told = lines.map(([subject, text]) =>
    wrap(`${subject.padEnd(width)}${text}`, columns, ' '.repeat(width)),
  )
  const failed = failures.map((failure) => wrap(`failed: ${failure}`, columns, ' '.repeat('failed: '.length)))
  const blocks = [colours.bold(wrap(title, columns)), ...fitting, told.join('\n'), failed.join('\n')]
  return blocks.filter((block) => block !== '').join('\n\n')
}

/** The same as a Markdown page: notes are paragraphs, the other lines and failures a list. */
export function markdownReport({ title, tables, notes: lines, failures }: ReportText): string {
  const notes = lines.filter(([subject]) => subject === '').map(([, text]) => markdown(text))
  const list = [
    ...lines
      .filter(([subject]) => subject !== '')
      .map(([subject, text]) => `- **${markdown(subject)}**: ${markdown(text)}`),
    ...failures.map((failure) => `- failed: ${markdown(failure)}`),
  ]
  const shown = tables.map(({ wide }) => markdownTable(wide))
  const blocks = [`# ${markdown(title)}`, ...shown, ...notes, list.join('\n')]
  return `${blocks
    .filter((block) => block !== '')
    .join('\n\n')
    .replaceAll(noBreak, ' ')}\n`
}
