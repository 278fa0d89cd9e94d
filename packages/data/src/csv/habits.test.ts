import { describe, expect, it } from 'vitest'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

/** What other programs do to tables that are sound otherwise. */
const rows = [
  [1.5, 2, 3],
  [4, 5.5, 6],
  [7, 8, 9.5],
]
const body = (end: string): string => rows.map((row) => row.join(',') + end).join('')

describe('a table is read in spite of', () => {
  it.each([
    ['lines that end in two carriage returns and a newline', `a,b,c\r\r\n${body('\r\r\n')}`],
    ['the end of text of DOS behind it', `a,b,c\r\n${body('\r\n')}\x1a`],
    ['a form feed on a line of its own', `a,b,c\n${body('\n')}\f\n`],
    ['a header behind a percent sign', `% a b c\n${body('\n').replaceAll(',', ' ')}`],
    ['a header behind two slashes', `// a b c\n${body('\n').replaceAll(',', ' ')}`],
  ])('%s', async (_, text) => {
    for (const step of [1, 2, 7, 1e6]) {
      const samples = await parseBytes('csv', text, {}, step)
      expect(rowsOf(samples)).toEqual(rows)
      expect(samples.columns).toEqual(['a', 'b', 'c'])
    }
  })

  it('carriage returns alone, and empty lines between them', async () => {
    for (const step of [1, 2, 7, 1e6]) {
      const samples = await parseBytes('csv', `a,b,c\r\r\r${body('\r')}`, {}, step)
      expect(rowsOf(samples)).toEqual(rows)
      expect(samples.notes).toContain('lines end in a carriage return alone')
    }
  })
})

describe('whole numbers that float64 does not hold', () => {
  it('are named with the first of them, as identifiers and nanoseconds are', async () => {
    const { notes, values } = await parseBytes(
      'csv',
      'ns,x\n1700000000000000123,1\n1700000000000000456,2\n1700000000000000000,3\n',
    )
    expect(values[0]).toBe(1700000000000000000)
    expect(notes).toContain(
      '2 whole numbers are beyond 2^53 and rounded (line 2, "ns": 1700000000000000123 is read as 1700000000000000000); subtract an offset, or keep the column as texts by the option id',
    )
  })

  it('are kept to the digit as ids', async () => {
    const { ids, notes } = await parseBytes('csv', 'n,x\n9007199254740993,1\n9007199254740995,2\n', {
      id: ['n'],
    })
    expect(ids[0].values).toEqual(['9007199254740993', '9007199254740995'])
    expect(notes.join()).not.toContain('rounded')
  })

  it('are not spoken of where they are exact, or written as decimals', async () => {
    const { notes } = await parseBytes('csv', 'n,x\n9007199254740992,1e20\n1e17,123456789012345678.5\n')
    expect(notes.join()).not.toContain('rounded')
  })
})

describe('what is no number is told apart:', () => {
  const two = '1,2,3\n4,5,6\n'
  it.each([
    [
      'a line of units',
      `a,b,c\nm,s,kg\n${two}`,
      'line 2 looks like a second line of names, or of units: leave it out',
    ],
    [
      'names and numbers in a header',
      `1e3,x,y\n${two}`,
      "if line 1 names the columns, say so by the option header: 'yes'",
    ],
    [
      'a line that is drawn',
      `a|b\n---|---\n1|2\n`,
      'it looks like a line that is drawn under a header; leave it out',
    ],
    [
      'single quotes',
      "'a','b'\n'1','2'\n'3','4'\n",
      'it stands in single quotes; write double ones, or none',
    ],
    [
      'an unusual separator',
      'a~b\n1~2\n3~4\n',
      'it looks like several numbers parted by ~; part them by commas',
    ],
    ['a number beyond float64', `a,b,c\n${two}1,1e400,2\n`, 'got "1e400"; it is too large for float64'],
  ])('%s', async (_, text, told) => {
    await expect(parseBytes('csv', text)).rejects.toThrow(told)
  })

  it('a column of texts beside numbers is no line of units', async () => {
    await expect(parseBytes('csv', 'a,city\n1,Ulm\n2,Bonn\n')).rejects.toThrow(
      'a column of texts is named by',
    )
  })

  it('the option header helps where the message says so', async () => {
    const { columns } = await parseBytes('csv', `1e3,x,y\n${two}`, { header: 'yes' })
    expect(columns).toEqual(['1e3', 'x', 'y'])
  })
})
