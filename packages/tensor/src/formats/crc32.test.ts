import { crc32 as crc32OfNode } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.ts'

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe('crc32', () => {
  it('gives the check values of the standard', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926)
    expect(crc32(text('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339)
    expect(crc32(new Uint8Array(0))).toBe(0)
    expect(crc32(new Uint8Array(32))).toBe(0x190a55ad)
    expect(crc32(new Uint8Array(32).fill(255))).toBe(0xff6cab0b)
  })

  it('agrees with zlib on bytes of any length, anywhere in a buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(9), (bytes, skip) => {
        expect(crc32(bytes.subarray(skip))).toBe(crc32OfNode(bytes.subarray(skip)))
      }),
    )
  })

  it('sees every single flipped bit', () => {
    const bytes = text('one seed, one table')
    const sound = crc32(bytes)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const changed = bytes.slice()
      changed[bit >> 3] ^= 1 << (bit & 7)
      expect(crc32(changed)).not.toBe(sound)
    }
  })

  it('refuses what is not bytes', () => {
    expect(() => crc32('text' as unknown as Uint8Array)).toThrow("crc32: expected a Uint8Array, got 'text'")
    expect(() => crc32(new Int8Array(2) as unknown as Uint8Array)).toThrow('got an object of class Int8Array')
    expect(() => crc32(new ArrayBuffer(2) as unknown as Uint8Array)).toThrow(
      'wrap it: new Uint8Array(buffer)',
    )
  })
})
