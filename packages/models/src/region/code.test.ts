import { init, key, scope, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { network } from '../build/network.ts'
import type { Network } from '../network.ts'
import { randomPoints } from '../testing/random-models.ts'

beforeAll(() => init())

/** 40 + 3 units with states in three words, and an identity layer between them that has none. */
function threeWords(): Network {
  return network({
    sizes: [2, 40, 5, 3],
    activations: ['relu', 'identity', 'abs'],
    key: key(1),
    dtype: 'float64',
  })
}

/** Codes of given states as rows of 0 and 1. */
function codeOf(net: Network, states: readonly (readonly number[])[]) {
  return net.codeFromStates(tensor(states.map((row) => row.map((state) => state === 1))))
}

const states = fc.array(fc.array(fc.constantFrom(0, 1), { minLength: 43, maxLength: 43 }), {
  minLength: 1,
  maxLength: 4,
})

describe('RegionCode', () => {
  test('counts samples and units, and keeps no words for an identity layer', () => {
    const code = threeWords().regionCode(randomPoints(0, 5, 2))
    expect([code.count, code.units]).toEqual([5, 43])
    expect(code.words.map(({ shape }) => shape)).toEqual([
      [5, 2],
      [5, 1],
    ])
    expect(code.states().shape).toEqual([5, 43])
    expect(code.states().dtype).toBe('int32')
  })

  test('counts the units that differ, and is equal where none does', () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const net = threeWords()
        const count = Math.min(a.length, b.length)
        const [first, second] = [codeOf(net, a.slice(0, count)), codeOf(net, b.slice(0, count))]
        const expected = Array.from(
          { length: count },
          (_, n) => a[n].filter((state, u) => state !== b[n][u]).length,
        )
        expect(first.differing(second).toArray()).toEqual(expected)
        expect(first.equals(second).toArray()).toEqual(expected.map((differing) => (differing === 0 ? 1 : 0)))
        expect(first.equals(first).toArray()).toEqual(expected.map(() => 1))
      }),
      { numRuns: 30 },
    )
  })

  test('has one hash for each set of states', () => {
    fc.assert(
      fc.property(states, fc.nat({ max: 42 }), (rows, unit) => {
        const net = threeWords()
        const [first] = rows
        const flipped = first.map((state, u) => (u === unit ? 1 - state : state))
        const [a, b, c] = codeOf(net, [first, flipped, first]).hash()
        expect(a).toBe(c)
        expect(a).not.toBe(b)
      }),
      { numRuns: 30 },
    )
  })

  test('selects samples by rows, by indices and by a mask', () => {
    const net = threeWords()
    const row = (unit: number) => Array.from({ length: 43 }, (_, u) => (u === unit ? 1 : 0))
    const code = codeOf(net, [row(0), row(33), row(42)])
    expect(code.rows(1, 3).states().toArray()).toEqual([row(33), row(42)])
    expect(code.rows(1, 3).count).toBe(2)
    expect(
      code
        .gather(tensor([2, 0, 2], { dtype: 'int32' }))
        .states()
        .toArray(),
    ).toEqual([row(42), row(0), row(42)])
    const other = codeOf(net, [row(5), row(6), row(7)])
    expect(
      code
        .where(tensor([true, false, true]), other)
        .states()
        .toArray(),
    ).toEqual([row(0), row(6), row(42)])
  })

  test('outlives the scope it is returned from', () => {
    const net = threeWords()
    const code = scope(() => net.regionCode(randomPoints(0, 2, 2)))
    expect(code.equals(net.regionCode(randomPoints(0, 2, 2))).toArray()).toEqual([1, 1])
  })

  test('of a network without states is the same everywhere', () => {
    const net = network({ sizes: [2, 3], activations: 'identity', key: key(0), dtype: 'float64' })
    const code = net.regionCode(randomPoints(0, 2, 2))
    expect(code.units).toBe(0)
    expect(code.states().shape).toEqual([2, 0])
    expect(code.equals(net.regionCode(randomPoints(1, 2, 2))).toArray()).toEqual([1, 1])
    expect(code.hash()).toEqual(['', ''])
  })

  test('refuses a code of another network, even of the same shape', () => {
    const [a, b] = [threeWords(), threeWords()].map((net) => net.regionCode(randomPoints(0, 2, 2)))
    const message =
      "RegionCode.equals: expected two codes of one network, got one of 'network' and one of another network, 'network'"
    expect(() => a.equals(b)).toThrow(message)
    expect(() => a.differing(b)).toThrow(/^RegionCode.differing: expected two codes of one network/)
    expect(() => a.where(tensor([true, false]), b)).toThrow(
      /^RegionCode.where: expected two codes of one network/,
    )
  })

  test('refuses another number of samples', () => {
    const net = threeWords()
    const [two, three] = [net.regionCode(randomPoints(0, 2, 2)), net.regionCode(randomPoints(0, 3, 2))]
    expect(() => two.equals(three)).toThrow('RegionCode.equals: numbers of samples differ: 2 and 3')
    expect(() => two.where(tensor([true]), two)).toThrow('RegionCode.where: expected a mask [2], got [1]')
  })
})
