import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { SamplesParserOptions } from '../samples/samples-parser.ts'
import { parseBytes } from '../testing/parse-bytes.ts'

/** A file as another program wrote it. */
const read = async (name: string, options: SamplesParserOptions = {}) =>
  parseBytes('csv', await readFile(new URL(`fixtures/${name}`, import.meta.url)), options)

const sensors = ['temp', 'press', 'flow', 'vib']

describe('a file of another program', () => {
  it.each([
    ['pandas_intheader.csv', ['0', '1', '2', '3'], 'line 1 is a header'],
    ['pandas_index.csv', sensors, 'the first column has no name and is no feature'],
    ['savetxt_header.csv', sensors, 'line 1 is a header'],
    ['comment_top.csv', sensors, '2 comment lines'],
    ['blank_between.csv', sensors, '11 empty lines'],
    ['trailing_comma.csv', sensors, 'separators at the ends of lines are left out'],
    ['cr.csv', sensors, 'lines end in a carriage return alone'],
  ])('%s has 12 rows of 4 columns, and a note says what it was taken for', async (name, columns, note) => {
    const samples = await read(name)
    expect([samples.count, samples.length, samples.columns]).toEqual([12, 4, columns])
    expect([...samples.values.slice(0, 4)]).toEqual([0.346, 0.822, 0.33, -1.303])
    expect(samples.notes).toContain(note)
  })

  it('keeps an index without a name as an id', async () => {
    const { ids } = await read('pandas_index.csv')
    expect(ids).toEqual([{ name: 'index', values: Array.from({ length: 12 }, (_, i) => String(i)) }])
  })

  it.each([
    [
      'missing_NA.csv',
      'line 5: field 2 ("press"): expected a finite number, got "NA"; NA stands for a missing value; missing values by column: 1 in "press"',
    ],
    ['thousands.csv', 'got "1,000"; it looks like a comma that parts thousands; write 1000'],
    ['timestamp.csv', 'it looks like a date; name its column by the option time'],
  ])('%s is refused with what the value is', async (name, message) => {
    await expect(read(name)).rejects.toThrow(message)
  })

  it('with time stamps has a time where it is asked for', async () => {
    for (const time of ['auto', 'time', 0]) {
      const samples = await read('timestamp.csv', { time })
      expect(samples.columns).toEqual(sensors)
      expect(samples.time?.name).toBe('time')
      expect(samples.time?.values[1]).toBe('2023-05-01 00:01:00')
      expect(samples.time?.times[1]).toBe(Date.UTC(2023, 4, 1, 0, 1))
    }
  })

  it('with missing values holds NaN where they are kept, and counts them', async () => {
    const samples = await read('missing_NA.csv', { missing: 'keep' })
    expect([...samples.values].flatMap((value, i) => (Number.isNaN(value) ? [i] : []))).toEqual([13])
    expect(samples.notes).toContain('1 missing value')
  })

  it('without the labels of the training file is read by what a model expects', async () => {
    const { columns } = await read('labelled_train.csv', { labels: 'Class' })
    const rows = await read('unlabelled_new.csv', { labels: 'Class', expected: columns as string[] })
    expect([rows.count, rows.length, rows.labels]).toEqual([20, 4, null])
    expect(rows.notes).toContain('there is no column of labels "Class"')
  })
})
