import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseUcr } from './parse-ucr.ts'

const parse = (text: string) => parseUcr(text, 'Toy_TRAIN.tsv')

describe('parseUcr', () => {
  it('reads labels and values', () => {
    const file = parse('1\t0.5\t-1e-2\n-2\t3\t+.25\n')
    expect([...file.labels]).toEqual([1, -2])
    expect([...file.values]).toEqual([0.5, -0.01, 3, 0.25])
    expect([file.count, file.length]).toEqual([2, 2])
  })

  it('reads back whatever was written', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const set = fc.integer({ min: 1, max: 5 }).chain((d) =>
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.array(finite, { minLength: d, maxLength: d })), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    fc.assert(
      fc.property(set, (rows) => {
        const file = parse(rows.map(([label, values]) => [label, ...values].join('\t')).join('\n'))
        expect([...file.labels]).toEqual(rows.map(([label]) => label))
        // Adding 0 turns the −0 that text drops into 0.
        expect([...file.values]).toEqual(rows.flatMap(([, values]) => values.map((v) => v + 0)))
      }),
    )
  })

  it('reads older files: blanks, commas, labels like 1.0000000e+00, Windows line ends', () => {
    expect([...parse('  1.0000000e+00   5  6\r\n  2.0000000e+00   7  8\r\n').values]).toEqual([5, 6, 7, 8])
    expect([...parse('1,5,6\n2,7,8').labels]).toEqual([1, 2])
  })

  it('reads on after lines without anything, which editors and R leave', () => {
    expect([...parse('\n1\t2\n\n1\t3\n\n').values]).toEqual([2, 3])
  })

  const rejections: [string, string, string][] = [
    ['an empty file', '\n', 'Toy_TRAIN.tsv: expected at least one series, got an empty file'],
    ['a line without values', '1\n', 'Toy_TRAIN.tsv line 1: expected a label and values, got only "1"'],
    ['a series too short', '1\t2\t3\n1\t2\n', 'line 2: expected 2 values as in line 1, got 1'],
    ['a series too long', '1\t2\n1\t2\t3\n', 'line 2: expected 1 values as in line 1, got 2'],
    ['a word', '1\t2\t3\n1\tabc\t3\n', 'line 2: value 1: expected a finite number, got "abc"'],
    [
      'NaN',
      '1\tNaN\t2\n',
      'line 1: value 1: expected a finite number, got "NaN"; 1 value is missing in 1 of 1 series',
    ],
    [
      'NaN at the end, which are those of a shorter series',
      '1\t1\t2\n1\t2\tNaN\n',
      'line 2: expected 2 values as in line 1, got 1 before the NaN at its end',
    ],
    ['an overflow', '1\t2\t1e999\n', 'line 1: value 2: expected a finite number, got "1e999"'],
    ['a hole', '1\t2\t\t3\n', 'line 1: value 2: expected a finite number, got ""'],
    ['a hexadecimal number', '1\t0x10\n', 'line 1: value 1: expected a finite number, got "0x10"'],
    ['a fractional label', '1.5\t2\n', 'line 1: expected a whole number as label, got "1.5"'],
    ['a word as label', 'a\t2\n', 'line 1: expected a whole number as label, got "a"'],
  ]
  it.each(rejections)('refuses %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message)
  })
})
