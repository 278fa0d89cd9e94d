import { describe, expect, it } from 'vitest'
import type { ArrayData } from './array-data.ts'
import { encodeNpy } from './npy.ts'
import { decodeNpz, openNpz } from './npz.ts'
import { npyFile } from './testing.ts'
import { packZip } from './zip/pack.ts'

const pair: ArrayData = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }
const headerOf = (descr: string, shape: string) =>
  `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`

/** A zip file with these files. */
const zipOf = (files: Readonly<Record<string, Uint8Array>>, compress = true): Promise<Uint8Array> =>
  packZip(
    'pack',
    Object.entries(files).map(([name, bytes]) => ({ name, bytes })),
    compress,
  )

/** `U` texts of one width. */
const wideTexts = (width: number, texts: readonly string[], littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * width * texts.length))
  texts.forEach((text, i) => {
    ;[...text].forEach((letter, j) => {
      view.setUint32(4 * (i * width + j), letter.codePointAt(0) as number, littleEndian)
    })
  })
  return new Uint8Array(view.buffer)
}

describe('openNpz', () => {
  it('reads the array that is asked for, whatever is beside it', async () => {
    for (const compress of [true, false]) {
      const zip = await zipOf(
        {
          'objects.npy': npyFile(headerOf("'|O'", '(3,)')),
          'cut.npy': encodeNpy(pair).subarray(0, -1),
          'none.npy': new TextEncoder().encode('hello'),
          'pair.npy': encodeNpy(pair),
          'read me.txt': new TextEncoder().encode('hello'),
        },
        compress,
      )
      const file = openNpz(zip)
      expect(file.names).toEqual(['objects', 'cut', 'none', 'pair'])
      expect([file.others, file.sparse]).toEqual([['read me.txt'], null])
      expect(await file.read('pair')).toEqual(pair)
      expect(await file.describe('objects')).toEqual({ type: 'object', shape: [3], reads: 'nothing' })
      expect(await file.describe('cut')).toEqual({ type: 'float32', shape: [2], reads: 'numbers' })
      await expect(file.describe('none')).rejects.toThrow("openNpz: 'none.npy': expected \\x93NUMPY")
      await expect(file.read('objects')).rejects.toThrow(
        "openNpz: 'objects.npy': expected an array of numbers",
      )
      expect(await decodeNpz(zip, { names: ['pair'] })).toEqual({ pair })
      await expect(decodeNpz(zip)).rejects.toThrow("decodeNpz: 'objects.npy': expected an array of numbers")
    }
  })

  it('reads an array beside one whose packed bytes are damaged', async () => {
    const zip = await zipOf({ 'a.npy': encodeNpy(pair), 'b.npy': encodeNpy(pair) }, false)
    zip[zip.indexOf(0x93) + 130] ^= 1
    const file = openNpz(zip)
    await expect(file.read('a')).rejects.toThrow("openNpz: 'a.npy': expected CRC-32")
    expect(await file.read('b')).toEqual(pair)
  })

  it('describes an array whose header is longer than the first piece that is unpacked', async () => {
    const fields = Array.from({ length: 3000 }, (_, i) => `('f${i}', '<f4')`).join(', ')
    const zip = await zipOf({ 'a.npy': npyFile(headerOf(`[${fields}]`, '(2,)'), undefined, [2, 0]) })
    const { type, shape } = await openNpz(zip).describe('a')
    expect(type).toMatch(/^structured \[\('f0', '<f4'\)/)
    expect(shape).toEqual([2])
  })

  it('does not count what it does not unpack', async () => {
    const large = { dtype: 'bool', shape: [1000], data: new Uint8Array(1000) } as const
    const zip = await zipOf({ 'large.npy': encodeNpy(large), 'pair.npy': encodeNpy(pair) })
    const file = openNpz(zip, { maxBytes: 200 })
    expect(await file.describe('large')).toEqual({ type: 'bool', shape: [1000], reads: 'numbers' })
    expect(await file.read('pair')).toEqual(pair)
    await expect(file.read('large')).rejects.toThrow('expected arrays that unpack to at most 200 bytes')
  })

  it('reads texts of either kind, and no others', async () => {
    const zip = await zipOf({
      'u.npy': npyFile(headerOf("'<U6'", '(2, 1)'), wideTexts(6, ['größe', '𝛼 b'], true)),
      'big.npy': npyFile(headerOf("'>U2'", '(2,)'), wideTexts(2, ['a', ''], false)),
      's.npy': npyFile(headerOf("'|S3'", '(2,)'), Uint8Array.of(0x61, 0, 0, 0xc3, 0xa9, 0x62)),
      'beyond.npy': npyFile(headerOf("'<U1'", '(1,)'), Uint8Array.of(0, 0, 0x11, 0)),
      'pair.npy': encodeNpy(pair),
    })
    const file = openNpz(zip)
    expect(await file.readTexts('u')).toEqual({ shape: [2, 1], texts: ['größe', '𝛼 b'] })
    expect((await file.readTexts('big')).texts).toEqual(['a', ''])
    expect((await file.readTexts('s')).texts).toEqual(['a', 'éb'])
    await expect(file.readTexts('beyond')).rejects.toThrow(
      /expected a code point of Unicode at byte \d+, found 1114112/,
    )
    await expect(file.readTexts('pair')).rejects.toThrow(
      "openNpz: 'pair.npy': expected texts, found float32 [2]",
    )
  })

  it('passes over what a Mac puts beside files, and folders', async () => {
    const mac = Uint8Array.of(0, 5, 0x16, 7)
    const zip = await zipOf({
      'set/': new Uint8Array(0),
      'set/x.npy': encodeNpy(pair),
      '__MACOSX/set/._x.npy': mac,
      '__MACOSX/._set': mac,
      'set/._x.npy': mac,
      'set/.DS_Store': mac,
    })
    const file = openNpz(zip)
    expect([file.names, file.others]).toEqual([['set/x'], []])
    expect(await decodeNpz(zip)).toEqual({ 'set/x': pair })
  })

  it('names the arrays that there are where another is asked for', async () => {
    const zip = await zipOf({ 'codes.npy': encodeNpy(pair), 'norms.npy': encodeNpy(pair) })
    await expect(openNpz(zip).read('code')).rejects.toThrow(
      "openNpz: expected one of its arrays, 'codes', 'norms', got 'code'; did you mean 'codes'?",
    )
    await expect(decodeNpz(zip, { names: ['constructor'] })).rejects.toThrow("got 'constructor'")
    await expect(decodeNpz(zip, { names: 'codes' as unknown as string[] })).rejects.toThrow(
      'decodeNpz: names: expected a list of names',
    )
  })

  it('says how to save a sparse matrix, whose parts it reads when they are asked for', async () => {
    const text = npyFile(headerOf("'|S3'", '()'), Uint8Array.of(0x63, 0x73, 0x72))
    const parts = { 'format.npy': text, 'shape.npy': encodeNpy(pair), 'data.npy': encodeNpy(pair) }
    for (const place of ['indices', 'row', 'offsets']) {
      const zip = await zipOf({ ...parts, [`${place}.npy`]: encodeNpy(pair) })
      await expect(decodeNpz(zip)).rejects.toThrow(
        'decodeNpz: expected arrays of numbers, found the parts of one sparse matrix (scipy.sparse.save_npz); save np.savez(path, x=matrix.toarray())',
      )
      expect(await decodeNpz(zip, { names: ['data'] })).toEqual({ data: pair })
    }
    expect(openNpz(await zipOf(parts)).sparse).toBeNull()
  })

  it.each([
    ['a workbook', 'xl/workbook.xml', 'an Excel workbook (.xlsx): save the sheet as CSV'],
    ['a PyTorch file', 'model/data.pkl', 'a PyTorch file (.pt), which is not unpickled as that runs code'],
    ['a Keras model', 'model.weights.h5', 'a Keras model (.keras)'],
    ['an OpenDocument sheet', 'content.xml', 'an OpenDocument file'],
    ['a Word document', 'word/document.xml', 'a Word document'],
    ['zipped text', 'data/train.csv', 'a zip file of text files: unpack it first'],
    ['anything else', 'a.bin', "a zip file of 'a.bin'"],
  ])('says what a zip file without arrays is: %s', async (_, name, is) => {
    const zip = await zipOf({ [name]: Uint8Array.of(1) })
    expect(() => openNpz(zip)).toThrow(`openNpz: expected files named *.npy in the zip file, found ${is}`)
  })
})
