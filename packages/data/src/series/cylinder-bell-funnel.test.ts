import { init, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { cylinderBellFunnel } from './cylinder-bell-funnel.ts'

beforeAll(() => init())

const rowsOf = (x: Tensor) => x.toArray() as number[][]

/** The mean over the series of a class, value by value. */
function classMean(rows: number[][], labels: Int32Array, label: number): number[] {
  const chosen = rows.filter((_, i) => labels[i] === label)
  return chosen[0].map((_, t) => chosen.reduce((sum, row) => sum + row[t], 0) / chosen.length)
}

const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

describe('cylinderBellFunnel', () => {
  it('has the sizes of the UCR archive', () => {
    const { train, test, trainLabels, testLabels } = cylinderBellFunnel()
    expect([train.shape, test.shape]).toEqual([
      [30, 128],
      [900, 128],
    ])
    expect([trainLabels.length, testLabels.length]).toEqual([30, 900])
    expect(train.dtype).toBe('float32')
  })

  it('has equally many series of each class, in no order', () => {
    const { testLabels } = cylinderBellFunnel()
    expect([1, 2, 3].map((label) => testLabels.filter((l) => l === label).length)).toEqual([300, 300, 300])
    expect([...testLabels.slice(0, 30)]).not.toEqual([...testLabels.slice(0, 30)].sort())
  })

  it('is z-normalised with the sample standard deviation', () => {
    for (const row of rowsOf(cylinderBellFunnel({ dtype: 'float64' }).train)) {
      expect(average(row)).toBeCloseTo(0, 12)
      expect(row.reduce((sum, v) => sum + v * v, 0) / 127).toBeCloseTo(1, 12)
    }
  })

  it('depends on the seed and on nothing else', () => {
    const first = rowsOf(cylinderBellFunnel({ seed: 3, train: 6, test: 3 }).train)
    expect(rowsOf(cylinderBellFunnel({ seed: 3, train: 6, test: 99 }).train)).toEqual(first)
    expect(rowsOf(cylinderBellFunnel({ seed: 4, train: 6, test: 3 }).train)).not.toEqual(first)
  })

  it('draws test series that are not the training series', () => {
    const { train, test } = cylinderBellFunnel({ train: 9, test: 9 })
    expect(
      rowsOf(train)
        .map((row) => row[0])
        .sort(),
    ).not.toEqual(
      rowsOf(test)
        .map((row) => row[0])
        .sort(),
    )
  })

  it('shows flat cylinders, rising bells and falling funnels', () => {
    const { test, testLabels } = cylinderBellFunnel()
    // Every event covers t = 32 … 48: a ≤ 32 and b − a ≥ 32, so b ≥ 48.
    const rise = (label: number) => {
      const mean = classMean(rowsOf(test), testLabels, label)
      return average(mean.slice(44, 48)) - average(mean.slice(32, 36))
    }
    expect(Math.abs(rise(1))).toBeLessThan(0.15)
    expect(rise(2)).toBeGreaterThan(0.4)
    expect(rise(3)).toBeLessThan(-0.4)
  })

  it('is quiet before any onset', () => {
    const { test, testLabels } = cylinderBellFunnel()
    for (const label of [1, 2, 3]) {
      const mean = classMean(rowsOf(test), testLabels, label).slice(0, 15)
      expect(Math.max(...mean) - Math.min(...mean)).toBeLessThan(0.25)
      expect(Math.max(...mean)).toBeLessThan(-0.5)
    }
  })

  it('scales the events with the length', () => {
    expect(cylinderBellFunnel({ length: 9, train: 40, test: 1 }).train.shape).toEqual([40, 9])
  })

  it('refuses sizes that are no positive integers, and lengths too short for an event', () => {
    expect(() => cylinderBellFunnel({ train: 0 })).toThrow(
      'cylinderBellFunnel: train: expected an integer of at least 1, got 0',
    )
    expect(() => cylinderBellFunnel({ test: 2.5 })).toThrow(
      'test: expected an integer of at least 1, got 2.5',
    )
    expect(() => cylinderBellFunnel({ length: 7 })).toThrow(
      'length: expected an integer of at least 8, got 7',
    )
  })

  it('refuses options and dtypes that it does not know', () => {
    expect(() => cylinderBellFunnel({ size: 9 } as object)).toThrow(
      "cylinderBellFunnel: unknown option 'size'; Known: seed, train, test, length, dtype",
    )
    expect(() => cylinderBellFunnel({ dtype: 'int32' as 'float32' })).toThrow(
      "cylinderBellFunnel: dtype: expected one of float32, float64, got 'int32'",
    )
  })
})
