import { expect, it } from 'vitest'
import { Curve } from './curve.ts'

const rows = (from: number, to: number) =>
  Float64Array.from(
    Array.from({ length: to - from }, (_, i) => [from + i, 10 * (from + i), 20 * (from + i), 2]).flat(),
  )

it('keeps what it is given', () => {
  const curve = new Curve()
  curve.add(rows(0, 3))
  expect(curve.length).toBe(3)
  expect([0, 1, 2, 3].map((column) => curve.at(2, column))).toEqual([2, 20, 40, 2])
})

it('covers a long run evenly, from its first point, in bounded room', () => {
  const curve = new Curve()
  for (let at = 0; at < 100_000; at += 100) curve.add(rows(at, at + 100))
  expect(curve.length).toBeLessThanOrEqual(2048)
  expect(curve.length).toBeGreaterThan(1024)
  const steps = Array.from({ length: curve.length }, (_, i) => curve.at(i, 0))
  expect(steps[0]).toBe(0)
  const strides = new Set(steps.slice(1).map((step, i) => step - steps[i]))
  expect([...strides]).toEqual([64])
  expect(100_000 - steps.at(-1)!).toBeLessThanOrEqual(64)
})

it('is empty when it was cleared', () => {
  const curve = new Curve()
  curve.add(rows(0, 5000))
  curve.clear()
  curve.add(rows(7, 8))
  expect([curve.length, curve.at(0, 0)]).toEqual([1, 7])
})
