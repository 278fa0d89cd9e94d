import { describe, expect, it } from 'vitest'
import { threefry } from './threefry.ts'

function block(key: readonly number[], counter: readonly [number, number, number, number]): string {
  const out = new Uint32Array(4)
  threefry(Uint32Array.from(key), ...counter, out)
  return Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ')
}

describe('threefry', () => {
  it('gives the known answers of Random123 (threefry4x32, 20 rounds)', () => {
    expect(block([0, 0, 0, 0], [0, 0, 0, 0])).toBe('9c6ca96a e17eae66 fc10ecd4 5256a7d8')
    const ones = 0xffffffff
    expect(block([ones, ones, ones, ones], [ones, ones, ones, ones])).toBe(
      '2a881696 57012287 f6c7446e a16a6732',
    )
    // The digits of π.
    expect(
      block(
        [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      ),
    ).toBe('59cd1dbb b8879579 86b5d00c ac8b6d84')
  })

  it('fills later blocks with the encryptions of the following counters', () => {
    const key = Uint32Array.from([1, 2, 3, 4])
    const three = new Uint32Array(12)
    threefry(key, 5, 6, 7, 8, three)
    for (const i of [0, 1, 2]) {
      const one = new Uint32Array(4)
      threefry(key, 5 + i, 6, 7, 8, one)
      expect(three.slice(4 * i, 4 * i + 4)).toEqual(one)
    }
  })

  it('takes a negative counter word as its 32 bits', () => {
    expect(block([0, 0, 0, 0], [-1, -1, -1, -1])).toBe(
      block([0, 0, 0, 0], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]),
    )
  })
})
