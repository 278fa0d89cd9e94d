import { afterEach, describe, expect, it, vi } from 'vitest'
import { readZipDirectory } from './directory.ts'
import { packZip } from './pack.ts'
import { unpack } from './unpack.ts'

afterEach(() => vi.useRealTimers())

const text = (words: string) => new TextEncoder().encode(words)

describe('packZip', () => {
  it('writes these bytes, on any day', async () => {
    vi.setSystemTime('2031-05-04')
    const bytes = await packZip('pack', [{ name: 'é', bytes: text('hi') }], false)
    // biome-ignore format: the layout of the file
    expect([...bytes]).toEqual([
      0x50, 0x4b, 3, 4, 20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0, 0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0,
      0xc3, 0xa9, 0x68, 0x69,
      0x50, 0x4b, 1, 2, 20, 3, 20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0, 0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0, 2, 0, 0, 0,
      2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa4, 0x81, 0, 0, 0, 0, 0xc3, 0xa9,
      0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 48, 0, 0, 0, 34, 0, 0, 0, 0, 0,
    ])
  })

  it('deflates what becomes smaller by it, and stores the rest', async () => {
    const contents = [
      { name: 'zeros', bytes: new Uint8Array(1000) },
      { name: 'short', bytes: text('abc') },
      { name: 'nothing', bytes: new Uint8Array(0) },
    ]
    const bytes = await packZip('pack', contents, true)
    const entries = readZipDirectory('zip', bytes)
    expect(entries.map(({ name, stored }) => [name, stored])).toEqual([
      ['zeros', false],
      ['short', true],
      ['nothing', true],
    ])
    for (const [i, entry] of entries.entries()) {
      expect(await unpack('zip', bytes, entry)).toEqual(contents[i].bytes)
    }
    expect(bytes.length).toBeLessThan(400)
  })

  it('refuses what only a zip64 file could hold, and names that are too long', async () => {
    const nothing = new Uint8Array(0)
    const many = Array.from({ length: 65_535 }, (_, i) => ({ name: `${i}`, bytes: nothing }))
    await expect(packZip('pack', many, false)).rejects.toThrow(
      'pack: expected at most 65534 entries, got 65535',
    )
    await expect(packZip('pack', [{ name: 'é'.repeat(32_768), bytes: nothing }], false)).rejects.toThrow(
      'pack: expected a name of at most 65535 bytes, got one of 65536',
    )
  })
})
