import { describe, expect, it } from 'vitest'
import { idxBytes } from '../testing/idx-bytes.ts'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'
import { IdxParser } from './idx-parser.ts'

const images = idxBytes(8, [2, 1, 3], [0, 51, 255, 255, 0, 102])

describe('an IDX file', () => {
  it('gives images of bytes as pixels in [0, 1], however the bytes come', async () => {
    for (const step of [1, 3, 5, 1000]) {
      const samples = await parseBytes('idx', images, { dtype: 'float64' }, step)
      expect(rowsOf(samples)).toEqual([
        [0, 0.2, 1],
        [1, 0, 0.4],
      ])
      expect(samples.image).toEqual({ height: 1, width: 3, channels: 1 })
      expect([samples.labels, samples.rows, samples.rowsInFile]).toEqual([null, null, 2])
    }
  })

  const kinds: [string, number, number, (view: DataView, at: number, value: number) => void, number[]][] = [
    ['unsigned bytes', 8, 1, (view, at, value) => view.setUint8(at, value), [0, 128, 255]],
    ['signed bytes', 9, 1, (view, at, value) => view.setInt8(at, value), [-128, 0, 127]],
    ['shorts', 11, 2, (view, at, value) => view.setInt16(at, value), [-32768, 1, 32767]],
    ['ints', 12, 4, (view, at, value) => view.setInt32(at, value), [-(2 ** 31), 2, 2 ** 31 - 1]],
    ['floats', 13, 4, (view, at, value) => view.setFloat32(at, value), [-0.5, 2 ** 99, 3]],
    ['doubles', 14, 8, (view, at, value) => view.setFloat64(at, value), [-0.1, 1e300, 3]],
  ]
  it.each(kinds)('gives %s as they are', async (_, type, bytes, write, values) => {
    const file = idxBytes(type, [3, 1], values, bytes, write)
    for (const step of [1, 7, 1000]) {
      const samples = await parseBytes('idx', file, { dtype: 'float64' }, step)
      expect([...samples.values]).toEqual(values)
      expect(samples.image).toBeNull()
    }
  })

  it('lays further axes one after the other', async () => {
    const samples = await parseBytes('idx', idxBytes(8, [2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]))
    expect(rowsOf(samples)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ])
    expect(samples.image).toBeNull()
  })

  it('names the byte of NaN', async () => {
    const file = idxBytes(13, [2, 2], [1, 2, 3, Number.NaN], 4, (view, at, value) =>
      view.setFloat32(at, value),
    )
    await expect(parseBytes('idx', file)).rejects.toThrow(
      'the file byte 24: expected a finite number, found NaN',
    )
  })

  const promise = idxBytes(8, [0xffffffff, 0xffffffff, 0xffffffff], [1, 2, 3])
  const rejections: [string, Uint8Array, string][] = [
    [
      'another magic number',
      Uint8Array.from([0, 1, ...images.slice(2)]),
      'byte 0: expected the magic number of an IDX file (00 00, a type 08 09 0b 0c 0d 0e, the rank), found 00 01 08 03',
    ],
    ['an unknown type', Uint8Array.from([0, 0, 10, ...images.slice(3)]), 'found 00 00 0a 03'],
    ['rank 0', Uint8Array.of(0, 0, 8, 0), 'byte 3: expected at least one axis, found rank 0'],
    [
      'a file of labels',
      idxBytes(8, [3], [1, 2, 3]),
      'byte 3: expected samples, an IDX file of rank 2 or more, found rank 1: 3 labels',
    ],
    ['no samples', idxBytes(8, [0, 28, 28], []), 'byte 4: expected samples, found sizes 0 × 28 × 28'],
    ['samples without numbers', idxBytes(8, [5, 0], []), 'byte 8: expected samples, found sizes 5 × 0'],
    [
      'a header cut off',
      images.slice(0, 9),
      'byte 9: expected an IDX header (4 bytes and 4 for every axis), found the end of the file',
    ],
    [
      'samples cut off',
      images.slice(0, -1),
      'expected 22 bytes for 2 × 1 × 3 of ubyte, found the end at byte 21',
    ],
    [
      'more than the header says',
      Uint8Array.from([...images, 0]),
      'expected 22 bytes for 2 × 1 × 3 of ubyte, found more',
    ],
    [
      'a header that promises more than there is',
      promise,
      'for 4294967295 × 4294967295 × 4294967295 of ubyte, found the end at byte 19',
    ],
  ]
  it.each(rejections)('refuses %s', async (_, file, message) => {
    await expect(parseBytes('idx', file)).rejects.toThrow(message)
    await expect(parseBytes('idx', file, {}, 1)).rejects.toThrow(message)
  })

  it('refuses a header at once where the size of the file is known', async () => {
    const parser = new IdxParser({ operation: 'load', name: 'file' }, { dtype: 'float32', size: 1000 })
    expect(() => parser.push(images.slice(0, 16))).toThrow(
      'load: file: expected 22 bytes for 2 × 1 × 3 of ubyte, the file has 1000',
    )
  })

  it('refuses images where labels are wanted', () => {
    const parser = new IdxParser({ operation: 'load', name: 'file' }, { dtype: 'float32', holds: 'labels' })
    expect(() => parser.push(images)).toThrow(
      'expected labels, an IDX file of rank 1, found rank 3 (2 × 1 × 3)',
    )
  })
})
