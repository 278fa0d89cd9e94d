import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupsOf, parsedSamples, timesOf } from '../testing/parsed-samples.ts'
import { type Items, itemsOf } from './items.ts'
import { sampleAt } from './steps.ts'

const gap = Number.NaN

/** n rows of two columns: 10 i and 10 i + 1. */
const counting = (n: number) => Array.from({ length: n }, (_, i) => [10 * i, 10 * i + 1])

/** The samples of each item, -1 for a row that was put in. */
const samplesOf = ({ steps, starts, span }: Items): number[][] =>
  Array.from(starts, (start) => Array.from({ length: span }, (_, k) => sampleAt(steps, start + k)))

const rowsOf = ({ rows: { values, count, length } }: Items): number[][] =>
  Array.from({ length: count }, (_, i) => [...values.subarray(i * length, (i + 1) * length)])

describe('itemsOf', () => {
  it('takes rows as they are: the numbers of the file, not a copy', () => {
    const samples = parsedSamples(counting(3), { time: timesOf([3, 1, 2]) })
    const items = itemsOf(samples, null)
    expect(items.rows.values).toBe(samples.values)
    expect([...items.first]).toEqual([0, 1, 2])
    expect(items.span).toBe(1)
  })

  it('flattens windows row after row', () => {
    const items = itemsOf(parsedSamples(counting(4)), { length: 2, stride: 2 })
    expect(rowsOf(items)).toEqual([
      [0, 1, 10, 11],
      [20, 21, 30, 31],
    ])
    expect([...items.first]).toEqual([0, 2])
  })

  it('ends a stretch with a window, so that its last rows are in one', () => {
    expect(samplesOf(itemsOf(parsedSamples(counting(6)), { length: 3, stride: 2 }))).toEqual([
      [0, 1, 2],
      [2, 3, 4],
      [3, 4, 5],
    ])
  })

  it('leaves rows between windows out where the stride is longer', () => {
    expect(samplesOf(itemsOf(parsedSamples(counting(9)), { length: 2, stride: 4 }))).toEqual([
      [0, 1],
      [4, 5],
    ])
  })

  it('sorts by time, keeps the order of rows of one time, and says both', () => {
    const items = itemsOf(parsedSamples(counting(4), { time: timesOf([2, 1, 3, 2]) }), {
      length: 4,
      stride: 1,
    })
    expect(samplesOf(items)).toEqual([[1, 0, 3, 2]])
    expect(items.notes).toEqual([
      'rows are sorted by column time: 2 came before the row that they follow in the file',
      '1 row has the time of the row before in column time',
    ])
  })

  it('lets no window span two groups, whose rows may lie among each other', () => {
    const items = itemsOf(parsedSamples(counting(6), { group: groupsOf(['a', 'b', 'a', 'b', 'b', 'a']) }), {
      length: 2,
      stride: 1,
    })
    expect(samplesOf(items)).toEqual([
      [0, 2],
      [2, 5],
      [1, 3],
      [3, 4],
    ])
  })

  it('lets no window span rows that are missing in time', () => {
    const items = itemsOf(parsedSamples(counting(5), { time: timesOf([0, 10, 20, 50, 60]) }), {
      length: 2,
      stride: 1,
    })
    expect(samplesOf(items)).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
    ])
    expect(items.notes).toEqual([
      'the series is cut at 1 hole in column time: rows more than 1.5 usual steps apart',
    ])
  })

  it('takes the usual step of each group for itself', () => {
    const items = itemsOf(
      parsedSamples(counting(6), {
        time: timesOf([0, 1, 2, 0, 60, 120]),
        group: groupsOf(['fast', 'fast', 'fast', 'slow', 'slow', 'slow']),
      }),
      { length: 3, stride: 1 },
    )
    expect(samplesOf(items)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ])
    expect(items.notes).toEqual([])
  })

  it('does not take jitter of a third of a step for a hole', () => {
    const items = itemsOf(parsedSamples(counting(5), { time: timesOf([0, 10, 21, 30, 43]) }), {
      length: 5,
      stride: 1,
    })
    expect(samplesOf(items)).toEqual([[0, 1, 2, 3, 4]])
  })

  it('fills up to five missing rows under interpolate, and cuts at more', () => {
    const times = [0, 1, 2, 4, 5, 6, 7, 13, 14, 21, 22]
    const items = itemsOf(
      parsedSamples(counting(11), { time: timesOf(times) }),
      { length: 2, stride: 2 },
      'interpolate',
    )
    expect(Array.from(items.steps.times!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 21, 22])
    expect([...items.steps.bounds]).toEqual([0, 15, 17])
    expect(rowsOf(items)[1]).toEqual([20, 21, gap, gap])
    // A window that begins with a row that was put in names the first of the file.
    expect(samplesOf(items)[2]).toEqual([3, 4])
    expect(items.notes).toEqual([
      '6 rows are put into 2 holes in column time',
      'the series is cut at 1 hole in column time: rows more than 1.5 usual steps apart',
    ])
  })

  it('names the first sample of a window that begins in a hole', () => {
    const items = itemsOf(
      parsedSamples(counting(4), { time: timesOf([0, 1, 4, 5]) }),
      { length: 3, stride: 2 },
      'interpolate',
    )
    expect(samplesOf(items)).toEqual([
      [0, 1, -1],
      [-1, -1, 2],
      [-1, 2, 3],
    ])
    expect([...items.first]).toEqual([0, 2, 2])
  })

  it('leaves rows without a time out and counts them', () => {
    const items = itemsOf(parsedSamples(counting(4), { time: timesOf([0, gap, 1, 2]) }), {
      length: 3,
      stride: 1,
    })
    expect(samplesOf(items)).toEqual([[0, 2, 3]])
    expect(items.notes).toEqual(['1 row without a time in column time: in no window'])
  })

  it('says which groups are too short for a window', () => {
    const group = groupsOf(['a', 'a', 'a', 'b', 'c'])
    expect(itemsOf(parsedSamples(counting(5), { group }), { length: 3, stride: 1 }).notes).toEqual([
      '2 rows are in no window, in 2 stretches shorter than its 3 (group b: 1 row; group c: 1 row)',
    ])
    expect(() => itemsOf(parsedSamples(counting(5), { group }), { length: 4, stride: 1 })).toThrow(
      'itemsOf: window: expected a series of at least 4 rows, the length of a window, got at most group a: 3 rows',
    )
    expect(() =>
      itemsOf(parsedSamples(counting(4), { time: timesOf([0, 1, 9, 10]) }), { length: 3, stride: 1 }),
    ).toThrow(
      'got at most 2 rows; the series is cut at 1 hole in column time: rows more than 1.5 usual steps apart; ' +
        'without a time column rows follow one another as in the file',
    )
    expect(() =>
      itemsOf(parsedSamples(counting(2), { time: timesOf([gap, gap]) }), { length: 2, stride: 1 }),
    ).toThrow('expected rows with a time, got none')
  })

  it('shows no control characters of names in a file', () => {
    const group = groupsOf(['\u001b[31m', 'b', 'b'])
    const [note] = itemsOf(parsedSamples(counting(3), { group }), { length: 2, stride: 1 }).notes
    expect(note).toMatch('group \\u001b[31m: 1 row')
  })

  it('refuses windows that are no windows, and more of them than memory', () => {
    const samples = parsedSamples(counting(4))
    expect(() => itemsOf(samples, { length: 1, stride: 1 })).toThrow(
      'itemsOf: window.length: expected an integer of at least 2, got 1',
    )
    expect(() => itemsOf(samples, { length: 2, stride: 0 })).toThrow('window.stride')
    const long = { ...samples, values: new Float64Array(4e5), count: 4e5, length: 1 }
    expect(() => itemsOf(long, { length: 1024, stride: 1 })).toThrow(
      /398977 windows of 1024 · 1 numbers are more than 134217728 together: expected a stride of about 4 or more, got 1/,
    )
    expect(itemsOf(long, { length: 1024, stride: 4 }).rows.count).toBe(99745)
  })

  it('covers every row of a long enough group, in order, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 8 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, length, stride) => {
          const groups = rows.map(([name]) => name)
          const long = [...new Set(groups)].filter(
            (name) => groups.filter((other) => other === name).length >= length,
          )
          fc.pre(long.length > 0 && stride <= length)
          // Times without holes: each row of a group follows the one before by 1, but the file mixes them up.
          const order = rows.map((_, i) => i).sort((a, b) => rows[a][1] - rows[b][1] || a - b)
          const times = new Array<number>(rows.length)
          const next: Record<string, number> = { a: 0, b: 0, c: 0 }
          for (const i of order) times[i] = next[groups[i]]++
          const items = itemsOf(
            parsedSamples(
              rows.map((_, i) => [i]),
              { time: timesOf(times), group: groupsOf(groups) },
            ),
            { length, stride },
          )
          const windows = rowsOf(items)
          for (const window of windows) {
            expect(new Set(window.map((i) => groups[i])).size).toBe(1)
            window.forEach((i, k) => void expect(times[i]).toBe(times[window[0]] + k))
          }
          const covered = new Set(windows.flat())
          expect([...covered].sort((a, b) => a - b)).toEqual(
            rows.flatMap((_, i) => (long.includes(groups[i]) ? [i] : [])),
          )
        },
      ),
    )
  })

  it('keeps windows as places in the file: at each row no more memory than at few', () => {
    const samples = parsedSamples(counting(1000))
    const items = itemsOf(samples, { length: 100, stride: 1 })
    expect(items.steps.values).toBe(samples.values)
    expect(items.starts).toHaveLength(901)
  })
})
