import fc from 'fast-check'
import { expect, test } from 'vitest'
import { structureOf } from '../testing/plane-structure.ts'
import { PackedCodes } from './codes.ts'

/** Two triangles with codes of three groups: of 2 states, of 5, and a single unit. */
const scene = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 40 }))
  .chain(([signs, maxima]) => {
    const code = fc
      .tuple(
        fc.array(fc.nat(1), { minLength: signs, maxLength: signs }),
        fc.array(fc.nat(4), { minLength: maxima, maxLength: maxima }),
        fc.nat(1),
      )
      .map((groups) => groups.flat())
    return fc.record({ a: code, b: code, units: fc.constant([signs, maxima, 1]) })
  })

function codesOf(a: readonly number[], b: readonly number[], units: readonly number[]): PackedCodes {
  const groups = units.map((count, g) => ({ units: count, states: g === 1 ? 5 : 2 }))
  const corners = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const
  const polygons = [
    { points: [corners[0], corners[1], corners[2]], states: a },
    { points: [corners[0], corners[2], corners[3]], states: b },
  ]
  return new PackedCodes(
    structureOf(
      polygons,
      groups,
      (p) => p,
      () => false,
      String,
    ).structure,
  )
}

test('states of any number of units are read from their planes of bits, group by group', () => {
  fc.assert(
    fc.property(scene, ({ a, b, units }) => {
      const codes = codesOf(a, b, units)
      expect(codes.units).toBe(a.length)
      expect([...codes.readInto(0, new Int32Array(a.length))]).toEqual(a)
      expect([...codes.readInto(1, new Int32Array(a.length))]).toEqual(b)
      expect([...codes.readInto(1, new Int32Array(a.length - 1))]).toEqual(b.slice(0, -1))
      const mixed = codes.readInto(1, Int32Array.from(a), 1)
      expect([...mixed]).toEqual([...a.slice(0, units[0]), ...b.slice(units[0])])
      expect(codes.state(1, 1, units[1] - 1)).toBe(b[units[0] + units[1] - 1])
    }),
  )
})

test('codes differ where states do', () => {
  fc.assert(
    fc.property(scene, ({ a, b, units }) => {
      const codes = codesOf(a, b, units)
      const groupOf = (i: number) => (i < units[0] ? 0 : i < units[0] + units[1] ? 1 : 2)
      const from = [0, units[0], units[0] + units[1]]
      const wanted = a.flatMap((state, i) =>
        state === b[i] ? [] : [[groupOf(i), i - from[groupOf(i)], state, b[i]] as const],
      )
      expect(codes.changes(0, 1)).toEqual(wanted)
      expect(codes.distance(0, 1)).toBe(wanted.length)
      expect(codes.firstDifference(0, 1)).toBe(wanted[0]?.[0] ?? 3)
      expect(Math.sign(codes.compare(0, 1)) + Math.sign(codes.compare(1, 0))).toBe(0)
      expect(codes.compare(0, 1) === 0).toBe(wanted.length === 0)
    }),
  )
})
