import type { CaseResult } from '../../src/report/results.ts'
import { cellOf } from './cells.ts'
import type { PageResult } from './result.ts'

/** An element of text. */
function made(kind: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(kind)
  element.textContent = text
  if (className !== '') element.className = className
  return element
}

/** One row a case, one column a contender, filled in as results come. */
export class LiveTable {
  readonly #contenders: PageResult['contenders']
  readonly #rows: readonly HTMLElement[]

  constructor(table: HTMLElement, contenders: PageResult['contenders'], names: readonly string[]) {
    this.#contenders = contenders
    const head = made('tr', '')
    head.append(...['', ...contenders.map(({ title }) => title)].map((title) => made('th', title)))
    this.#rows = names.map((name) => {
      const row = made('tr', '')
      row.append(made('th', name), ...contenders.map(() => made('td', '', 'waiting')))
      return row
    })
    const [top, body] = [made('thead', ''), made('tbody', '')]
    top.append(head)
    body.append(...this.#rows)
    table.replaceChildren(top, body)
  }

  /** A case is being timed. */
  begin(at: number): void {
    this.#rows[at].className = 'running'
  }

  fill(at: number, found: CaseResult): void {
    const row = this.#rows[at]
    row.className = ''
    this.#contenders.forEach(({ name }, k) => {
      const { lines, reason } = cellOf(name, found)
      const cell = row.children[k + 1]
      cell.className = ''
      cell.replaceChildren(
        ...lines.flatMap(({ value, interval, variant }) => {
          const number = made('div', value)
          number.title = interval
          return variant === '' ? [number] : [number, made('div', variant, 'note')]
        }),
      )
      if (lines.length === 0) cell.append(made('div', reason || '–', 'note'))
    })
  }
}
