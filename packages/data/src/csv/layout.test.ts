import { describe, expect, it } from 'vitest'
import type { SamplesParserOptions } from '../samples/samples-parser.ts'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const csv = (text: string, options: SamplesParserOptions = {}, step?: number) =>
  parseBytes('csv', text, options, step)

describe('the layout of a table', () => {
  it('has the header that is asked for', async () => {
    expect((await csv('0,1,2,3\n5,6,7,8\n', { header: 'no' })).count).toBe(2)
    expect((await csv('5,6\n7,8\n', { header: 'yes' })).columns).toEqual(['5', '6'])
    expect((await csv('# a b\n1 2\n', { header: 'no' })).columns).toBeNull()
    await expect(csv('a,b\n7,8\n', { header: 'no' })).rejects.toThrow('line 1: field 1: expected a finite')
    await expect(csv('a,b\n7,8\n', { header: 'maybe' as 'no' })).rejects.toThrow(
      "header: expected one of auto, yes, no, got 'maybe'",
    )
  })

  it.each([
    ['no line is a header', '3,1\n5,6\n'],
    ['line 1 is a header', 'a,b\n5,6\n'],
    ['line 3 is a header', '\n# x\na,b\n5,6\n'],
    ['line 1 is a header', '# a b\n5 6\n'],
    ['fields are parted by tabs', '1\t2\n'],
    ['fields are parted by "|"', '1|2\n'],
    ['1 comment line', 'a,b\n1,2\n# between\n3,4\n'],
    ['1 empty line', '1,2\n\n3,4\n\n\n'],
    ['2 missing values', 'a,b\n1,NA\n,4\n'],
  ])('is told in a note: %s', async (note, text) => {
    expect((await csv(text, { missing: 'keep' })).notes).toContain(note)
  })

  it("has names for R's rows, of which the header says nothing", async () => {
    for (const text of [
      'a,b\nx1,1,2\nx2,3,4\n',
      '"a" "b"\n"x1" 1 2\n"x2" 3 4\n',
      '"","a","b"\n"x1",1,2\n"x2",3,4\n',
    ]) {
      const samples = await csv(text)
      expect(samples.columns).toEqual(['a', 'b'])
      expect(samples.ids).toEqual([{ name: 'index', values: ['x1', 'x2'] }])
      expect(rowsOf(samples)).toEqual([
        [1, 2],
        [3, 4],
      ])
    }
  })

  it.each([
    ['1,2,\n3,4,\n', null],
    ['a;b;\n1;2;\n3;4;\n', ['a', 'b']],
    ['a;b\n1;2;\n3;4;\n', ['a', 'b']],
    ['1\t2\t\n3\t4\t\n', null],
    ['|a|b|\n|1|2|\n|3|4|\n', ['a', 'b']],
    ['sep=;\na;b\n1;2\n3;4\n', ['a', 'b']],
    ['a b\n1 2\n3 4 \n', ['a', 'b']],
    ['a,b\r1,2\r3,4', ['a', 'b']],
    ['"a","b"\r\n1,2\n3,4\r\n', ['a', 'b']],
  ])('has separators at the ends of lines or others than commas: %j', async (text, columns) => {
    for (const step of [1, 2, undefined]) {
      const samples = await csv(text, {}, step)
      expect(samples.columns).toEqual(columns)
      expect(rowsOf(samples)).toEqual([
        [1, 2],
        [3, 4],
      ])
    }
  })

  it('keeps a last column that is missing in some rows', async () => {
    const samples = await csv('1,2,\n3,4,5\n', { missing: 'keep' })
    expect(rowsOf(samples)).toEqual([
      [1, 2, Number.NaN],
      [3, 4, 5],
    ])
  })

  it('has numbers with blanks within their quotes', async () => {
    expect(rowsOf(await csv('a,b\n" 1","2 "\n'))).toEqual([[1, 2]])
  })

  it('has texts of an older Windows as they are', async () => {
    const bytes = Uint8Array.of(0x54, 0xb0, 0x2c, 0x62, 10, 49, 44, 50, 10)
    expect((await parseBytes('csv', bytes)).columns).toEqual(['T°', 'b'])
  })

  it.each(['NA', 'NaN', 'null', 'None', '?', '-', '', 'N/A', '#N/A', '.', 'nan', '\\N', '<NA>'])(
    'has missing values written as %j',
    async (text) => {
      const table = `a,b\n1,2\n${text},4\n`
      expect((await csv(table, { missing: 'keep' })).values[2]).toBeNaN()
      await expect(csv(table)).rejects.toThrow(
        'stands for a missing value; missing values by column: 1 in "a"',
      )
    },
  )

  it('tells comments from rows whose first field begins with #', async () => {
    const ids = await csv('id,x\n#1,5\n# a comment\n#2,6\n', { id: ['id'] })
    expect(ids.ids[0].values).toEqual(['#1', '#2'])
    expect(ids.notes).toContain('1 comment line')
    const errors = await csv('a,b\n#DIV/0!,2\n', { drop: ['a'] })
    expect(rowsOf(errors)).toEqual([[2]])
    await expect(csv('a,b\n1,2\n#DIV/0!,2\n')).rejects.toThrow(
      'line 3: field 1 ("a"): expected a finite number, got "#DIV/0!"; it is an error of a spreadsheet',
    )
    expect(rowsOf(await csv('#N/A,1\n2,3\n', { missing: 'keep' }))).toEqual([
      [Number.NaN, 1],
      [2, 3],
    ])
    expect(rowsOf(await csv('1,2\n#3,4\n'))).toEqual([[1, 2]])
  })

  it('counts what is missing by column, most first', async () => {
    await expect(csv('a,b,c\n1,NA,2\n,NA,3\nx,,4\n'.replace('x', '5'))).rejects.toThrow(
      'line 2: field 2 ("b"): expected a finite number, got "NA"; NA stands for a missing value; missing values by column: 3 in "b", 1 in "a"; ' +
        "read them by missing: 'keep'",
    )
  })

  it('keeps 2,000,000,000 + 1 as it is, and refuses what models cannot be given', async () => {
    expect([...(await csv('2000000001,1682899260000\n')).values]).toEqual([2000000001, 1682899260000])
    for (const dtype of [undefined, 'float32'] as const) {
      await expect(csv('a,b\n1,1e39\n', { dtype })).rejects.toThrow(
        'line 2: field 2 ("b"): expected a finite number, got "1e39"; it is too large for float32',
      )
    }
    expect((await csv('a,b\n1,1e39\n', { dtype: 'float64' })).values[1]).toBe(1e39)
    await expect(csv('a,b\n1,-1e400\n', { dtype: 'float64' })).rejects.toThrow(
      'line 2: field 2 ("b"): expected',
    )
    expect((await csv('3.4028235e38\n')).values[0]).toBe(3.4028235e38)
  })

  it.each([
    [
      'zero bytes at the end',
      'a,b\n1,2\n\0\0\0',
      'line 3: expected 2 fields as in line 1, got 1; it holds zero bytes',
    ],
    [
      'a zero byte in a number',
      'a,b\n1,2\0\n',
      'line 2: field 2 ("b"): expected a finite number, got "2\\u0000"; it holds zero',
    ],
    ['UTF-16', 'a\0,\0b\0\n\0', 'line 1: expected UTF-8 text, found zero bytes, as in UTF-16'],
    [
      'decimal commas',
      'a,b\n1,5,2,5\n',
      'line 2: expected 2 fields as in line 1, got 4; commas may be those of decimals',
    ],
    [
      'another separator below',
      'a,b\n1,2\n3;4\n',
      'line 3: expected 2 fields as in line 1, got 1; it is parted by semicolons, line 1 by commas',
    ],
    [
      'the header once more',
      'a,b\n1,2\na,b\n3,4\n',
      'line 3: field 1 ("a"): expected a row, got the header of line 1 again; leave the line out',
    ],
    [
      'separators in a text',
      'a,b,c\n1,2,3\nx, y,2,3\n',
      'line 3: expected 3 fields as in line 1, got 4; a field that holds commas is put in quotes',
    ],
    ['comments alone', '# a\n', 'the file: expected at least one sample, found only lines of comment'],
  ])('is refused with %s', async (_, text, message) => {
    await expect(csv(text)).rejects.toThrow(message)
  })
})
