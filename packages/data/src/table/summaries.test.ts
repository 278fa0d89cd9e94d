import { describe, expect, it } from 'vitest'
import { summariseColumns } from './summaries.ts'

const oneColumn = (values: readonly number[], columns: readonly string[] | null = ['x']) =>
  summariseColumns({ values: Float64Array.from(values), count: values.length, length: 1, columns })[0]

describe('summaries of columns', () => {
  it('have the range and the number of missing values of each column', () => {
    const values = Float64Array.of(3, -1, Number.NaN, 5, 1, 2)
    expect(summariseColumns({ values, count: 3, length: 2, columns: null })).toEqual([
      { name: 'column 1', low: 1, high: 3, missing: 1, oddities: [] },
      { name: 'column 2', low: -1, high: 5, missing: 0, oddities: [] },
    ])
  })

  it.each([
    ['all values are missing', [Number.NaN, Number.NaN], ['empty']],
    ['all values are equal', [7, 7, 7], ['constant']],
    ['all values but missing ones are equal', [7, Number.NaN, 7], ['constant']],
    ['values differ in the seventh digit', [7, 7.000001, 6.999999], ['nearly constant']],
    ['an offset is large', [2e9, 2e9 + 40, 2e9 + 20], ['nearly constant']],
    ['values count the rows', [0, 1, 2, 3, 4, 5], ['counting']],
    ['rows were left out', [3, 4, 9, 11, 40], ['counting']],
    ['times go in equal steps', [0.1, 0.2, 0.3, 0.4, 0.5], ['counting']],
    ['values grow in other steps', [0.1, 0.2, 0.4, 0.5, 0.9], []],
    ['four numbers grow', [1, 2, 3, 4], []],
    ['values fall back', [0, 1, 2, 0, 1, 2], []],
    ['zeros are among small values', [0, 1e-9, 0], []],
    ['there is one row', [5], []],
  ])('say where %s', (_, values, oddities) => {
    expect(oneColumn(values).oddities).toEqual(oddities)
  })

  it('see numbers that stand for a missing one, and not large ones that are like the others', () => {
    const odditiesOf = (...values: number[]) =>
      summariseColumns({
        values: Float64Array.from(values),
        count: values.length,
        length: 1,
        columns: null,
      })[0].oddities
    expect(odditiesOf(3, 1, -9999, 2, -9999, 4)).toEqual(['placeholder'])
    expect(odditiesOf(3, 1, 999, 2, 4)).toEqual(['placeholder'])
    expect(odditiesOf(3, 0, 1, -32768, 2)).toEqual(['placeholder'])
    expect(odditiesOf(900, 700, 999, 1010, 650)).toEqual([])
    expect(odditiesOf(3, 1, -9000, 2)).toEqual([])
    expect(odditiesOf(999, 999, 0, 0)).toEqual([])
  })

  it('say that a header has no name, which pandas calls Unnamed: 0', () => {
    for (const name of ['', 'Unnamed: 0', 'Unnamed: 12'])
      expect(oneColumn([1, 5, 2], [name]).oddities).toEqual(['unnamed'])
    expect(oneColumn([1, 5, 2], ['']).name).toBe('column 1')
    expect(oneColumn([1, 5, 2], null).oddities).toEqual([])
  })
})
