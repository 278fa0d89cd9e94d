import { describe, expect, it } from 'vitest'
import { noColours } from './colours.ts'
import { duration } from './duration.ts'
import { counted, hundredths, meanAndSpread } from './number.ts'
import { markdownTable, plainTable } from './plain-table.ts'
import { median, standardDeviation } from './statistics.ts'
import { noBreak, wrap, wrapLines } from './wrap.ts'

describe('text', () => {
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
