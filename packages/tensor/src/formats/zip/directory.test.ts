import { beforeEach, describe, expect, it } from 'vitest'
import { readZipDirectory } from './directory.ts'
import { packZip } from './pack.ts'
import * as z from './testing.ts'
import { unpack, unpackStart } from './unpack.ts'

const hello = new TextEncoder().encode('hello')
const world = new TextEncoder().encode('world!')

/** Entry `a` is at bytes 0 to 36, 31 of them header, entry `b` at bytes 36 to 73, the directory from there on to 167. */
let bytes: Uint8Array
let parts: z.Parts
beforeEach(async () => {
  const contents = [
    { name: 'a', bytes: hello },
    { name: 'b', bytes: world },
  ]
  bytes = await packZip('pack', contents, false)
  parts = z.takeApart(bytes)
})

/** Where the records of entry `b` begin. */
const B_LOCAL = 36
const B_CENTRAL = 47

async function contentsOf(zip: Uint8Array): Promise<Record<string, string>> {
  const texts: [string, string][] = []
  for (const entry of readZipDirectory('zip', zip)) {
    texts.push([entry.name, new TextDecoder().decode(await unpack('zip', zip, entry))])
  }
  return Object.fromEntries(texts)
}

describe('readZipDirectory reads', () => {
  it('entries where they are', () => {
    expect(readZipDirectory('zip', bytes)).toEqual([
      { name: 'a', crc: 0x3610a686, offset: 0, begin: 31, end: 36, stored: true, size: 5, refusal: null },
      { name: 'b', crc: 0x718498e8, offset: 36, begin: 67, end: 73, stored: true, size: 6, refusal: null },
    ])
  })

  it('a file without entries', () => {
    expect(
      readZipDirectory(
        'zip',
        parts.end.map((byte, at) => (at < 4 ? byte : 0)),
      ),
    ).toEqual([])
  })

  it('a file with a comment, even one that has the signature of an end record', async () => {
    const comment = z.join(
      [...'see PK'].map((c) => c.charCodeAt(0)),
      [5, 6],
      new Uint8Array(40),
    )
    z.set16(parts.end, z.end.commentLength, comment.length)
    expect(await contentsOf(z.join(z.putTogether(parts), comment))).toEqual({ a: 'hello', b: 'world!' })
  })

  it('a file at any place in a larger buffer', async () => {
    expect(await contentsOf(z.join([1, 2, 3], bytes).subarray(3))).toEqual({ a: 'hello', b: 'world!' })
  })

  it('entries in the order of the directory, wherever their data are', async () => {
    const directory = z.join(parts.directory.subarray(B_CENTRAL), parts.directory.subarray(0, B_CENTRAL))
    expect(Object.keys(await contentsOf(z.putTogether({ ...parts, directory })))).toEqual(['b', 'a'])
  })

  it('extra fields and comments of an entry', async () => {
    const extra = [0x99, 0x99, 2, 0, 7, 7]
    const directory = z.join(parts.directory, extra, [1, 2, 3])
    z.set16(directory, B_CENTRAL + z.central.extraLength, extra.length)
    z.set16(directory, B_CENTRAL + z.central.commentLength, 3)
    expect(await contentsOf(z.putTogether({ ...parts, directory }))).toEqual({ a: 'hello', b: 'world!' })
  })

  it('numbers of 64 bits from the zip64 extra, those that are marked and in their order', async () => {
    const numbers = [z.littleEndian(6, 8), z.littleEndian(B_LOCAL, 8), z.littleEndian(0, 4)].flat()
    const directory = z.join(parts.directory, [0x99, 0x99, 0, 0, 1, 0, numbers.length, 0], numbers)
    z.set16(directory, B_CENTRAL + z.central.extraLength, 8 + numbers.length)
    z.set32(directory, B_CENTRAL + z.central.size, 0xffffffff)
    z.set32(directory, B_CENTRAL + z.central.offset, 0xffffffff)
    z.set16(directory, B_CENTRAL + z.central.disk, 0xffff)
    expect(await contentsOf(z.putTogether({ ...parts, directory }))).toEqual({ a: 'hello', b: 'world!' })
  })

  it('local headers that leave their sizes to a zip64 extra', async () => {
    const nameEnd = B_LOCAL + z.local.name + 1
    const extra = [1, 0, 16, 0, ...z.littleEndian(6, 8), ...z.littleEndian(6, 8)]
    const data = z.join(parts.data.subarray(0, nameEnd), extra, world)
    z.set16(data, B_LOCAL + z.local.extraLength, extra.length)
    z.set32(data, B_LOCAL + z.local.size, 0xffffffff)
    z.set32(data, B_LOCAL + z.local.packedSize, 0xffffffff)
    expect(await contentsOf(z.putTogether({ ...parts, data }))).toEqual({ a: 'hello', b: 'world!' })
  })

  it('a zip64 end record', async () => {
    expect(await contentsOf(withZip64End())).toEqual({ a: 'hello', b: 'world!' })
  })

  it('local headers whose sizes and CRC-32 follow the data', async () => {
    const data = z.join(parts.data, [0x50, 0x4b, 7, 8], parts.data.subarray(50, 62))
    z.set16(data, B_LOCAL + z.local.flags, 0x808)
    data.fill(0, B_LOCAL + z.local.crc, B_LOCAL + z.local.nameLength)
    expect(await contentsOf(z.putTogether({ ...parts, data }))).toEqual({ a: 'hello', b: 'world!' })
  })
})

/** The same file with its end in zip64 records: 56 bytes from byte 167 on, the locator at byte 223. */
function withZip64End(
  change: { rest?: number; disk?: number; disks?: number; at?: number } = {},
): Uint8Array {
  const begin = parts.data.length
  const at = begin + parts.directory.length
  const { littleEndian: le } = z
  // biome-ignore format: the layout of the records
  const record = [
    0x50, 0x4b, 6, 6, ...le(change.rest ?? 44, 8), 45, 3, 45, 0, ...le(0, 4), ...le(0, 4), ...le(2, 8), ...le(2, 8),
    ...le(parts.directory.length, 8), ...le(begin, 8),
  ]
  const locator = [
    [0x50, 0x4b, 6, 7],
    le(change.disk ?? 0, 4),
    le(change.at ?? at, 8),
    le(change.disks ?? 1, 4),
  ].flat()
  const end = parts.end.slice()
  end.fill(0xff, z.end.countHere, z.end.commentLength)
  return z.join(parts.data, parts.directory, record, locator, end)
}

/** A number at a byte of one part. */
type Change = readonly [part: keyof z.Parts, at: number, bytes: 1 | 2 | 4, value: number]

/** What the headers of entry `a` say about its size. */
const sizes = (packedSize: number, size: number): Change[] => [
  ['data', z.local.packedSize, 4, packedSize],
  ['data', z.local.size, 4, size],
  ['directory', z.central.packedSize, 4, packedSize],
  ['directory', z.central.size, 4, size],
]

const DEFLATED: Change[] = [
  ['data', z.local.method, 2, 8],
  ['directory', z.central.method, 2, 8],
]

describe('readZipDirectory refuses', () => {
  const { local, central, end } = z

  // biome-ignore format: one a line
  it.each<[string, Change[], string]>([
    ['an end on another disk', [['end', end.disk, 2, 1]], 'zip: expected one disk with all 2 entries at byte 167, found disk 1'],
    ['a directory on another disk', [['end', end.disk + 2, 2, 1]], 'the directory on disk 1, 2 entries here'],
    ['entries in the same place', [['directory', B_CENTRAL + central.offset, 4, 0]], "zip: 'b': expected from byte 36 on, where 'a' ends, found at byte 0"],
    ['an entry within another', [['directory', B_CENTRAL + central.offset, 4, 35]], "zip: 'b': expected from byte 36 on, where 'a' ends, found at byte 35"],
    ['an entry beyond the data', [['directory', B_CENTRAL + central.offset, 4, 50]], "zip: 'b': expected a local header of 30 bytes at byte 50, found the end at byte 73"],
    ['an entry where none is', [['directory', B_CENTRAL + central.offset, 4, 37]], "zip: 'b': expected a local header (0x04034b50) at byte 37, found 0x1404034b"],
    ['data that reach into the directory', sizes(43, 43), "zip: 'a': expected 43 bytes of data from byte 31, found 42 before the directory"],
    ['data that reach into the next entry', sizes(6, 6), "zip: 'b': expected from byte 37 on, where 'a' ends, found at byte 36"],
    ['another name in the local header', [['data', local.name, 1, 0x63]], "zip: 'a': expected the name 'a' in the local header at byte 0, found 'c'"],
    ['another method in the local header', [['data', local.method, 2, 8]], "zip: 'a': expected the method 0 in the local header at byte 0, found 8"],
    ['another CRC-32 in the local header', [['data', local.crc, 4, 1]], "zip: 'a': expected the crc 907060870 in the local header at byte 0, found 1"],
    ['another size in the local header', [['data', local.size, 4, 6]], "zip: 'a': expected the size 5 in the local header at byte 0, found 6"],
    ['a name that is not UTF-8', [['directory', central.name, 1, 0xff]], 'zip: expected a name in UTF-8 at byte 119, found other bytes'],
    ['a name beyond the directory', [['directory', B_CENTRAL + central.nameLength, 2, 2]], 'zip: expected name, extra fields and comment up to byte 168, found the end at byte 167'],
    ['a marked size without zip64 numbers', [['directory', central.size, 4, 0xffffffff]], "zip: 'a': expected size among the zip64 numbers in the extra fields from byte 120, found 0 bytes of them"],
    ['stored data of another size', sizes(5, 6), "zip: 'a': expected 5 bytes from 5 at byte 73, found a size of 6"],
    ['a size that deflate cannot reach', [...DEFLATED, ...sizes(5, 5161)], "zip: 'a': expected at most 5160 bytes from 5 at byte 73, found a size of 5161"],
  ])('%s', (_, changes, message) => {
    for (const [part, at, width, value] of changes) {
      parts[part].set(z.littleEndian(value, width), at)
    }
    expect(() => readZipDirectory('zip', z.putTogether(parts))).toThrow(message)
  })

  // biome-ignore format: one a line
  it.each<[string, Change[], string, string]>([
    ['encryption', [['directory', central.flags, 2, 0x801]], 'a', "zip: 'a': expected no encryption at byte 73, found flags 0x00000801; unpack it with its password first"],
    ['encryption in a local header', [['data', B_LOCAL + local.flags, 2, 0x801]], 'b', "zip: 'b': expected no encryption at byte 36"],
    ['strong encryption', [['directory', central.flags, 2, 0x840]], 'a', "zip: 'a': expected no encryption"],
    ['an encrypted directory', [['directory', central.flags, 2, 0x2800]], 'a', "zip: 'a': expected no encryption"],
    ['another method', [['directory', B_CENTRAL + central.method, 2, 12], ['data', B_LOCAL + local.method, 2, 12]], 'b', "zip: 'b': expected method 0 (stored) or 8 (deflate) at byte 120, found 12 (bzip2)"],
    ['an entry on another disk', [['directory', central.disk, 2, 1]], 'a', "zip: 'a': expected an entry on disk 0 at byte 73, found disk 1"],
  ])('%s only where that entry is unpacked', async (_, changes, name, message) => {
    for (const [part, at, width, value] of changes) parts[part].set(z.littleEndian(value, width), at)
    const zip = z.putTogether(parts)
    const [a, b] = readZipDirectory('zip', zip)
    const [refused, other] = name === 'a' ? [a, b] : [b, a]
    await expect(unpack('zip', zip, refused)).rejects.toThrow(message)
    await expect(unpackStart('zip', zip, refused, 1)).rejects.toThrow(message)
    expect(await unpack('zip', zip, other)).toHaveLength(other.size)
  })

  it('a name that comes twice only where it is unpacked, as nobody knows which of them is meant', async () => {
    parts.directory[B_CENTRAL + central.name] = 0x61
    parts.data[B_LOCAL + local.name] = 0x61
    const zip = z.putTogether(parts)
    for (const entry of readZipDirectory('zip', zip)) {
      await expect(unpack('zip', zip, entry)).rejects.toThrow(
        "zip: 'a': expected once, found at byte 73 and again at byte 120: zip it anew with one of them",
      )
    }
  })

  it('a directory with more or fewer entries than the end record says', () => {
    expect(() => readZipDirectory('zip', z.putTogether(parts, 1))).toThrow(
      'zip: expected the directory of 1 entries to end at byte 167, found its end at byte 120',
    )
    expect(() => readZipDirectory('zip', z.putTogether(parts, 3))).toThrow(
      'zip: expected a central directory header of 46 bytes at byte 167, found the end at byte 167',
    )
  })

  it('a directory that is elsewhere', () => {
    const moved = bytes.slice()
    z.set32(moved, 167 + end.offset, 70)
    expect(() => readZipDirectory('zip', moved)).toThrow(
      'zip: expected a central directory that ends at byte 167, found one of 94 bytes from byte 70',
    )
  })

  it('a file without an end, or with something after it', () => {
    expect(() => readZipDirectory('zip', new Uint8Array(0))).toThrow(
      'zip: expected an end record of a zip file (PK 5 6) that ends at byte 0, found none',
    )
    expect(() => readZipDirectory('zip', bytes.slice(0, 180))).toThrow('that ends at byte 180, found none')
    expect(() => readZipDirectory('zip', z.join(bytes, [0]))).toThrow(
      'that ends at byte 190, found one at byte 167 that ends the file at byte 189',
    )
  })

  it.each([
    [
      { rest: 45 },
      'zip: expected a zip64 end record that ends at byte 223, found one of 57 bytes at byte 167',
    ],
    [{ at: 2 ** 40 }, 'zip: expected a zip64 end record of 56 bytes at byte 1099511627776, found the end'],
    [{ at: 166 }, 'zip: expected a zip64 end record (0x06064b50) at byte 166'],
    [{ disk: 1 }, 'zip: expected one disk at byte 223, found disk 1 of 1'],
    [{ disks: 2 }, 'zip: expected one disk at byte 223, found disk 0 of 2'],
  ])('zip64 records with %o', (change, message) => {
    expect(() => readZipDirectory('zip', withZip64End(change))).toThrow(message)
  })
})

describe('unpack', () => {
  it('names the entry whose bytes are not those that were packed', async () => {
    const damaged = bytes.slice()
    damaged[68] = 0
    const [, b] = readZipDirectory('zip', damaged)
    await expect(unpack('zip', damaged, b)).rejects.toThrow(
      "zip: 'b': expected CRC-32 0x718498e8 of the 6 bytes from byte 67, found 0x",
    )
  })
})
