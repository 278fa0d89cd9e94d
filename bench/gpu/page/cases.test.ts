import { expect, it } from 'vitest'
import { rowOf } from '../../src/work/table.ts'
import { casesOf } from './cases.ts'

it.each([false, true])('has every kind of work once under each name (quick: %s)', (isQuick) => {
  const cases = casesOf(isQuick)
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  const kinds = cases.map(({ work }) => (work.kind === 'step' ? work.objective : work.kind))
  expect(new Set(kinds)).toEqual(
    new Set(['matmul', 'affine', 'elementwise', 'reduction', 'ae', 'lieGroupFirstOrder']),
  )
})

it('can hold every quick case against float64', async () => {
  for (const { work } of casesOf(true)) {
    const expected = await rowOf(work).expected(work)
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.every(Number.isFinite)).toBe(true)
  }
})
