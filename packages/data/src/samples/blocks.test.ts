import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Blocks } from './blocks.ts'

describe('Blocks', () => {
  it('gives back what was last written to each slot, in any order, whatever the width', () => {
    const widths = fc.constantFrom(1, 3, 1000, 9000)
    fc.assert(
      fc.property(widths, fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(39)), (width, count, again) => {
        const blocks = new Blocks(Float64Array, width)
        const expected: number[] = []
        const write = (slot: number, value: number) => {
          blocks.set(slot, new Float64Array(width).fill(value))
          expected[slot] = value
        }
        for (let slot = 0; slot < count; slot++) write(slot, slot)
        again.forEach((slot, i) => slot < count && write(slot, 100 + i))
        const order = Int32Array.from(expected.keys()).reverse()
        const rows = blocks.take(Float32Array, count, order)
        expect(Array.from(order, (_, i) => rows[i * width])).toEqual(expected.slice().reverse())
        expect(rows).toHaveLength(count * width)
      }),
      { numRuns: 30 },
    )
  })

  it('gives back more rows than a block holds, without a list', () => {
    const blocks = new Blocks(Int32Array, 1)
    for (let slot = 0; slot < 40_000; slot++) blocks.set(slot, [slot])
    const all = blocks.take(Int32Array, 40_000, null)
    expect(all.every((value, i) => value === i)).toBe(true)
  })

  it('divides in the dtype that comes out', () => {
    const blocks = new Blocks(Uint8Array, 3)
    blocks.set(0, [0, 51, 255])
    expect([...blocks.take(Float64Array, 1, null, 255)]).toEqual([0, 0.2, 1])
  })

  it('replaces what was written and nothing else', () => {
    const blocks = new Blocks(Int32Array, 1)
    blocks.set(0, [7])
    blocks.set(1, [8])
    const seen: number[] = []
    blocks.replace((value) => seen.push(value) * 10)
    expect(seen).toEqual([7, 8])
    expect([...blocks.take(Int32Array, 2, null)]).toEqual([10, 20])
  })
})
