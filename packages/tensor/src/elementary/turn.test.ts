import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosine, sine } from './turn.ts'

/** Of two numbers of at most 1, each rounded with an error below a unit in its last place. */
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(2 ** -52)

describe.each([
  ['sine', sine, Math.sin],
  ['cosine', cosine, Math.cos],
])('%s', (name, ours, theirs) => {
  it.each([7, 1000, 1647099])(
    'agrees with Math to a unit in the last place of 1 up to angles of %d',
    (most) => {
      fc.assert(
        fc.property(fc.double({ min: -most, max: most, noNaN: true }), (x) => {
          near(ours(x), theirs(x))
        }),
        { numRuns: 1000 },
      )
    },
  )

  it('keeps its relative accuracy beside a root, where two parts of π/2 would not do', () => {
    for (const quarters of [1, 2, 3, 4, 710, 1048575]) {
      const angle = (quarters * Math.PI) / 2
      if (Math.abs(theirs(angle)) > 0.5) continue
      expect(Math.abs(ours(angle) / theirs(angle) - 1)).toBeLessThan(1e-14)
    }
  })

  it('refuses angles whose quarters it cannot take off exactly', () => {
    for (const angle of [1647100, -1e300, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(() => ours(angle)).toThrow(`${name}: expected an angle of at most 1647099 radians, got ${angle}`)
    }
  })
})

it('is exact at whole quarters that are numbers, and at 0', () => {
  expect([sine(0), cosine(0)]).toEqual([0, 1])
  expect([sine(Math.PI / 2), cosine(Math.PI)]).toEqual([1, -1])
})

it('gives these bits, on whatever engine it runs', () => {
  const bits = (x: number) => new BigUint64Array(Float64Array.of(x).buffer)[0].toString(16)
  expect([1, 2.5, -40].map((x) => [bits(sine(x)), bits(cosine(x))])).toEqual([
    ['3feaed548f090cee', '3fe14a280fb5068c'],
    ['3fe326af0dcfcab0', 'bfe9a2f7ef858b7d'],
    ['bfe7d7f78e027f00', 'bfe5578e7d68218f'],
  ])
})
