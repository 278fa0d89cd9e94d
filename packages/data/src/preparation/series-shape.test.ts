import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Preparation } from './preparation.ts'
import { shapeSeries } from './series-shape.ts'

const gap = Number.NaN
type Rules = Pick<Preparation, 'missing' | 'lengths'>
const refuse: Preparation['missing'] = { rule: 'refuse' }

function shaped(row: readonly number[], rules: Rules): readonly number[] | string {
  const length = rules.lengths.rule === 'refuse' ? row.length : rules.lengths.length
  const out = new Float64Array(length).fill(99)
  const said = shapeSeries(Float64Array.from(row), rules, out)
  return typeof said === 'string' ? said : [...out]
}

const by = (
  rule: 'pad' | 'cut' | 'stretch',
  length: number,
  missing: Preparation['missing'] = refuse,
): Rules => ({
  missing,
  lengths: { rule, length },
})

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 })

describe('shapeSeries', () => {
  it('pads with the mean of the series', () => {
    expect(shaped([1, 3, gap, gap], by('pad', 4))).toEqual([1, 3, 2, 2])
    expect(shaped([1, 3, 5, 7, 9], by('pad', 4))).toBe('too long: 5 values, expected at most 4')
  })

  it('cuts at the end', () => {
    expect(shaped([1, 3, 5, 7], by('cut', 2))).toEqual([1, 3])
    expect(shaped([1, gap, gap], by('cut', 2))).toBe('too short: 1 value, expected at least 2')
  })

  it('stretches in straight lines, ends on ends', () => {
    expect(shaped([0, 4, gap], by('stretch', 5))).toEqual([0, 1, 2, 3, 4])
    expect(shaped([0, 1, 2, 3, 4], by('stretch', 3))).toEqual([0, 2, 4])
    expect(shaped([3, gap], by('stretch', 3))).toBe('too short: 1 value, expected at least 2')
  })

  it('has no series of no value', () => {
    for (const rule of ['pad', 'cut', 'stretch'] as const) {
      expect(shaped([gap, gap], by(rule, 2))).toBe('no value')
    }
  })

  it('fills what is missing within before it changes the length, and leaves the end alone', () => {
    expect(shaped([1, gap, 3, gap], by('pad', 4, { rule: 'interpolate' }))).toEqual([1, 2, 3, 2])
    expect(shaped([1, gap, 9, gap], by('cut', 3, { rule: 'mean', fill: [] }))).toEqual([1, 5, 9])
    expect(
      shaped([1, gap, 2, 9], { missing: { rule: 'median', fill: [] }, lengths: { rule: 'refuse' } }),
    ).toEqual([1, 2, 2, 9])
    expect(shaped([1, gap, 2], by('pad', 3, { rule: 'drop' }))).toEqual([1, gap, 2])
  })

  it('leaves a series of the length asked for as it is', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('pad' as const, 'cut' as const, 'stretch' as const),
        (series, rule) => {
          expect(shaped(series, by(rule, series.length))).toEqual(series)
        },
      ),
    )
  })

  it('stretched to a multiple of its steps and back is the series', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 8 }), (series, times) => {
        const longer = shaped(series, by('stretch', (series.length - 1) * times + 1)) as number[]
        const back = shaped(longer, by('stretch', series.length)) as number[]
        series.forEach((value, k) => void expect(back[k]).toBeCloseTo(value, 10))
      }),
    )
  })

  it('pads without moving the mean', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 10 }), (series, more) => {
        const padded = shaped(series, by('pad', series.length + more)) as number[]
        const mean = (row: readonly number[]) => row.reduce((sum, value) => sum + value, 0) / row.length
        expect(mean(padded)).toBeCloseTo(mean(series), 10)
        expect(padded.slice(0, series.length)).toEqual(series)
      }),
    )
  })
})
