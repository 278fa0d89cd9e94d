import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflate, inflate } from './deflate.ts'

describe('deflate and inflate', () => {
  it('give back any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await inflate(await deflate(bytes), bytes.length)).toEqual(bytes)
      }),
      { numRuns: 50 },
    )
  })

  it('agree with zlib on what takes many pieces', async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 7)
    expect(inflateRawSync(await deflate(bytes)).equals(bytes)).toBe(true)
    const inflated = await inflate(new Uint8Array(deflateRawSync(bytes)), bytes.length)
    expect(Buffer.from(inflated).equals(bytes)).toBe(true)
  })
})

describe('inflate', () => {
  const zeros = new Uint8Array(deflateRawSync(new Uint8Array(5_000_000)))

  it('stops at the size', async () => {
    await expect(inflate(zeros, 1000)).rejects.toThrow('more')
  })

  it('takes no room for bytes that do not come', async () => {
    // 2⁵² bytes would be refused by the engine in other words.
    await expect(inflate(zeros, 2 ** 52)).rejects.toThrow(/^5000000$/)
  })

  it('says what is wrong with bytes that are not deflated, or cut off', async () => {
    await expect(inflate(new Uint8Array(100).fill(255), 100)).rejects.toThrow('invalid block type')
    await expect(inflate(zeros.slice(0, 1000), 5_000_000)).rejects.toThrow('unexpected end of file')
    await expect(inflate(new Uint8Array(0), 0)).rejects.toThrow('unexpected end of file')
  })
})
