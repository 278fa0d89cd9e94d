import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrayData } from './array-data.ts'
import { crc32 } from './crc32.ts'
import { savezCompressed, savezStored, savezStreamed } from './fixtures/numpy.ts'
import { encodeNpy } from './npy.ts'
import { decodeNpz, encodeNpz } from './npz.ts'
import { arrays, mutations } from './testing.ts'
import { packZip } from './zip/pack.ts'
import * as z from './zip/testing.ts'

const pair: ArrayData = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }

/** Names as people choose them, and any others that Unicode has. */
const names = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }))
  .filter((name) => !name.includes('\0') && !/(^|\/)\._/.test(name))
const contents = fc.dictionary(names, arrays, { maxKeys: 4 })

describe('encodeNpz', () => {
  it('writes the same bytes for the same arrays in any order', async () => {
    const zeros: ArrayData = { dtype: 'float64', shape: [100], data: new Float64Array(100) }
    for (const compress of [true, false]) {
      expect(await encodeNpz({ b: zeros, a: pair }, { compress })).toEqual(
        await encodeNpz({ a: pair, b: zeros }, { compress }),
      )
    }
    const bytes = await encodeNpz({ a: pair }, { compress: false })
    expect([bytes.length, crc32(bytes)]).toEqual([244, 0x0044b58f])
  })

  it('compresses unless told otherwise', async () => {
    const zeros: ArrayData = { dtype: 'float64', shape: [1000], data: new Float64Array(1000) }
    expect((await encodeNpz({ zeros })).length).toBeLessThan(400)
    expect((await encodeNpz({ zeros }, { compress: false })).length).toBeGreaterThan(8000)
  })

  it('keeps what the arrays were when it was called', async () => {
    const data = Float32Array.of(1, 2)
    const pending = encodeNpz({
      a: { dtype: 'bool', shape: [], data: Uint8Array.of(1) },
      b: { ...pair, data },
    })
    data.fill(7)
    expect((await decodeNpz(await pending)).b).toEqual(pair)
  })

  it('names the array or the option that it refuses', async () => {
    const refused = (record: Record<string, ArrayData>, options?: object) =>
      expect(encodeNpz(record, options)).rejects
    await refused({ a: { ...pair, shape: [3] } }).toThrow(
      "encodeNpz: 'a': expected 3 numbers for shape [3], got 2",
    )
    await refused({ 'a\0b': pair }).toThrow(
      'encodeNpz: expected a name in Unicode without NUL, got "a\\u0000b"',
    )
    await refused({ '\ud800': pair }).toThrow('without NUL, got "\\ud800"')
    for (const name of ['._', '._x', 'folder/._x', '__MACOSX/x', 'a/__MACOSX/b/x']) {
      await refused({ [name]: pair }).toThrow(
        `encodeNpz: expected a name that is not in __MACOSX/ and has no ._ in front, which readers pass over as what a Mac adds, got "${name}"`,
      )
    }
    for (const name of ['a._', '_.', '.DS_Store', '__MACOSX', '_', '.']) {
      expect(await decodeNpz(await encodeNpz({ [name]: pair }))).toEqual({ [name]: pair })
    }
    await refused({}, { compres: true }).toThrow(
      "encodeNpz: unknown option 'compres'; did you mean 'compress'?",
    )
    await refused({}, { compress: 9 }).toThrow('encodeNpz: compress: expected true or false, got 9')
  })
})

describe('decodeNpz', () => {
  it('returns what was encoded, bit for bit, stored and compressed', async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.boolean(), async (record, compress) => {
        const copy = await decodeNpz(await encodeNpz(record, { compress }))
        expect(Object.entries(copy).sort(byName)).toEqual(Object.entries(record).sort(byName))
      }),
    )
  })

  it.each([
    ['savez', savezStored],
    ['savez_compressed', savezCompressed],
    ['savez_compressed into a stream', savezStreamed],
  ])('reads what numpy.%s wrote', async (_, bytes) => {
    const { zeros, ...rest } = await decodeNpz(bytes)
    expect(rest).toEqual({
      codes: { dtype: 'int32', shape: [2, 3], data: Int32Array.of(-3, -2, -1, 0, 1, 2) },
      weights: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1.5, -2, Infinity, 0.25) },
      half: { dtype: 'float32', shape: [3], data: Float32Array.of(1, -0.5, 65504) },
      pixels: { dtype: 'uint32', shape: [1, 2], data: Uint32Array.of(0, 255) },
      mask: { dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) },
      λ: { dtype: 'float64', shape: [], data: Float64Array.of(0.1) },
    })
    if (bytes !== savezStored) expect(zeros.data).toEqual(new Float64Array(2000))
  })

  it('reads a file at any place in a larger buffer, and from a Node Buffer', async () => {
    const shifted = z.join([1, 2, 3], await encodeNpz({ pair }))
    expect(await decodeNpz(shifted.subarray(3))).toEqual({ pair })
    expect(await decodeNpz(Buffer.from(shifted.buffer, 3))).toEqual({ pair })
  })

  it('returns numbers of its own, whatever becomes of the file', async () => {
    const bytes = await encodeNpz({ pair }, { compress: false })
    const read = await decodeNpz(bytes)
    bytes.fill(0)
    expect(read).toEqual({ pair })
  })

  it('keeps arrays apart whose names mean something to JavaScript', async () => {
    const record = Object.fromEntries([
      ['__proto__', pair],
      ['constructor', pair],
      ['a.npy', pair],
      ['', pair],
    ])
    expect(Object.entries(await decodeNpz(await encodeNpz(record))).sort(byName)).toEqual(
      Object.entries(record).sort(byName),
    )
  })

  it('names the entry that is no .npy file', async () => {
    const text = new TextEncoder().encode('hello')
    const zip = await packZip('pack', [{ name: 'read me.txt', bytes: text }], true)
    await expect(decodeNpz(zip)).rejects.toThrow(
      'decodeNpz: expected files named *.npy in the zip file, found a zip file of text files: unpack it first',
    )
    const inside = await packZip('pack', [{ name: 'a.npy', bytes: text }], false)
    await expect(decodeNpz(inside)).rejects.toThrow(
      "decodeNpz: 'a.npy': expected \\x93NUMPY at byte 0, found 104 at byte 0",
    )
    const short = await packZip('pack', [{ name: 'a.npy', bytes: encodeNpy(pair).subarray(0, -1) }], false)
    await expect(decodeNpz(short)).rejects.toThrow(
      "decodeNpz: 'a.npy': expected 8 bytes of [2] <f4 from byte 128, found 7",
    )
  })

  it('stops unpacking at the size that the directory says', async () => {
    const zip = await zipOf(deflateRawSync(new Uint8Array(5_000_000)), 100)
    await expect(decodeNpz(zip)).rejects.toThrow(
      "decodeNpz: 'a.npy': expected 100 bytes deflated from byte 35 on, found more",
    )
  })

  it('refuses sizes that are not what comes', async () => {
    const npy = encodeNpy(pair)
    const packed = deflateRawSync(npy)
    const wrong = (size: number) => expect(zipOf(packed, size).then(decodeNpz)).rejects
    await wrong(npy.length + 1).toThrow(`expected 137 bytes deflated from byte 35 on, found 136`)
    await wrong(1032 * packed.length).toThrow(
      `expected ${1032 * packed.length} bytes deflated from byte 35 on, found 136`,
    )
    await wrong(1032 * packed.length + 1).toThrow(
      `expected at most ${1032 * packed.length} bytes from ${packed.length} at byte`,
    )
    await expect(
      zipOf(
        packed.map((byte) => byte ^ 255),
        npy.length,
      ).then(decodeNpz),
    ).rejects.toThrow("decodeNpz: 'a.npy': expected 136 bytes deflated from byte 35 on, found invalid")
  })

  it('refuses what is not bytes', async () => {
    await expect(decodeNpz(new ArrayBuffer(8) as unknown as Uint8Array)).rejects.toThrow(
      'decodeNpz: expected a Uint8Array, got an object of class ArrayBuffer; wrap it: new Uint8Array(buffer)',
    )
  })

  it.each([
    ['stored by numpy', savezStored],
    ['compressed by numpy', savezCompressed],
    ['streamed by numpy', savezStreamed],
  ])('answers 1,000 damaged files, %s, with an error of its own or with the arrays', async (_, file) => {
    const sound = await decodeNpz(file)
    await fc.assert(
      fc.asyncProperty(mutations(file), async (bytes) => {
        const answer = await decodeNpz(bytes).catch((error: Error) => error.message)
        if (typeof answer === 'string') expect(answer).toMatch(/^decodeNpz: .*(expected|found)/)
        else expect(answer).toEqual(sound)
      }),
      { numRuns: 1000 },
    )
  })
})

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

/** A zip file of `a.npy` with these deflated bytes, which are said to become `size`. */
async function zipOf(deflated: Uint8Array, size: number): Promise<Uint8Array> {
  const parts = z.takeApart(await packZip('pack', [{ name: 'a.npy', bytes: deflated }], false))
  z.set16(parts.data, z.local.method, 8)
  z.set32(parts.data, z.local.size, size)
  z.set16(parts.directory, z.central.method, 8)
  z.set32(parts.directory, z.central.size, size)
  return z.putTogether(parts)
}
