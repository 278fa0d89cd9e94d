import { describe, expect, it } from 'vitest'
import { noColours } from './colours.ts'
import { duration } from './duration.ts'
import {
  counted,
  errorsText,
  errorText,
  fourDigits,
  hundredths,
  listed,
  meanAndSpread,
  percent,
  pText,
  signedHundredths,
  signedPercent,
  twoDigits,
} from './number.ts'
import { markdownTable, plainTable } from './plain-table.ts'
import { extent, median, standardDeviation } from './statistics.ts'
import { noBreak, wrap, wrapLines } from './wrap.ts'

describe('text', () => {
  it('writes numbers that no decimals are left for, and finds the ends of more numbers than a call takes', () => {
    expect(twoDigits(5e-324)).toBe(`0.${'0'.repeat(100)}`)
    expect(Number(errorText(1e-300))).toBe(0)
    expect(extent(Array.from({ length: 300_000 }, (_, i) => i))).toEqual([0, 299_999])
  })

  it('says durations as people do', () => {
    expect([0.2, 4.4, 65, 3599, 7800].map(duration)).toEqual([
      '< 1 s',
      '4 s',
      '1 min 05 s',
      '59 min 59 s',
      '2 h 10 min',
    ])
  })

  it('tells errors in hundredths, with the sample standard deviation where there is one', () => {
    expect(hundredths(0.39118)).toBe('39.12')
    expect(meanAndSpread([0.1, 0.3])).toBe('20.00 ± 14.14')
    expect(meanAndSpread([0.1])).toBe('10.00')
    expect(meanAndSpread([])).toBe('–')
    expect(standardDeviation([1, 2, 3])).toBe(1)
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('tells small errors in as many digits as say something', () => {
    expect([0.23391, 0.000041, 0.00123, 0, 0.0995].map(errorText)).toEqual([
      '23.39',
      '0.0041',
      '0.12',
      '0.00',
      '9.95',
    ])
    expect(errorsText([0.00004, 0.00006])).toBe('0.0050 ± 0.0014')
    expect(errorsText([0.00004])).toBe('0.0040')
    expect(errorsText([])).toBe('failed')
  })

  it('tells changes with their sign, and none of what is 0 in the digits shown', () => {
    expect([-0.231, 0.004, 0.0004, -0.0004].map(signedPercent)).toEqual([
      '−23.1 %',
      '+0.4 %',
      '0.0 %',
      '0.0 %',
    ])
    expect([0.012, -0.0031, -0.00001].map(signedHundredths)).toEqual(['+1.20', '−0.31', '0.00'])
    expect(percent(0.2534)).toBe('25.3 %')
  })

  it('tells numbers in two or four digits, and likelihoods in three decimals', () => {
    expect([0.006421, 0.111, 5.96, 0.0996, 0, 123, Number.NaN].map(twoDigits)).toEqual([
      ...['0.0064', '0.11', '6.0', '0.10', '0.0', '123', '–'],
    ])
    expect([0.123456, 12345.6, 0, null].map(fourDigits)).toEqual(['0.1235', '12350', '0', '–'])
    expect([0.0078, 0.0004, 1, null].map(pText)).toEqual(['0.008', '< 0.001', '1.000', '–'])
  })

  it('lists as people do', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c'])
  })

  it('wraps at spaces, but not at those that bind', () => {
    expect(wrap('aa bb cc', 5)).toBe('aa bb\ncc')
    expect(wrap('aa bb cc', 5, '  ')).toBe('aa bb\n  cc')
    expect(wrap(`aa λ${noBreak}1`, 5)).toBe('aa\nλ 1')
  })

  it('wraps each line under its own indentation, and only where it must', () => {
    expect(wrapLines('a  b\n  cc dd ee\n', 7)).toBe('a  b\n  cc dd\n    ee\n')
  })

  it('says how many', () => {
    expect([1, 2, 0].map((count) => counted(count, 'run'))).toEqual(['1 run', '2 runs', '0 runs'])
  })

  it('sets tables flush right but for the first column, with lines of their own for single strings', () => {
    const table = { head: ['', 'x'], rows: ['group', ['a', '1.50'], ['bbb', '22']] }
    expect(plainTable(table, noColours)).toBe(
      ['        x', '─────────', 'group', 'a    1.50', 'bbb    22'].join('\n'),
    )
    expect(markdownTable(table)).toBe(
      ['|  | x |', '| --- | ---: |', '| group |  |', '| a | 1.50 |', '| bbb | 22 |'].join('\n'),
    )
  })
})
