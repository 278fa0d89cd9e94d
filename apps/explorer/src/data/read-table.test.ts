import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileLimits } from './limits.ts'
import { type LabelChoice, readTable } from './read-table.ts'

beforeAll(() => init({ backend: 'reference' }))

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = (content: string | Uint8Array, label: LabelChoice = 'auto', size = 7) =>
  readTable(piecesOf(typeof content === 'string' ? new TextEncoder().encode(content) : content, size), {
    name: 'my.csv',
    label,
  })

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')

const iris = `length,width,species\n${lines(9, (i) => `${i},${10 - i},${['a', 'b', 'c'][i % 3]}`)}`

describe('a table of one’s own', () => {
  it('has its header, its labels and its columns scaled to mean 0 and deviation 1', async () => {
    const { rows, columns, label, notes } = await read(iris)
    expect(columns).toEqual(['length', 'width', 'species'])
    expect(label).toBe(2)
    expect(rows).toMatchObject({ width: 2, classes: ['a', 'b', 'c'], columns: ['length', 'width'] })
    expect([...rows.labels!]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2])
    const first = Array.from({ length: 9 }, (_, i) => rows.values[2 * i])
    expect(first.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
    expect(first.reduce((sum, value) => sum + value ** 2, 0) / 8).toBeCloseTo(1, 5)
    expect(notes.join(' ')).toContain('9 rows of 2 numbers')
  })

  it('has other labels, or none, where they are chosen', async () => {
    expect((await read(iris, 'none')).rows).toMatchObject({ width: 2, labels: null })
    expect((await read(iris, 'none')).notes.join(' ')).toContain('Texts are left out: species')
    const byLength = await read(iris, 0)
    expect(byLength.rows.width).toBe(1)
    expect([...byLength.rows.labels!]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it.each([
    ['semicolons and decimal points', 'x;y\n1.5;2\n3;4\n', 2],
    ['tabs without a header', '1\t2\t3\n4\t5\t7\n', 3],
    ['blanks', '1 2\n3 5\n4 4\n', 2],
    ['quotes with commas in them', '"a, b",c\n1,2\n3,4\n', 2],
    ['a mark of bytes, comments and carriage returns', '\ufeff# made by hand\r\nx,y\r\n1,2\r\n3,4\r\n', 2],
  ])('may have %s', async (_, text, width) => {
    expect((await read(text)).rows.width).toBe(width)
  })

  it('is the same whatever pieces it comes in, and another file has another checksum', async () => {
    const whole = await read(iris, 'auto', 1e6)
    expect((await read(iris, 'auto', 1)).checksum).toBe(whole.checksum)
    expect((await read(iris.replace('8,2', '8,3'))).checksum).not.toBe(whole.checksum)
    expect(whole.checksum).toMatch(/^[0-9a-f]{8}$/)
  })

  it('leaves out rows that lack a value, and says so', async () => {
    const { rows, notes } = await read('x,y\n1,2\n3,NaN\n,5\n7,8\n9,1\n')
    expect(rows.values).toHaveLength(6)
    expect(notes.join(' ')).toContain('2 rows lack a value and are left out')
  })

  it('is drawn from where it has more rows than are trained on, and says so', async () => {
    const { rows, notes } = await read(
      lines(fileLimits.rows + 700, (i) => `${i},${i % 7}`),
      'auto',
      4096,
    )
    expect(rows.values).toHaveLength(2 * fileLimits.rows)
    expect(notes.join(' ')).toContain('5,000 rows of 5,700 were drawn')
  })

  it('says which columns are constant', async () => {
    expect((await read('x,y\n1,5\n2,5\n3,5\n')).notes.join(' ')).toContain('Constant: y.')
  })

  it('says how far it is', async () => {
    const told: number[] = []
    const bytes = new TextEncoder().encode(lines(20_000, (i) => `${i},2`))
    await readTable(piecesOf(bytes, 50_000), { name: 'my.csv', label: 'auto' }, (n) => told.push(n))
    expect(told.at(-1)).toBe(bytes.length)
  })
})

describe('what is no table', () => {
  const header = (count: number) => Array.from({ length: count }, (_, i) => `x${i}`).join(',')
  const wide = (count: number) => `${header(count)}\n${lines(3, (i) => Array(count).fill(i).join(','))}`

  it.each<readonly [string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /expected a table of numbers, got an empty file/],
    ['a header alone', 'x,y\n', /expected samples after the header, found the end/],
    ['one row', '1,2\n', /expected at least two rows to train on, got one/],
    ['one row below a header', 'x,y\n1,2\n', /expected at least two rows to train on, got one/],
    ['rows that all lack a value', 'x,y\n1,\n,2\n', /got none; 2 rows lack a value/],
    ['500 columns', wide(500), /expected at most 256 columns.*got 500/],
    ['equal rows', '1,2\n1,2\n1,2\n', /expected values that vary, got equal rows/],
    ['infinity', 'x,y\n1,2\n3,inf\n5,6\n', /my\.csv line 3: .*expected a finite number/],
    ['huge numbers', 'x,y\n1,1e200\n3,-1e200\n', /expected values that can be squared/],
    ['rows of several lengths', 'x,y\n1,2\n3,4,5\n6,7\n', /line 3/],
    [
      'a text far down',
      `x,y\n${lines(400, (i) => `${i},${i}`)}7,oops\n`,
      /expected a finite number, got "oops"/,
    ],
    ['texts alone', 'a,b\nc,d\ne,f\n', /got texts alone: a, b/],
    [
      'a workbook',
      Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0),
      /a zip file or a workbook: save its sheet as CSV/,
    ],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /got a picture/],
    ['zero bytes', new Uint8Array(5000), /a binary file/],
    ['a page', '<!DOCTYPE html><html></html>', /a page of HTML/],
    ['JSON', '{"a": [1, 2]}', /got JSON/],
  ])('%s: a sentence that says what was expected and what came', async (_, content, message) => {
    const failure = await read(content).then(
      () => null,
      (error: Error) => error.message,
    )
    expect(failure).toMatch(message)
    expect(failure).toMatch(/^my\.csv.*expected/s)
    expect(failure).not.toContain('samplesParser')
  })

  it('random bytes, whatever they are, are refused or read, never a crash of another kind', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed
      const bytes = Uint8Array.from({ length: 300 }, () => {
        state = (state * 1103515245 + 12345) % 2 ** 31
        return seed % 2 ? 32 + ((state >> 8) % 95) : '0123456789,.\n-e'.charCodeAt((state >> 8) % 15)
      })
      await read(bytes).catch((error: Error) => expect(error.message).toMatch(/^my\.csv.*expected/s))
    }
  })
})
