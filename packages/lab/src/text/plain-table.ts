import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { type Colours, noColours } from './colours.ts'
import { markdown } from './markdown.ts'
import { plain } from './plain.ts'

export interface PlainTable {
  readonly head: readonly string[]
  /** A row that is one string runs across all columns. */
  readonly rows: readonly (readonly string[] | string)[]
  /** Rows that stand back, by index. */
  readonly dim?: readonly number[]
  /** Columns set flush left; the others are flush right. Default: the first. */
  readonly left?: readonly number[]
}

/** A rule under the head and space between columns: nothing that a terminal or a log could garble. */
const lines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** A borderless table, right-aligned but for its first column; of its cells only the letters are written ({@link plain}). */
export function plainTable(
  { head, rows, left = [0], dim = [] }: PlainTable,
  colours: Colours = noColours,
): string {
  const table = new Table({
    chars: lines,
    colAligns: head.map((_, i) => (left.includes(i) ? 'left' : 'right')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  })
  const cells = (row: readonly string[], tint: (text: string) => string) =>
    row.map((cell) => tint(plain(cell)))
  table.push(cells(head, colours.bold))
  rows.forEach((row, i) => {
    const tint = dim.includes(i) ? colours.dim : String
    if (typeof row === 'string')
      table.push([{ content: colours.bold(plain(row)), colSpan: head.length, hAlign: 'left' }])
    else table.push(cells(row, tint))
  })
  const [first, ...rest] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
  const width = Math.max(...[first, ...rest].map((line) => stripVTControlCharacters(line).length))
  return [first, colours.dim('─'.repeat(width)), ...rest].join('\n')
}

/** The same as a Markdown table; a row that is one string fills the first column. What is in a cell is its text, and no markup. */
export function markdownTable({ head, rows, left = [0] }: PlainTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const words = (cells: readonly string[]): string => line(cells.map(markdown))
  const rule = line(head.map((_, i) => (left.includes(i) ? '---' : '---:')))
  const body = rows.map((row) => words(typeof row === 'string' ? [row, ...head.slice(1).map(() => '')] : row))
  return [words(head), rule, ...body].join('\n')
}
