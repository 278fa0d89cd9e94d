import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { markdownTable, plainTable } from '../text/plain-table.ts'
import { aside, type Column, nameHtml } from './column.ts'
import { csvFile, documentFile, jsonFile } from './downloads.ts'
import { type Html, html } from './html.ts'
import { csvOfTable, htmlTableOf, plainTableOf, type Table, wideTableOf } from './table.ts'

/** A model of one set, with an error of ours and one of the paper. */
interface Row {
  readonly set: string
  readonly name: string
  readonly value: string
  readonly error: number
  readonly text: string
  readonly paper: string
  readonly isBaseline?: boolean
}

const hostile = '</td>"><img src=x onerror=alert(1)>|\u001b[2J'

const columns: readonly Column<Row>[] = [
  {
    head: '',
    text: ({ name }) => name,
    html: ({ name, value }) => nameHtml(name, { colour: 'var(--ae)', beside: value }),
    csv: { set: ({ set }) => set, model: ({ name }) => name },
  },
  {
    head: 'here',
    className: 'breaks',
    text: ({ text }) => text,
    csv: { error: ({ error }) => error, paper: () => null },
  },
  {
    head: 'paper',
    text: ({ paper }) => paper,
    html: ({ paper }) => ({ html: html`${paper}`, className: 'best' }),
  },
  { head: 'only in a page', headHtml: html`<b>p</b>`, text: null, html: () => aside('λ 1') },
  { head: 'chosen', left: true, html: null, text: ({ value }) => value },
]

const row = (set: string, name: string, error: number, isBaseline = false): Row => ({
  ...{ set, name, error, isBaseline },
  text: `${error.toFixed(2)} ± 0.10`,
  paper: isBaseline ? '' : '3.00',
  value: isBaseline ? '' : 'λ 0.01',
})

const table: Table<Row> = {
  caption: html`Errors`,
  label: 'All errors',
  columns,
  back: ({ isBaseline = false }) => isBaseline,
  groups: [
    { title: 'A', note: 'of few', rows: [row('A', 'AE', 1), row('A', 'PCA', 2, true)] },
    { title: 'B', note: 'of many', plain: 'B, 9', rows: [row('B', 'AE', 3), row('B', 'mixup', 4)] },
  ],
}

const parsed = (markup: Html) => parseHTML(`<main>${markup}</main>`).document

describe('a table, of which each column is said once', () => {
  it('is text in groups whose rows are indented, and says which rows stand back', () => {
    const plain = plainTableOf(table)
    expect(plain).toEqual({
      head: ['', 'here', 'paper', 'chosen'],
      left: [0, 3],
      dim: [2],
      rows: [
        'A   of few',
        ['  AE', '1.00 ± 0.10', '3.00', 'λ 0.01'],
        ['  PCA', '2.00 ± 0.10', '', ''],
        'B, 9',
        ['  AE', '3.00 ± 0.10', '3.00', 'λ 0.01'],
        ['  mixup', '4.00 ± 0.10', '3.00', 'λ 0.01'],
      ],
    })
    expect(plainTable(plain).split('\n')[2]).toBe('A   of few')
  })

  it('has neither headings nor indents in text where its groups have none', () => {
    const groups = table.groups.map((group) => ({ ...group, plain: null }))
    expect(plainTableOf({ ...table, groups }).rows.map((cells) => cells[0])).toEqual([
      'AE',
      'PCA',
      'AE',
      'mixup',
    ])
  })

  it('is as wide as it has names, a row a column', () => {
    const wide = wideTableOf({ ...table, columns: columns.slice(0, 3) }, ({ name }) => name.toUpperCase())
    expect(wide).toEqual({
      head: ['', 'AE', 'PCA', 'MIXUP'],
      rows: [
        ['A', '1.00 ± 0.10', '2.00 ± 0.10', ''],
        ['  paper', '3.00', '', ''],
        ['B', '3.00 ± 0.10', '', '4.00 ± 0.10'],
        ['  paper', '3.00', '', '3.00'],
      ],
      dim: [1, 3],
    })
    expect(plainTable(wide)).not.toContain('undefined')
  })

  it('is HTML that names its rows and columns, with keys, asides and rows that stand back', () => {
    const document = parsed(htmlTableOf(table))
    expect(document.querySelector('[role=region]')!.getAttribute('aria-label')).toBe('All errors')
    expect([...document.querySelectorAll('thead th')].map((th) => th.textContent)).toEqual([
      '',
      'here',
      'paper',
      'p',
    ])
    expect([...document.querySelectorAll('tbody')].map((body) => body.querySelectorAll('th').length)).toEqual(
      [3, 3],
    )
    expect(document.querySelector('th.group')!.textContent).toBe('A of few')
    expect(document.querySelector('th.group')!.getAttribute('colspan')).toBe('4')
    expect([...document.querySelectorAll('tr.back th')].map((th) => th.textContent)).toEqual(['PCA'])
    const [name, here, paper] = document.querySelector('tbody tr:nth-child(2)')!.children
    expect(name.textContent).toBe('AE λ\u00a00.01')
    expect(name.querySelector('.key')!.getAttribute('style')).toBe('background:var(--ae)')
    expect([here.className, here.textContent]).toEqual(['breaks', '1.00 ±\u00a00.10'])
    expect(paper.className).toBe('best')
  })

  it('is CSV of the columns that have names there', () => {
    expect(csvOfTable(table)).toBe(
      'set,model,error,paper\r\nA,AE,1,\r\nA,PCA,2,\r\nB,AE,3,\r\nB,mixup,4,\r\n',
    )
  })

  it('is a file that a page carries, beside what else there is', () => {
    expect(csvFile('table.csv', table)).toEqual({
      name: 'table.csv',
      type: 'text/csv',
      text: csvOfTable(table),
    })
    expect(jsonFile('a.json', { b: 1 }).text).toBe('{"b":1}\n')
    expect(documentFile('experiment: orbit\n')).toEqual({
      ...{ name: 'experiment.yaml', type: 'application/yaml', text: 'experiment: orbit\n' },
    })
  })

  it('has no markup and no control characters of its data anywhere', () => {
    const bad: Row = { set: hostile, name: hostile, value: hostile, error: 1, text: hostile, paper: hostile }
    const all: Table<Row> = {
      ...{ caption: html`${hostile}`, label: hostile },
      columns: columns.map((column) => (column.headHtml ? column : { ...column, head: hostile })),
      groups: [{ title: hostile, note: hostile, rows: [bad] }],
    }
    const document = parsed(htmlTableOf(all))
    expect(document.querySelectorAll('img')).toHaveLength(0)
    expect(document.querySelectorAll('tbody td')).toHaveLength(3)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    const controls = /[\x00-\x09\x0b-\x1f]/
    for (const plain of [plainTableOf(all), wideTableOf(all)]) {
      expect(plainTable(plain)).not.toMatch(controls)
      expect(markdownTable(plain)).not.toMatch(controls)
      expect(markdownTable(plain)).not.toContain('<img')
      for (const line of markdownTable(plain).split('\n'))
        expect(line.match(/(?<!\\)\|/g)).toHaveLength(plain.head.length + 1)
    }
  })
})
