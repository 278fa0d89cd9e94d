import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { type Colours, noColours } from './colours.ts'

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

/** A borderless table, right-aligned but for its first column. */
export function plainTable(
  { head, rows, left = [0], dim = [] }: PlainTable,
  colours: Colours = noColours,
): string {
  const table = new Table({
    chars: lines,
    colAligns: head.map((_, i) => (left.includes(i) ? 'left' : 'right')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  })
  table.push(head.map(colours.bold))
  rows.forEach((row, i) => {
    const tint = dim.includes(i) ? colours.dim : String
    if (typeof row === 'string')
      table.push([{ content: colours.bold(row), colSpan: head.length, hAlign: 'left' }])
    else table.push(row.map(tint))
  })
  const [first, ...rest] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
  const width = Math.max(...[first, ...rest].map((line) => stripVTControlCharacters(line).length))
  return [first, colours.dim('─'.repeat(width)), ...rest].join('\n')
}

/** The same as a Markdown table; a row that is one string fills the first column. */
export function markdownTable({ head, rows, left = [0] }: PlainTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, i) => (left.includes(i) ? '---' : '---:'))
  const body = rows.map((row) => line(typeof row === 'string' ? [row, ...head.slice(1).map(() => '')] : row))
  return [line(head), line(rule), ...body].join('\n')
}
