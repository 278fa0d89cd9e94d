import { init, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { syntheticControl } from './synthetic-control.ts'

beforeAll(() => init())

const rowsOf = (x: Tensor) => x.toArray() as number[][]
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

describe('syntheticControl', () => {
  let classes: number[][][]
  beforeAll(() => {
    const { test, testLabels } = syntheticControl({ test: 1800 })
    classes = [1, 2, 3, 4, 5, 6].map((label) => rowsOf(test).filter((_, i) => testLabels[i] === label))
  })
  const classMean = (label: number) =>
    classes[label - 1][0].map((_, t) => average(classes[label - 1].map((row) => row[t])))

  it('has the sizes of the UCR archive, 50 series of each class in either part', () => {
    const { train, test, trainLabels, testLabels } = syntheticControl()
    expect([train.shape, test.shape]).toEqual([
      [300, 60],
      [300, 60],
    ])
    for (const labels of [trainLabels, testLabels]) {
      expect([1, 2, 3, 4, 5, 6].map((c) => labels.filter((l) => l === c).length)).toEqual([
        50, 50, 50, 50, 50, 50,
      ])
    }
  })

  it('is z-normalised with the sample standard deviation', () => {
    for (const row of rowsOf(syntheticControl({ dtype: 'float64', train: 12, test: 1 }).train)) {
      expect(average(row)).toBeCloseTo(0, 12)
      expect(row.reduce((sum, v) => sum + v * v, 0) / 59).toBeCloseTo(1, 12)
    }
  })

  it('draws uniform noise: the normal class has a kurtosis near 1.8', () => {
    const values = classes[0].flat()
    const kurtosis = average(values.map((v) => v ** 4)) / average(values.map((v) => v ** 2)) ** 2
    expect(kurtosis).toBeGreaterThan(1.8)
    expect(kurtosis).toBeLessThan(1.9)
  })

  it('starts every cycle at phase 0 with a period between 10 and 15', () => {
    const mean = classMean(2)
    expect(Math.abs(mean[0])).toBeLessThan(0.1)
    expect(mean[3]).toBeGreaterThan(1)
    expect(mean[9]).toBeLessThan(-1)
  })

  it('lets trends rise in class 3 and fall in class 4', () => {
    const slope = (label: number) =>
      average(classMean(label).slice(50)) - average(classMean(label).slice(0, 10))
    expect(slope(3)).toBeGreaterThan(2)
    expect(slope(4)).toBeLessThan(-2)
  })

  it('shifts classes 5 and 6 in the middle third only', () => {
    for (const [label, sign] of [
      [5, 1],
      [6, -1],
    ]) {
      const mean = classMean(label).map((v) => v * sign)
      expect(Math.max(...mean.slice(0, 20))).toBeLessThan(-0.7)
      expect(Math.min(...mean.slice(41))).toBeGreaterThan(0.7)
      expect(mean[30]).toBeGreaterThan(-0.4)
      expect(mean[30]).toBeLessThan(0.4)
    }
  })

  it('depends on the seed and on nothing else', () => {
    const train = (seed: number, test: number) => rowsOf(syntheticControl({ seed, train: 12, test }).train)
    expect(train(0, 1)).toEqual(train(0, 7))
    expect(train(0, 1)).not.toEqual(train(1, 1))
  })

  it('refuses sizes that are no positive integers', () => {
    expect(() => syntheticControl({ train: -1 })).toThrow(
      'syntheticControl: train: expected an integer of at least 1, got -1',
    )
  })
})
