import { describe, expect, it } from 'vitest'
import { parseBytes } from '../testing/parse-bytes.ts'

/** Two records, of classes 3 and 9. */
const file = Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? (i === 0 ? 3 : 9) : i % 256))

describe('a CIFAR-10 file', () => {
  it('gives pixels in [0, 1] in the order of the file, and classes', async () => {
    for (const step of [1000, 3073, 1e6]) {
      const samples = await parseBytes('cifar10', file, { dtype: 'float64' }, step)
      expect([samples.count, samples.length]).toEqual([2, 3072])
      const pixels = [...file].filter((_, i) => i % 3073 > 0)
      expect([...samples.values]).toEqual(pixels.map((pixel) => pixel / 255))
      expect(samples.labels).toEqual(Int32Array.of(3, 9))
      expect(samples.image).toEqual({ height: 32, width: 32, channels: 3 })
    }
  })

  it('leaves labels out where they are not wanted', async () => {
    expect((await parseBytes('cifar10', file, { labels: 'none' })).labels).toBeNull()
  })

  it('refuses a class that is none, a record cut off and an empty file', async () => {
    const wrong = file.slice()
    wrong[3073] = 10
    await expect(parseBytes('cifar10', wrong)).rejects.toThrow(
      'samplesParser: the file byte 3073: expected a class from 0 to 9 before 3072 pixels, found 10',
    )
    await expect(parseBytes('cifar10', file.slice(0, -3))).rejects.toThrow(
      'the file byte 3073: expected records of 3073 bytes, found 3070 bytes after 1 of them',
    )
    await expect(parseBytes('cifar10', new Uint8Array(0))).rejects.toThrow(
      'the file: expected at least one record, got an empty file',
    )
  })
})
