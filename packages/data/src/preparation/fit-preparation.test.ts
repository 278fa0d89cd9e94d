import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseRows } from '../normaliser.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { parsedSamples, timesOf } from '../testing/parsed-samples.ts'
import { checkPreparation } from './check-preparation.ts'
import { fitPreparation } from './fit-preparation.ts'
import { itemsOf } from './items.ts'
import type { PreparationOptions } from './preparation.ts'
import { prepareItems } from './prepare-items.ts'

const gap = Number.NaN
const upTo = (count: number) => Int32Array.from({ length: count }, (_, i) => i)

/** Fitted on all items, or on those named. */
function fit(samples: ParsedSamples, options: PreparationOptions, train?: readonly number[]) {
  const items = itemsOf(samples, options.window ?? null, options.missing)
  const trained = train === undefined ? upTo(items.rows.count) : Int32Array.from(train)
  return { items, preparation: fitPreparation(samples, items, trained, options) }
}

const table = (rows: number[][], facts = {}) => parsedSamples(rows, { columns: ['a', 'b'], ...facts })

describe('fitPreparation', () => {
  it('counts missing values by column under refuse, and says what else there is', () => {
    const samples = table([
      [1, gap],
      [gap, gap],
    ])
    expect(() => fit(samples, { normalise: 'columns' })).toThrow(
      'fitPreparation: missing: refuse: expected none, got 3 missing values: 1 in column a, 2 in column b; drop, mean or median ' +
        'say what becomes of them',
    )
  })

  it('takes the mean or median of a column of the training part alone, and normalises what was filled', () => {
    const samples = table([
      [1, 10],
      [2, gap],
      [6, 30],
      [100, 100],
    ])
    const { preparation } = fit(samples, { normalise: 'columns', missing: 'mean' }, [0, 1, 2])
    expect(preparation).toEqual({
      columns: ['a', 'b'],
      width: 2,
      missing: { rule: 'mean', fill: [3, 20] },
      lengths: { rule: 'refuse' },
      window: null,
      // b: 10, 20, 30
      normaliser: { kind: 'columns', means: [3, 20], deviations: [Math.sqrt(7), 10] },
    })
    expect(fit(samples, { normalise: 'none', missing: 'median' }, [0, 1, 2]).preparation.missing).toEqual({
      rule: 'median',
      fill: [2, 20],
    })
  })

  it('names a column that the training part has no value of', () => {
    const samples = table([
      [1, gap],
      [2, gap],
      [3, 5],
    ])
    expect(() => fit(samples, { normalise: 'columns', missing: 'median' }, [0, 1])).toThrow(
      'fitPreparation: missing: median: column b: expected a value in the training part, got none',
    )
  })

  it('leaves rows with a missing value out under drop, and says where none is left', () => {
    const samples = table([
      [1, 2],
      [gap, 50],
      [3, 6],
    ])
    const { preparation } = fit(samples, { normalise: 'range', missing: 'drop' })
    expect(preparation.normaliser).toEqual({ kind: 'range', low: 1, high: 6 })
    expect(() => fit(samples, { normalise: 'range', missing: 'drop' }, [1])).toThrow(
      'expected training items that can be used, got none of 1; the first: 1 missing value, the first in column a',
    )
  })

  it('says where each training series is flat', () => {
    const flat = parsedSamples([
      [7, 7, 7],
      [1, 2, 3],
    ])
    expect(() => fit(flat, { normalise: 'series' }, [0])).toThrow(
      'expected training items that can be used, got none of 1; the first: expected a series that varies, got 3 values all equal to 7',
    )
    expect(fit(flat, { normalise: 'series' }).preparation.normaliser).toEqual({ kind: 'series' })
  })

  it('counts a row in the mean once, however many windows it lies in', () => {
    const samples = parsedSamples([[0], [10], [20], [30]], { columns: ['a'] })
    const { preparation } = fit(samples, { normalise: 'columns', window: { length: 2, stride: 1 } })
    const deviation = Math.sqrt(500 / 3)
    expect(preparation.normaliser).toEqual({
      kind: 'columns',
      means: [15, 15],
      deviations: [deviation, deviation],
    })
  })

  it('takes the length of series from all of the file', () => {
    const samples = parsedSamples([
      [1, 2, gap, gap],
      [1, 2, 3, gap],
      [gap, gap, gap, gap],
    ])
    const lengthOf = (lengths: 'pad' | 'cut' | 'stretch') =>
      fit(samples, { normalise: 'series', lengths }, [0]).preparation.lengths
    expect(lengthOf('pad')).toEqual({ rule: 'pad', length: 3 })
    expect(lengthOf('cut')).toEqual({ rule: 'cut', length: 2 })
    expect(lengthOf('stretch')).toEqual({ rule: 'stretch', length: 3 })
    // Inside of a series a value is missing, at its end none.
    expect(() => fit(parsedSamples([[1, gap, 3, gap]]), { normalise: 'series', lengths: 'pad' })).toThrow(
      'got 1 missing value: 1 in column 1',
    )
  })

  it('says which rules do not fit', () => {
    const samples = table([
      [1, 2],
      [3, 5],
    ])
    expect(() => fit(samples, { normalise: 'columns', missing: 'interpolate' })).toThrow(
      'missing: interpolate: rows of a table have no order; expected a window, or mean or median',
    )
    expect(() => fit(samples, { normalise: 'columns', lengths: 'pad' })).toThrow(
      'lengths: pad: expected rows that are series, got rows of a table',
    )
    expect(() =>
      fit(samples, { normalise: 'none', lengths: 'cut', window: { length: 2, stride: 1 } }),
    ).toThrow('lengths: cut: expected rows that are series, got windows')
    expect(() => fit(samples, { normalise: 'rows' as 'none' })).toThrow(
      "fitPreparation: normalise: expected one of none, series, columns, range, got 'rows'",
    )
    expect(() => fit(samples, { normalise: 'none', missing: 'zero' as 'drop' })).toThrow(
      'missing: expected one of refuse, drop, mean, median, interpolate',
    )
  })

  it.each([
    ['2,000,000,000 + 0 … 49', 2e9, 1],
    ['Unix time in ms', 1_700_000_000_000, 1],
    ['UTM northings', 5_800_000, 0.001],
    ['nanoseconds since 1970, 1 ms apart', 1.7e18, 1e6],
  ])('gives %s the inputs of 0 … 49', (_, offset, step) => {
    const inputs = (rows: number[][], normalise: 'columns' | 'series') => {
      const { items, preparation } = fit(parsedSamples(rows), { normalise })
      return normaliseRows(preparation.normaliser, prepareItems(preparation, items).rows)
    }
    const counting = Array.from({ length: 50 }, (_, i) => i)
    const far = counting.map((i) => offset + step * i)
    // One unit in the last place of the offset is this share of the deviation of 0 … 49, 14.6 steps.
    const tolerance = Math.max(1e-6, (offset * 2 ** -52) / (14 * step))
    for (const [normalise, rowsOf] of [
      ['columns', (values: number[]) => values.map((value) => [value])],
      ['series', (values: number[]) => [values]],
    ] as const) {
      const found = inputs(rowsOf(far), normalise)
      inputs(rowsOf(counting), normalise).forEach(
        (value, i) => void expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(tolerance),
      )
    }
  })

  it('what it makes is read back from JSON as it was, and prepares the same', () => {
    const value = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -99, max: 99 }) }, fc.constant(gap))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 6, maxLength: 20 }),
        fc.constantFrom('none' as const, 'series' as const, 'columns' as const, 'range' as const),
        fc.constantFrom('drop' as const, 'mean' as const, 'median' as const, 'interpolate' as const),
        fc.constantFrom('refuse' as const, 'pad' as const, 'cut' as const, 'stretch' as const),
        fc.constantFrom(null, { length: 3, stride: 2 }),
        (rows, normalise, missing, lengths, window) => {
          const samples = parsedSamples(rows, { time: timesOf(rows.map((_, i) => i)) })
          let fitted: ReturnType<typeof fit>
          try {
            fitted = fit(samples, { normalise, missing, lengths, window })
          } catch (error) {
            expect((error as Error).message).toMatch(/^fitPreparation: .*expected/)
            return
          }
          const { preparation, items } = fitted
          const stored = checkPreparation(JSON.parse(JSON.stringify(preparation)))
          expect(stored).toEqual(preparation)
          const prepared = prepareItems(preparation, items)
          expect(prepareItems(stored, items)).toEqual(prepared)
          // Each item is either prepared or told.
          expect(prepared.rows.count + prepared.unusable.length).toBe(items.rows.count)
          const inputs = normaliseRows(stored.normaliser, prepared.rows)
          expect(inputs.every(Number.isFinite)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})
