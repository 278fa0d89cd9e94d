import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

describe('packed states', () => {
  /** One to three rows of states of so many bits, and how many bits. */
  const packed = fc
    .record({ rows: fc.nat(3), units: fc.integer({ min: 0, max: 70 }), bits: fc.nat(5) })
    .chain(({ rows, units, bits }) =>
      fc.record({
        bits: fc.constant(bits),
        s: plain(fc.constant([rows, units]), fc.nat({ max: 2 ** bits - 1 })),
      }),
    )

  it('unpack to what was packed, of any number of bits', () => {
    fc.assert(
      fc.property(packed, ({ s, bits }) => {
        const code = ops.packStates(asTensor(s, 'int32'), bits)
        expect(code.shape).toEqual([s.shape[0], bits * Math.ceil(s.shape[1] / 32)])
        const states = ops.unpackStates(code, s.shape[1], bits)
        expect(states.dtype).toBe('int32')
        expect([...states.dataSync()]).toEqual(s.values)
      }),
    )
  })

  it('lie in planes: bit p of a unit is bit u & 31 of word u >> 5 of plane p', () => {
    const states = ops.tensor([...new Array(32).fill(0), 5, 2], { dtype: 'int32' })
    expect(ops.packStates(states, 3).toArray()).toEqual([0, 0b01, 0, 0b10, 0, 0b01])
  })

  it('of bools have one plane, and others that are empty', () => {
    const states = ops.tensor([[true, false, true]])
    expect(ops.packStates(states).toArray()).toEqual([[0b101]])
    expect(ops.packStates(states, 2).toArray()).toEqual([[0b101, 0]])
  })

  it('of one state have no words', () => {
    const code = ops.packStates(ops.zeros([2, 40], 'int32'), 0)
    expect(code.shape).toEqual([2, 0])
    expect(ops.unpackStates(code, 3, 0).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(ops.countDifferingStates(code, code, 0).toArray()).toEqual([0, 0])
  })

  it('a state loses the bits beyond those of a unit', () => {
    const states = ops.tensor([6, -1], { dtype: 'int32' })
    expect(ops.unpackStates(ops.packStates(states, 2), 2, 2).toArray()).toEqual([2, 3])
  })

  it('countDifferingStates counts units, not words and not bits', () => {
    const pairs = packed.chain(({ s, bits }) =>
      fc.tuple(
        fc.constant(s),
        plain(fc.constant(s.shape), fc.nat({ max: 2 ** bits - 1 })),
        fc.constant(bits),
      ),
    )
    fc.assert(
      fc.property(pairs, ([s, t, bits]) => {
        const [n, units] = s.shape
        const [a, b] = [s, t].map((states) => ops.packStates(asTensor(states, 'int32'), bits))
        const counts = ops.countDifferingStates(a, b, bits)
        const want = Array.from(
          { length: n },
          (_, i) =>
            s.values.slice(i * units, (i + 1) * units).filter((v, u) => v !== t.values[i * units + u]).length,
        )
        expect([...counts.dataSync()]).toEqual(want)
      }),
    )
  })

  it('bitsOf is the least number of bits that tells so many states apart', () => {
    expect([1, 2, 3, 4, 5, 8, 9, 16, 17, 25].map(ops.bitsOf)).toEqual([0, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    expect([ops.wordsOf(33), ops.wordsOf(33, 0), ops.wordsOf(33, 5)]).toEqual([2, 0, 10])
  })

  it('errors name the bits, and the words that were expected', () => {
    const code = ops.zeros([1, 3], 'uint32')
    expect(() => ops.packStates(ops.zeros([1]))).toThrow(
      'packStates: expected bool or int32 states, got float32',
    )
    expect(() => ops.packStates(ops.zeros([1], 'bool'), 32)).toThrow(
      'packStates: bits: expected an integer in 0 … 31, got 32',
    )
    expect(() => ops.unpackStates(code, 33, 2)).toThrow(
      'unpackStates: expected a uint32 code [..., 4] for 33 units of 2 bits, got [1, 3] uint32',
    )
    expect(() => ops.countDifferingStates(code, code, 2)).toThrow(
      'countDifferingStates: expected planes of equal length for 2 bits, got codes [1, 3]',
    )
  })
})
