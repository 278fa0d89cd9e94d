import { expect, test } from 'vitest'
import {
  type Area,
  countScale,
  countTicks,
  errorScale,
  errorTicks,
  pathOf,
  type Series,
  stepScale,
  valueAt,
} from './curves-plot.ts'

const area: Area = { left: 50, right: 350, top: 10, bottom: 110 }

const seriesOf = (values: readonly number[], stride = 1): Series => ({
  length: values.length,
  stepOf: (i) => i * stride,
  valueOf: (i) => values[i],
})

test('steps begin at the left edge and end at the right one', () => {
  const x = stepScale(200, area)
  expect([0, 100, 200].map((step) => x(step))).toEqual([50, 200, 350])
  expect(stepScale(0, area)(0)).toBe(50)
})

test('errors lie on an axis of powers of 10, on which all of them are', () => {
  const y = errorScale([seriesOf([1, 0.1]), seriesOf([0.5, 0.001, Number.NaN, 0])], area)
  expect(y(1)).toBeGreaterThan(10)
  expect(y(0.001)).toBeLessThan(110)
  expect(y(0.1) - y(1)).toBeCloseTo(y(0.01) - y(0.1), 10)
  expect(errorTicks(y).map(({ text }) => text)).toEqual(['0.001', '0.01', '0.1', '1'])
})

test('an axis of many powers has a few of them, one without two powers has numbers between', () => {
  const texts = (values: readonly number[]) =>
    errorTicks(errorScale([seriesOf(values)], area)).map(({ text }) => text)
  expect(texts([1e-9, 1]).length).toBeLessThanOrEqual(5)
  expect(texts([0.21, 0.78])).toEqual(['0.2', '0.4', '0.6', '0.8'])
  expect(texts([]).length).toBeGreaterThan(0)
})

test('counts begin at 0 and have whole ticks', () => {
  const y = countScale(seriesOf([3, 1]), area)
  expect(y(0)).toBe(110)
  expect(y(3)).toBeGreaterThan(10)
  expect(countTicks(y, 8).map(({ text }) => text)).toEqual(['0', '1', '2', '3'])
})

test('a path goes through the points, and of a long run has a few hundred of them', () => {
  const y = countScale(seriesOf([0, 100]), area)
  expect(pathOf(seriesOf([0, 100]), stepScale(1, area), y)).toMatch(/^M50,110L350,14\.76/)
  const long = seriesOf(Array.from({ length: 2000 }, (_, i) => Math.abs(Math.sin(i)) * 100))
  const points = pathOf(long, stepScale(1999, area), y).split('L').length
  expect(points).toBeGreaterThan(600)
  expect(points).toBeLessThanOrEqual(4 * 301)
  expect(pathOf(seriesOf([]), stepScale(1, area), y)).toBe('')
})

test('the value at a step is that of the last point up to it', () => {
  const series = seriesOf([5, 6, 7], 10)
  expect([-1, 0, 9, 10, 25, 1e6].map((step) => valueAt(series, step))).toEqual([null, 5, 5, 6, 7, 7])
})
