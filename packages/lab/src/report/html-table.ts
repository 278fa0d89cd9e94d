import { escapeHtml } from './html.ts'

/** A cell: text, or HTML with a class. */
export type HtmlCell = string | { readonly html: string; readonly className?: string }

export interface HtmlRow {
  readonly cells: readonly HtmlCell[]
  readonly className?: string
}

/** Rows under a heading of their own; without one where there is nothing to say. */
export interface HtmlRowGroup {
  readonly title?: string
  /** Beside the title, standing back. */
  readonly note?: string
  readonly rows: readonly HtmlRow[]
}

export interface HtmlTable {
  /** As HTML. */
  readonly caption: string
  readonly head: readonly HtmlCell[]
  readonly groups: readonly HtmlRowGroup[]
}

const classOf = (className: string | undefined): string =>
  className === undefined ? '' : ` class="${className}"`

const cellHtml = (tag: 'td' | 'th', cell: HtmlCell, scope = ''): string => {
  const { html, className } =
    typeof cell === 'string' ? { html: escapeHtml(cell), className: undefined } : cell
  return `<${tag}${scope}${classOf(className)}>${html}</${tag}>`
}

const groupHtml = ({ title, note, rows }: HtmlRowGroup, columns: number): string => {
  const aside = note === undefined ? '' : ` <small>${escapeHtml(note)}</small>`
  const heading =
    title === undefined
      ? ''
      : `<tr><th class="group" colspan="${columns}" scope="rowgroup">${escapeHtml(title)}${aside}</th></tr>`
  const body = rows.map(({ cells: [first, ...rest], className }) => {
    const inside = [cellHtml('th', first, ' scope="row"'), ...rest.map((cell) => cellHtml('td', cell))]
    return `<tr${classOf(className)}>${inside.join('')}</tr>`
  })
  return `<tbody>${heading}${body.join('\n')}</tbody>`
}

/** A table with headings that assistive technology can name, in a box that scrolls by itself where it is too wide. */
export const htmlTable = ({ caption, head, groups }: HtmlTable, label: string): string =>
  `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => cellHtml('th', cell, ' scope="col"')).join('')}</tr></thead>
${groups.map((group) => groupHtml(group, head.length)).join('\n')}
</table></div>`
