import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectSample, RowChoice } from './row-choice.ts'

/** The rows that are left in slots when `n` went by, slot by slot written as a table would. */
function kept(n: number, count: number, seed: number | string): number[] {
  const choice = new RowChoice({ count, seed })
  const slots: number[] = []
  for (let row = 0; row < n; row++) {
    const slot = choice.next()
    if (slot >= 0) slots[slot] = row
  }
  const result = choice.result()
  if (result === null) return slots
  const rows = [...result.rows]
  expect(Array.from(result.slots, (slot) => slots[slot])).toEqual(rows)
  return rows
}

describe('RowChoice', () => {
  it('keeps as many rows as asked for, each once, in the order of the file', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (n, count, seed) => {
          const rows = kept(n, count, seed)
          expect(rows).toHaveLength(Math.min(n, count))
          expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b))
          expect(rows.every((row) => row >= 0 && row < n)).toBe(true)
        },
      ),
    )
  })

  it('keeps those of smallest priority: one slot more adds one row and takes none away', () => {
    for (let count = 1; count < 40; count++) {
      const more = new Set(kept(700, count + 1, 'a'))
      const fewer = kept(700, count, 'a')
      expect(fewer.filter((row) => !more.has(row))).toEqual([])
    }
  })

  it('keeps all rows where there are no more than asked for, and says so', () => {
    const choice = new RowChoice({ count: 3, seed: 0 })
    expect([choice.next(), choice.next(), choice.next()]).toEqual([0, 1, 2])
    expect(choice.result()).toBeNull()
  })

  it('keeps any row as likely as another, and others by another seed', () => {
    const times = new Float64Array(50)
    for (let seed = 0; seed < 1000; seed++) for (const row of kept(50, 10, seed)) times[row]++
    // 1000 draws of probability 0.2: standard deviation 12.6; 4.5 of them for 50 rows.
    expect(Math.max(...times)).toBeLessThan(200 + 57)
    expect(Math.min(...times)).toBeGreaterThan(200 - 57)
    expect(kept(50, 10, 0)).not.toEqual(kept(50, 10, 1))
  })

  it('costs nothing until there are more rows than slots', () => {
    const choice = new RowChoice({ count: 1e9, seed: 0 })
    expect(choice.next()).toBe(0)
    expect(choice.result()).toBeNull()
  })
})

describe('expectSample', () => {
  it('refuses what is no sub-sample', () => {
    const check = (sample: unknown) => () => expectSample('load', sample as { count: number; seed: number })
    expect(check(undefined)).not.toThrow()
    expect(check({ count: 0, seed: 0 })).toThrow(
      'load: sample.count: expected an integer of at least 1, got 0',
    )
    expect(check({ count: 5, sead: 0 })).toThrow("load: sample: unknown option 'sead'; did you mean 'seed'?")
    expect(check({ count: 5 })).toThrow(/expected/)
    expect(check(100)).toThrow('load: sample: expected options { count, seed }, got 100')
  })
})
