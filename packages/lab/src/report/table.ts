import { type CsvValue, csvOf } from '../text/csv.ts'
import type { PlainTable } from '../text/plain-table.ts'
import { type Column, type HtmlCell, withSpread } from './column.ts'
import { attributes, Html, html } from './html.ts'

/** Rows under a title of their own; without one where there is nothing to say. */
export interface RowGroup<R> {
  readonly title?: string
  /** Beside the title, standing back. */
  readonly note?: string
  /** The line over the rows in a terminal and in Markdown; default: title and note. `null` for none. */
  readonly plain?: string | null
  readonly rows: readonly R[]
}

/** A table: its columns once, for all that show it. */
export interface Table<R> {
  readonly caption: Html
  /** What it is, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly groups: readonly RowGroup<R>[]
  /** Which rows stand back; default: none. */
  readonly back?: (row: R) => boolean
}

/** What of a table does not need a page. */
export type PlainParts<R> = Pick<Table<R>, 'columns' | 'groups' | 'back'>

type PlainColumn<R> = Column<R> & { readonly text: (row: R) => string }

const plainColumns = <R>({ columns }: PlainParts<R>): PlainColumn<R>[] =>
  columns.filter((column): column is PlainColumn<R> => column.text !== null)

const indent = '  '

const plainTitle = <R>({ title, note, plain }: RowGroup<R>): string | null =>
  plain !== undefined ? plain : title === undefined ? null : note === undefined ? title : `${title}   ${note}`

/** Rows with their place, as `plainTable` takes it. */
function withDim(
  table: Pick<PlainTable, 'head' | 'left'>,
  rows: readonly { readonly cells: readonly string[] | string; readonly isDim: boolean }[],
): PlainTable {
  return {
    ...table,
    rows: rows.map(({ cells }) => cells),
    dim: rows.flatMap(({ isDim }, i) => (isDim ? [i] : [])),
  }
}

/** For a terminal and Markdown: what a group is stands in a line of its own, and its rows are indented. */
export function plainTableOf<R>(table: PlainParts<R>): PlainTable {
  const { groups, back = () => false } = table
  const columns = plainColumns(table)
  const rows = groups.flatMap((group) => {
    const heading = plainTitle(group)
    const own = group.rows.map((row) => {
      const [name, ...rest] = columns.map(({ text }) => text(row))
      return { cells: [heading === null ? name : indent + name, ...rest], isDim: back(row) }
    })
    return heading === null ? own : [{ cells: heading, isDim: false }, ...own]
  })
  const left = columns.flatMap((column, i) => (i === 0 || column.left ? [i] : []))
  return withDim({ head: columns.map(({ head }) => head), left }, rows)
}

/**
 * The same turned, for a wide terminal: a column for each name that a row has, and for each group a row of every column but the first. The
 * first of them bears the group's title, the others their own head and stand back.
 *
 * @param headOf the head of the column that a row becomes; default: its name.
 */
export function wideTableOf<R>(
  table: PlainParts<R>,
  headOf: (row: R) => string = plainColumns(table)[0].text,
): PlainTable {
  const [, ...columns] = plainColumns(table)
  const heads = [...new Set(table.groups.flatMap(({ rows }) => rows.map(headOf)))]
  const rows = table.groups.flatMap(({ title = '', rows }) => {
    const byHead = new Map(rows.map((row) => [headOf(row), row]))
    const cell = (head: string, { text }: PlainColumn<R>): string => {
      const row = byHead.get(head)
      return row === undefined ? '' : text(row)
    }
    return columns.map((column, i) => ({
      cells: [i === 0 ? title : indent + column.head, ...heads.map((head) => cell(head, column))],
      isDim: i > 0,
    }))
  })
  return withDim({ head: ['', ...heads] }, rows)
}

const cellHtml = (cell: Html | HtmlCell): HtmlCell => (cell instanceof Html ? { html: cell } : cell)

function shown<R>({ html: own, text, className }: Column<R>, row: R): HtmlCell {
  const cell = own ? cellHtml(own(row)) : { html: html`${text === null ? null : withSpread(text(row))}` }
  return { className, ...cell }
}

const classed = ({ className = null }: { readonly className?: string | null }) => ({ class: className })

/** For a page: with headings that assistive technology can name, in a box that scrolls by itself where it is too wide. */
export function htmlTableOf<R>({ caption, label, columns: all, groups, back = () => false }: Table<R>): Html {
  const columns = all.filter((column) => column.html !== null && (column.html || column.text !== null))
  const heads = columns.map(({ head, headHtml, className }) => {
    const cell = cellHtml(headHtml ?? html`${head}`)
    // A column flush left has its head there, too.
    const own = cell.className ?? (className === 'text' ? className : null)
    return html`<th scope="col"${attributes({ class: own })}>${cell.html}</th>`
  })
  const bodyRow = (row: R): Html => {
    const [first, ...rest] = columns.map((column) => shown(column, row))
    const cells = rest.map((cell) => html`<td${attributes(classed(cell))}>${cell.html}</td>`)
    const name = html`<th scope="row"${attributes(classed(first))}>${first.html}</th>`
    return html`<tr${attributes({ class: back(row) ? 'back' : null })}>${name}${cells}</tr>\n`
  }
  const bodies = groups.map(({ title, note, rows }) => {
    const beside = note === undefined ? null : html` <small>${note}</small>`
    const heading =
      title === undefined
        ? null
        : html`<tr><th class="group" colspan="${columns.length}" scope="rowgroup">${title}${beside}</th></tr>`
    return html`<tbody>${heading}${rows.map(bodyRow)}</tbody>\n`
  })
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
${bodies}</table></div>`
}

/** As a file: a line a row of all groups; what a group is has to be in its rows. */
export function csvOfTable<R>({ columns, groups }: Pick<Table<R>, 'columns' | 'groups'>): string {
  const fields = columns.flatMap(({ csv = {} }) => Object.entries(csv))
  const rows = groups.flatMap(({ rows }) =>
    rows.map((row): CsvValue[] => fields.map(([, value]) => value(row))),
  )
  return csvOf(
    fields.map(([name]) => name),
    rows,
  )
}
