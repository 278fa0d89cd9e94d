import { describe, expect, it } from 'vitest'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const header = `# Cylinder, bell and funnel.
#
@problemName Toy
@timeStamps false
@missing false
@univariate true
@equalLength true
@seriesLength 3
@classLabel true 1 2
@data
`
const file = `${header}1,2,3:1\n-4.5,5e-1,6:2\n`

/** The file with a line of its header by another, or without it. */
const withHeader = (line: string, by: string): string => file.replace(`${line}\n`, by === '' ? '' : `${by}\n`)

describe('the .ts form', () => {
  it('gives series and classes, however the bytes come', async () => {
    for (const step of [1, 7, 1000]) {
      const samples = await parseBytes('ts', file, {}, step)
      expect(rowsOf(samples)).toEqual([
        [1, 2, 3],
        [-4.5, 0.5, 6],
      ])
      expect(samples.labels).toEqual(Int32Array.of(1, 2))
      expect(samples.classes).toBeNull()
    }
  })

  it('numbers classes that are texts in the order of @classLabel', async () => {
    const text = file
      .replace('true 1 2', 'true funnel bell')
      .replace(':1', ':bell')
      .replace(':2', ': funnel ')
    const { labels, classes } = await parseBytes('ts', text)
    expect(labels).toEqual(Int32Array.of(1, 0))
    expect(classes).toEqual(['funnel', 'bell'])
  })

  it('reads tags in any case and order, Windows line ends, spaces, and files that say little', async () => {
    const text = '@UNIVARIATE TRUE\r\n@classlabel false\r\n\r\n@DATA\r\n\r\n 1, 2 ,3 \r\n4,5,6\r\n\r\n'
    const samples = await parseBytes('ts', text)
    expect(rowsOf(samples)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(samples.labels).toBeNull()
    expect(rowsOf(await parseBytes('ts', '@data\n7\n'))).toEqual([[7]])
  })

  it('leaves labels out where they are not wanted', async () => {
    expect((await parseBytes('ts', file, { labels: 'none' })).labels).toBeNull()
  })

  it('reads missing values and several lengths as NaN where they are kept, and says how many', async () => {
    const text =
      '@univariate true\n@equalLength false\n@missing true\n@classLabel true a b\n@data\n1,?,3:a\n4:b\n'
    const samples = await parseBytes('ts', text, { missing: 'keep', lengths: 'keep' })
    expect(rowsOf(samples)).toEqual([
      [1, Number.NaN, 3],
      [4, Number.NaN, Number.NaN],
    ])
    expect(samples.notes).toEqual([
      '1 value is missing in 1 of 2 series',
      'series have 1 to 3 values; shorter ones end in NaN',
    ])
    await expect(parseBytes('ts', text, { missing: 'keep' })).rejects.toThrow(
      'line 7: expected 3 values as in line 6, got 1; 1 of 2 series has another length (1 to 3)',
    )
  })

  it('reads on after empty lines, and leaves numbers to be predicted out', async () => {
    const text = '@targetLabel true\n@data\n1,2:0.5\n\n3,4:1.5\n'
    expect(rowsOf(await parseBytes('ts', text, { labels: 'none' }))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('keeps the series whose class meets a condition, by its text', async () => {
    const text = file.replace('true 1 2', 'true funnel bell').replace(':1', ':bell').replace(':2', ':funnel')
    const kept = await parseBytes('ts', text, { where: [{ column: 'label', is: '=', value: 'funnel' }] })
    expect(rowsOf(kept)).toEqual([[-4.5, 0.5, 6]])
    expect(kept.rows).toEqual(Int32Array.of(1))
    expect(kept.rowsInFile).toBe(2)
  })

  const rejections: [string, string, string][] = [
    [
      'several dimensions',
      withHeader('@univariate true', '@univariate false'),
      'line 6: expected series of one dimension, got @univariate false',
    ],
    [
      'dimensions by number',
      withHeader('@univariate true', '@dimensions 3'),
      'line 6: expected series of one dimension, got 3',
    ],
    [
      'time stamps',
      withHeader('@timeStamps false', '@timeStamps true'),
      'line 4: expected series without time stamps, got @timeStamps true',
    ],
    [
      'targets that are no classes',
      withHeader('@missing false', '@targetLabel true'),
      'line 5: expected labels that are classes, got @targetLabel true',
    ],
    [
      'a missing value',
      `${header}1,?,3:1\n`,
      'line 11: value 2: expected a finite number, got "?"; 1 value is missing in 1 of 1 series, which the option missing',
    ],
    ['NaN', `${header}1,NaN,3:1\n`, 'line 11: value 2: expected a finite number, got "NaN"'],
    [
      'a decimal comma parted by other means',
      `${header}1;2;3:1\n`,
      'line 11: value 1: expected a finite number, got "1;2;3"',
    ],
    ['a series too short', `${header}1,2,3:1\n1,2:1\n`, 'line 12: expected 3 values as in line 8, got 2'],
    [
      'a series too long for the others',
      '@data\n1,2\n1,2,3\n',
      'line 3: expected 2 values as in line 2, got 3',
    ],
    [
      'pairs with time stamps',
      `${header}(0,1),(1,2):1\n`,
      'line 11: expected values v1,v2,…, got pairs with time stamps',
    ],
    [
      'a second dimension',
      `${header}1,2,3:4,5,6:1\n`,
      'line 11: expected a series of one dimension, got 2 (parted by colons)',
    ],
    ['a series without its class', `${header}1,2,3\n`, 'line 11: expected v1,v2,…:class, got no colon'],
    [
      'an unknown class',
      `${header}1,2,3:9\n`,
      'line 11: expected a class among those of line 9 (1, 2), got "9"',
    ],
    [
      'a class that nothing announced',
      '@data\n1,2,3:1\n',
      'line 2: expected a series without a class, as the header has no @classLabel, got one',
    ],
    [
      'a comment between series',
      `${header}1,2,3:1\n# more\n`,
      'line 12: expected a series after @data, got another line',
    ],
    [
      'an unknown tag',
      withHeader('@missing false', '@serieslenght 3'),
      'line 5: unknown tag "@serieslenght"; did you mean @seriesLength?',
    ],
    ['a tag twice', `@missing false\n${file}`, 'expected @missing once, got it in line 1 as well'],
    [
      'a tag that is neither true nor false',
      withHeader('@missing false', '@missing maybe'),
      'line 5: @missing: expected true or false, got "maybe"',
    ],
    [
      'a length that is none',
      withHeader('@seriesLength 3', '@seriesLength 4294967296000'),
      'line 8: @seriesLength: expected a positive whole number',
    ],
    [
      'classes that are not named',
      withHeader('@classLabel true 1 2', '@classLabel true'),
      'line 9: @classLabel true: expected the classes after it, got none',
    ],
    [
      'a class named twice',
      withHeader('@classLabel true 1 2', '@classLabel true 1 1'),
      'line 9: expected each class once, got "1" twice',
    ],
    [
      'series without @data',
      '@problemName Toy\n1,2,3:1\n',
      'line 2: expected a tag such as @problemName, or @data, got "1,2,3:1"',
    ],
    [
      'nothing after @data',
      header,
      'the file: expected at least one series after @data, found the end of the file',
    ],
    ['an empty file', '\n', 'the file: expected a line @data, found the end of the file'],
  ]
  it.each(rejections)('refuses %s', async (_, text, message) => {
    await expect(parseBytes('ts', text)).rejects.toThrow(message)
  })
})
