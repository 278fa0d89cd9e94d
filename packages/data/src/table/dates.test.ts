import { describe, expect, it } from 'vitest'
import { dateOf } from './dates.ts'

const january = Date.UTC(2024, 0, 31)

describe('a date', () => {
  it.each([
    ['2024-01-31', january],
    ['2024/1/31', january],
    ['2024.01.31', january],
    ['31.01.2024', january],
    ['31.1.24', january],
    ['31-Jan-2024', january],
    ['31 January 2024', january],
    ['Jan 31, 2024', january],
    ['January 31st, 2024', january],
    ['2024-01', Date.UTC(2024, 0, 1)],
    ['2024-01-31T12:30', january + 45_000_000],
    ['2024-01-31 12:30:00.250', january + 45_000_250],
    ['2024-01-31T12:30:00Z', january + 45_000_000],
    ['2024-01-31T12:30:00+01:00', january + 41_400_000],
    ['2024-01-31 12:30:00-0530', january + 64_800_000],
    ['20240131T123000', january + 45_000_000],
    ['31.01.2024 1:05 PM', january + 47_100_000],
    ['2024-01-31 12:00 am', january],
    ['1969-12-31 23:59:59', -1000],
    ['0099-01-01', new Date('0099-01-01').getTime()],
  ])('%s is one', (text, time) => {
    expect(dateOf(text)).toEqual({ monthFirst: time, dayFirst: time })
  })

  it('with strokes has two readings, or the one that the calendar allows', () => {
    expect(dateOf('02/01/2024')).toEqual({ monthFirst: Date.UTC(2024, 1, 1), dayFirst: Date.UTC(2024, 0, 2) })
    expect(dateOf('01/31/2024')).toEqual({ monthFirst: january, dayFirst: Number.NaN })
    expect(dateOf('31-01-2024')).toEqual({ monthFirst: Number.NaN, dayFirst: january })
  })

  it.each([
    '2024',
    '20240131',
    '2024.01',
    '1.5',
    '1.2.3',
    '12:30',
    '2023-02-29',
    '2024-13-01',
    '2024-01-31 25:00',
    '99/99/2024',
    '1-2',
    '555-1234',
    '192.168.1.1',
    'Class 1, 2024',
    'May',
    '',
  ])('%s is none', (text) => {
    expect(dateOf(text)).toBeNull()
  })
})
