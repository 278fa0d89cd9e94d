import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedSamples, timesOf } from '../testing/parsed-samples.ts'
import { itemsOf } from './items.ts'
import type { Preparation } from './preparation.ts'
import { type PreparedItems, prepareItems } from './prepare-items.ts'

const gap = Number.NaN

const asRows: Preparation = {
  columns: ['a', 'b'],
  width: 2,
  missing: { rule: 'refuse' },
  lengths: { rule: 'refuse' },
  window: null,
  normaliser: { kind: 'none' },
}
const asSeries: Preparation = { ...asRows, columns: null, width: 3, normaliser: { kind: 'series' } }

const listed = ({ rows: { values, count, length } }: PreparedItems) =>
  Array.from({ length: count }, (_, i) => [...values.subarray(i * length, (i + 1) * length)])

const prepared = (preparation: Preparation, rows: number[][]) =>
  prepareItems(preparation, itemsOf(parsedSamples(rows), null))

describe('prepareItems', () => {
  it('gives the numbers of the file themselves where nothing is to be done', () => {
    const samples = parsedSamples([
      [1, 2],
      [3, 4],
    ])
    const items = itemsOf(samples, null)
    const result = prepareItems(asRows, items)
    expect(result.rows.values).toBe(samples.values)
    expect([...result.items]).toEqual([0, 1])
  })

  it('fills columns with what the training part had, and counts them', () => {
    const result = prepared({ ...asRows, missing: { rule: 'mean', fill: [7, 8] } }, [
      [gap, 2],
      [1, gap],
      [gap, gap],
    ])
    expect(listed(result)).toEqual([
      [7, 2],
      [1, 8],
      [7, 8],
    ])
    expect(result.filled).toBe(4)
    expect(result.unusable).toEqual([])
  })

  it('fills a series from itself', () => {
    const rows = [[1, gap, 5]]
    expect(listed(prepared({ ...asSeries, missing: { rule: 'interpolate' } }, rows))).toEqual([[1, 3, 5]])
    expect(listed(prepared({ ...asSeries, missing: { rule: 'median', fill: [] } }, rows))).toEqual([
      [1, 3, 5],
    ])
  })

  it('marks rows that cannot be used with the reason, and goes on', () => {
    const result = prepared(asSeries, [
      [1, 2, 3],
      [5, 5, 5],
      [gap, gap, 1],
      [0.1 + 0.2, 0.3, 0.3],
      [1, Number.POSITIVE_INFINITY, 2],
      [1e200, -1e200, 0],
      [4, 5, 7],
    ])
    expect([...result.items]).toEqual([0, 6])
    expect(listed(result)).toEqual([
      [1, 2, 3],
      [4, 5, 7],
    ])
    expect(result.unusable).toEqual([
      { item: 1, reason: 'expected a series that varies, got 3 values all equal to 5' },
      { item: 2, reason: '2 missing values, the first in column 0' },
      {
        item: 3,
        reason: 'expected a series that varies, got 3 values equal to 0.30000000000000004 but for rounding',
      },
      { item: 4, reason: 'Infinity in column 1' },
      {
        item: 5,
        reason: 'expected a series that varies, got values too large to be squared, such as 1e+200',
      },
    ])
  })

  it('marks a number that float32 would make infinite once it is normalised', () => {
    const columns: Preparation = {
      ...asRows,
      normaliser: { kind: 'columns', means: [0, 0], deviations: [1, 1e10] },
    }
    const result = prepared(columns, [
      [1, 1e39],
      [1e39, 1],
    ])
    expect([...result.items]).toEqual([0])
    expect(result.unusable).toEqual([
      { item: 1, reason: '1e+39 in column a is too large for float32 once it is normalised' },
    ])
  })

  it('fills windows along time, and each value counts once', () => {
    const preparation: Preparation = {
      ...asRows,
      columns: ['a'],
      width: 1,
      missing: { rule: 'interpolate' },
      window: { length: 3, stride: 1 },
    }
    const samples = parsedSamples([[0], [gap], [4], [6]], { time: timesOf([0, 1, 2, 3]) })
    const result = prepareItems(preparation, itemsOf(samples, preparation.window, 'interpolate'))
    expect(listed(result)).toEqual([
      [0, 2, 4],
      [2, 4, 6],
    ])
    expect(result.filled).toBe(1)
    const uneven = parsedSamples([[0], [gap], [4], [6]], { time: timesOf([0, 1, 4, 6]) })
    expect(listed(prepareItems(preparation, itemsOf(uneven, preparation.window)))).toEqual([
      [0, 1, 4],
      [1, 4, 6],
    ])
  })

  it('leaves the windows of a missing value out under drop, with its column', () => {
    const preparation: Preparation = {
      ...asRows,
      missing: { rule: 'drop' },
      window: { length: 2, stride: 1 },
    }
    const samples = parsedSamples([
      [0, 1],
      [2, gap],
      [4, 5],
      [6, 7],
    ])
    const result = prepareItems(preparation, itemsOf(samples, preparation.window))
    expect([...result.items]).toEqual([2])
    const reason = '1 missing value, the first in column b'
    expect(result.unusable).toEqual([
      { item: 0, reason },
      { item: 1, reason },
    ])
  })

  it('takes series of another length where a rule says what becomes of them', () => {
    const padded: Preparation = { ...asSeries, lengths: { rule: 'pad', length: 3 } }
    const result = prepared(padded, [
      [1, 3, gap, gap],
      [1, 2, 3, 4],
      [gap, gap, gap, gap],
    ])
    expect(listed(result)).toEqual([[1, 3, 2]])
    expect(result.unusable).toEqual([
      { item: 1, reason: 'too long: 4 values, expected at most 3' },
      { item: 2, reason: 'no value' },
    ])
  })

  it('gives batches what it gives all at once', () => {
    const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }) }, fc.constant(gap))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: 4, maxLength: 20 }),
        fc.constantFrom<Preparation>(
          asSeries,
          { ...asSeries, missing: { rule: 'interpolate' } },
          { ...asSeries, missing: { rule: 'median', fill: [] } },
          { ...asSeries, lengths: { rule: 'stretch', length: 5 }, missing: { rule: 'mean', fill: [] } },
          { ...asSeries, missing: { rule: 'mean', fill: [1, 2, 3] }, normaliser: { kind: 'none' } },
          { ...asSeries, missing: { rule: 'interpolate' }, window: { length: 2, stride: 1 } },
        ),
        (rows, preparation) => {
          const items = itemsOf(parsedSamples(rows), preparation.window)
          const whole = prepareItems(preparation, items)
          const all = [...items.starts.keys()]
          const parts = [all.slice(0, 2), all.slice(2)].map((part) =>
            prepareItems(preparation, items, Int32Array.from(part)),
          )
          expect(parts.flatMap(listed)).toEqual(listed(whole))
          expect(parts.flatMap((part) => [...part.items])).toEqual([...whole.items])
          expect(parts.flatMap((part) => part.unusable)).toEqual(whole.unusable)
        },
      ),
    )
  })

  it('says what does not fit', () => {
    const items = itemsOf(parsedSamples([[1, 2, 3]]), null)
    expect(() => prepareItems(asRows, items)).toThrow(
      'prepareItems: expected rows of 2 numbers, got rows of 3',
    )
    expect(() => prepareItems({ ...asRows, window: { length: 4, stride: 1 } }, items)).toThrow(
      'prepareItems: expected windows of 4 rows, got rows',
    )
    expect(() => prepareItems(asSeries, items, Int32Array.of(1))).toThrow(
      'which: expected items below 1, got 1',
    )
    const windows = itemsOf(parsedSamples([[1], [2]]), { length: 2, stride: 1 })
    expect(() => prepareItems(asSeries, windows)).toThrow('prepareItems: expected rows, got windows of 2')
  })
})
