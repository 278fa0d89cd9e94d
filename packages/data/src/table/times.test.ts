import { describe, expect, it } from 'vitest'
import { Times } from './times.ts'

function timesOf(texts: readonly string[]) {
  const times = new Times({ operation: 'read', name: 'file' }, 'time: "t"')
  texts.forEach((text, i) => {
    times.read(text, i + 1)
    times.keep(i)
  })
  return times.finish((list) => list)
}

describe('a column of times', () => {
  it('holds dates as milliseconds since 1970, or numbers as they are', () => {
    expect([...timesOf(['2024-01-01', '2024-01-02 00:00:01']).times]).toEqual([
      Date.UTC(2024, 0, 1),
      Date.UTC(2024, 0, 2, 0, 0, 1),
    ])
    expect([...timesOf(['0.5', '1e3', '-2']).times]).toEqual([0.5, 1000, -2])
  })

  it('says the order of day and month by a number above 12, else by the order of the rows', () => {
    const byDay = { times: Float64Array.of(Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 31)) }
    expect(timesOf(['02/01/2024', '31/01/2024'])).toEqual({
      ...byDay,
      note: 'dates are read as day/month/year',
    })
    expect(timesOf(['01/02/2024', '01/31/2024'])).toEqual({
      ...byDay,
      note: 'dates are read as month/day/year',
    })
    expect(timesOf(['11/01/2024', '12/01/2024', '01/02/2024']).note).toBe('dates are read as day/month/year')
    expect(timesOf(['01/02/2024', '02/01/2024']).note).toBe('dates are read as month/day/year')
  })

  it.each([
    [
      'both orders are possible',
      ['01/02/2024', '02/03/2024'],
      'file: time: "t": expected dates that say which number is the month, found none with a number above 12; write dates as 2024-01-31',
    ],
    [
      'neither order is',
      ['13/01/2024', '01/13/2024'],
      'line 2: time: "t": expected the same order of day and month as in the lines before, got "01/13/2024"',
    ],
    [
      'a time is missing',
      ['2024-01-01', ''],
      'line 2: time: "t": expected a date or a number, got an empty field',
    ],
    ['a word stands there', ['noon'], 'line 1: time: "t": expected a date or a number, got "noon"'],
    ['a number overflows', ['1e400'], 'line 1: time: "t": expected a date or a number, got "1e400"'],
    [
      'dates and numbers are mixed',
      ['2024-01-01', '5'],
      'line 2: time: "t": expected dates as in line 1, got "5"',
    ],
  ])('is refused where %s', (_, texts, message) => {
    expect(() => timesOf(texts)).toThrow(message)
  })
})
