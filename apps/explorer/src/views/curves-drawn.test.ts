import { expect, test } from 'vitest'
import { Curve } from '../session/curve.ts'
import { drawCurves, seriesOf } from './curves-drawn.ts'
import { RegionCounts } from './curves-regions.ts'

function drawn(size: { width: number; height: number }) {
  const curve = new Curve()
  for (let step = 0; step <= 100; step++)
    curve.add(Float64Array.of(step, step === 0 ? Number.NaN : 1 / step, 2 / (step + 1), 96))
  return drawCurves(seriesOf(curve, new RegionCounts()), 100, size)
}

test('both panels lie one above the other and share their steps', () => {
  const { upper, lower, x, errors, counts } = drawn({ width: 400, height: 240 })
  expect([upper.left, upper.right]).toEqual([lower.left, lower.right])
  expect(upper.bottom).toBeLessThan(lower.top)
  expect(lower.bottom).toBeLessThan(240)
  expect([x(0), x(100)]).toEqual([upper.left, upper.right])
  expect(errors.lines.map(({ name }) => name)).toEqual(['loss', 'validation'])
  // The loss is not known before the first step.
  expect(errors.lines[0].path).toMatch(new RegExp(`^M${x(1).toFixed(3).replace(/0+$/, '')}`))
  expect(counts.lines.map(({ path }) => path === '')).toEqual([false, true])
})

test('every tick lies in its panel, and wide pictures have more steps', () => {
  const { upper, errors, steps } = drawn({ width: 400, height: 240 })
  for (const { at } of errors.ticks) {
    expect(at).toBeGreaterThanOrEqual(upper.top)
    expect(at).toBeLessThanOrEqual(upper.bottom)
  }
  expect(drawn({ width: 1000, height: 240 }).steps.length).toBeGreaterThan(steps.length)
})

test('before a size is known there is something to draw all the same', () => {
  const { upper, lower, x } = drawn({ width: 0, height: 0 })
  expect(upper.bottom).toBeGreaterThan(upper.top)
  expect(lower.bottom).toBeGreaterThan(lower.top)
  expect(Number.isFinite(x(50))).toBe(true)
})
