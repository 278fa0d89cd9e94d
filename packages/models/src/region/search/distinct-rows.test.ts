import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DistinctRows } from './distinct-rows.ts'

const someRows = fc.integer({ min: 0, max: 4 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    // Few numbers, so that rows come again.
    rows: fc.array(
      fc.array(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), { minLength: width, maxLength: width }),
      {
        maxLength: 60,
      },
    ),
    others: fc.array(fc.array(fc.constantFrom(0, 1, 2, 2 ** 31), { minLength: width, maxLength: width }), {
      maxLength: 10,
    }),
  }),
)

it('has each row once, in the order of their first places, and finds those and no other', () => {
  fc.assert(
    fc.property(someRows, ({ width, rows, others }) => {
      const distinct = new DistinctRows(Uint32Array.from(rows.flat()), rows.length, width)
      const keys = rows.map((row) => row.join())
      const known = [...new Set(keys)]
      expect(distinct.count).toBe(known.length)
      expect([...distinct.firsts]).toEqual(known.map((row) => keys.indexOf(row)))
      expect([...distinct.words]).toEqual(known.flatMap((row) => rows[keys.indexOf(row)]))
      for (const row of [...rows, ...others])
        expect(distinct.find(Uint32Array.from([7, ...row]), 1)).toBe(known.indexOf(row.join()))
    }),
  )
})

it('tells rows of one hash apart', () => {
  // Among 300,000 rows some have one hash of 32 bits: 10 pairs are to be expected.
  const count = 300_000
  const words = new Uint32Array(2 * count)
  for (let n = 0; n < count; n++) {
    words[2 * n] = Math.imul(n, 0x9e3779b1)
    words[2 * n + 1] = n
  }
  const distinct = new DistinctRows(words, count, 2)
  expect(distinct.count).toBe(count)
  let wrong = 0
  for (let n = 0; n < count; n++) if (distinct.find(words, 2 * n) !== n) wrong++
  expect(wrong).toBe(0)
})
