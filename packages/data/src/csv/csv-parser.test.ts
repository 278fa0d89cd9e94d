import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SamplesParserOptions } from '../samples/samples-parser.ts'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const csv = (text: string, options: SamplesParserOptions = {}, step?: number) =>
  parseBytes('csv', text, { dtype: 'float64', ...options }, step)

describe('a table', () => {
  it('gives back whatever was written, with any separator, header or none, however the bytes come', async () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true })
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((d) =>
        fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 12 }),
      )
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', ' ', '  ', ', '),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 50 }),
        async (rows, separator, hasHeader, end, step) => {
          const names = rows[0].map((_, i) => `"x ${i}"`)
          const lines = [...(hasHeader ? [names] : []), ...rows].map((row) => row.join(separator))
          const samples = await csv(lines.join(end), {}, step)
          expect(rowsOf(samples)).toEqual(rows.map((row) => row.map((v) => v + 0)))
          expect(samples.columns).toEqual(hasHeader ? rows[0].map((_, i) => `x ${i}`) : null)
          expect(samples.labels).toBeNull()
        },
      ),
      { numRuns: 300 },
    )
  })

  it('finds the separator where others occur in names and texts', async () => {
    expect((await csv('"a, b";c d\n1;2\n')).columns).toEqual(['a, b', 'c d'])
    expect((await csv('my value\n1\n2\n')).columns).toEqual(['my value'])
    expect((await csv('x\ty z\n1\t2\n')).columns).toEqual(['x', 'y z'])
    const { classes } = await csv('1,2,light blue\n3,4,dark blue\n', { labels: -1 })
    expect(classes).toEqual(['dark blue', 'light blue'])
  })

  it.each([
    ['names', 'a,b\n1,2\n', ['a', 'b']],
    ["numpy's header", '# a,b\n1,2\n', ['a', 'b']],
    ['an index without a name', ',b\n1,2\n', ['b']],
    ['a name beside numbers that count up', 'label,0,1,2\n5,6,7,8\n', ['label', '0', '1', '2']],
    ['texts beside numbers that count up', '1,2,a\n3,4,b\n', null],
    ['numbers alone', '0,1,2\n5,6,7\n', null],
  ])('takes %s for what they are', async (_, text, columns) => {
    const labels = text.includes('a\n3') ? 2 : undefined
    expect((await csv(text, { labels })).columns).toEqual(columns)
  })

  it('reads quoted fields: separators, doubled quotes and line breaks in them', async () => {
    const text = '"a ""x""","b\nc"\n"1","2"\n3,4\n'
    const samples = await csv(text)
    expect(samples.columns).toEqual(['a "x"', 'b\nc'])
    expect(rowsOf(samples)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('leaves out a byte order mark and empty lines at the end', async () => {
    expect((await csv('\uFEFFa,b\r\n1,2\r\n\r\n  \r\n')).columns).toEqual(['a', 'b'])
  })

  it('takes labels from a column by name or by index, negative ones from the end', async () => {
    const text = 'kind,x,y\n3,1,2\n-1,5,6\n'
    for (const labels of ['kind', 0, -3]) {
      const samples = await csv(text, { labels })
      expect(samples.labels).toEqual(Int32Array.of(3, -1))
      expect(samples.classes).toBeNull()
      expect(samples.columns).toEqual(['x', 'y'])
      expect(rowsOf(samples)).toEqual([
        [1, 2],
        [5, 6],
      ])
    }
    expect((await csv(text, { labels: 'none' })).length).toBe(3)
  })

  it('numbers labels that are texts by the alphabet, whole numbers among them included', async () => {
    const { labels, classes } = await csv('1,b\n2,7\n3,a\n4,7\n5,b\n', { labels: 1 })
    expect(classes).toEqual(['7', 'a', 'b'])
    expect(labels).toEqual(Int32Array.of(2, 0, 1, 0, 2))
  })

  it('keeps the classes of rows that the sub-sample leaves out, and its labels in step', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i},${i < 290 ? i % 3 : 'other'}`)
    const {
      labels,
      classes,
      values,
      rows: kept,
    } = await csv(rows.join('\n'), { labels: 1, sample: { count: 9, seed: 1 } })
    expect(classes).toEqual(['0', '1', '2', 'other'])
    expect([...values]).toEqual([...(kept as Int32Array)])
    expect([...(labels as Int32Array)]).toEqual([...values].map((i) => (i < 290 ? i % 3 : 3)))
  })

  it('takes a name for the header even where the others are numbers', async () => {
    expect((await csv('1,kind\n5,a\n', { labels: 'kind' })).columns).toEqual(['1'])
  })

  const rejections: [string, string, SamplesParserOptions, string][] = [
    ['a ragged row', '1,2\n3,4\n5\n', {}, 'line 3: expected 2 fields as in line 1, got 1'],
    ['a row that is longer', 'a,b\n1,2\n1,2,3\n', {}, 'line 3: expected 2 fields as in line 1, got 3'],
    ['a word', 'a,b\n1,x\n', {}, 'line 2: field 2 ("b"): expected a finite number, got "x"'],
    ['NaN in the first line', 'NaN,2\n3,4\n', {}, 'line 1: field 1: expected a finite number, got "NaN"'],
    [
      'signs of missing numbers for names',
      'NaN,?\n3,4\n',
      {},
      'line 1: field 1: expected a finite number, got "NaN"',
    ],
    ['an empty field', '1,2\n3,\n', {}, 'line 2: field 2: expected a finite number, got ""'],
    ['an empty field between tabs', '1\t2\n3\t\n', {}, 'line 2: field 2: expected a finite number, got ""'],
    ['an overflow', '1,2\n1e999,2\n', {}, 'line 2: field 1: expected a finite number, got "1e999"'],
    [
      'a decimal comma',
      '1,5;2,5\n3,5;4,5\n',
      {},
      'line 1: field 1: expected a finite number, got "1,5"; decimals are written with a point, 1.5',
    ],
    ['a header alone', 'a,b\n', {}, 'the file: expected samples after the header, found the end of the file'],
    ['nothing', ' \n', {}, 'the file: expected at least one sample, got an empty file'],
    ['a quote never closed', '1,2\n3,"4\n', {}, 'line 2: expected a closing "'],
    [
      'labels by a wrong name',
      'width,kind\n1,2\n',
      { labels: 'kinds' },
      'line 1: labels: expected one of the columns "width", "kind", got "kinds"; did you mean "kind"?',
    ],
    [
      'labels by a name of two columns',
      'k,k\n1,2\n',
      { labels: 'k' },
      'line 1: labels: expected one column "k", got several',
    ],
    [
      'labels by name without a header',
      '1,2\n',
      { labels: 'kind' },
      'line 1: labels: expected a header with a column "kind", got numbers',
    ],
    [
      'labels by an index that is too large',
      '1,2\n',
      { labels: 2 },
      'labels: expected a column from 0 to 1, or from -2 to -1 counted from the end, got 2',
    ],
    [
      'labels without values',
      'kind\n1\n',
      { labels: 0 },
      'line 1: expected values beside the labels, got one column',
    ],
    ['an empty label', '1,a\n2,\n', { labels: 1 }, 'line 2: expected a label, got an empty field'],
  ]
  it.each(rejections)('refuses %s', async (_, text, options, message) => {
    await expect(csv(text, options)).rejects.toThrow(message)
    await expect(csv(text, options, 1)).rejects.toThrow(message)
  })

  it('refuses more classes than there can be', async () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => `1,name${i}\n`)
    await expect(csv(rows.join(''), { labels: 1 })).rejects.toThrow(
      'line 10001: labels: expected at most 10000 classes where labels are texts, got more',
    )
  })
})
