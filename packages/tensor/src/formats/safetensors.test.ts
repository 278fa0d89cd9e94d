import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts'
import { arrays, mutations } from './testing.ts'

/** A file with this header and this many bytes of zeros. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 8)
  return bytes
}

const headerOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(8, 8 + new DataView(bytes.buffer).getUint32(0, true)))

const f32 = (begin: number, end: number, shape: unknown = [(end - begin) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
})

const names = fc.string({ unit: 'binary', maxLength: 6 }).filter((name) => name !== '__metadata__')
const contents = fc.record({
  tensors: fc.dictionary(names, arrays, { maxKeys: 5, noNullPrototype: true }),
  metadata: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
})

describe('encodeSafetensors', () => {
  it('writes the layout of the format', () => {
    const bytes = encodeSafetensors(
      {
        flag: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
        b: { dtype: 'float32', shape: [], data: Float32Array.of(1) },
        a: { dtype: 'uint32', shape: [2, 1], data: Uint32Array.of(5, 6) },
        wide: { dtype: 'float64', shape: [1], data: Float64Array.of(2) },
      },
      { z: 'last', a: 'first' },
    )
    const header = headerOf(bytes)
    expect(header.trimEnd()).toBe(
      '{"__metadata__":{"a":"first","z":"last"},' +
        '"wide":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},' +
        '"a":{"dtype":"U32","shape":[2,1],"data_offsets":[8,16]},' +
        '"b":{"dtype":"F32","shape":[],"data_offsets":[16,20]},' +
        '"flag":{"dtype":"BOOL","shape":[3],"data_offsets":[20,23]}}',
    )
    expect(header.length % 8).toBe(0)
    expect(Array.from(bytes.slice(8 + header.length))).toEqual([
      ...new Uint8Array(Float64Array.of(2).buffer),
      ...[5, 0, 0, 0, 6, 0, 0, 0],
      ...new Uint8Array(Float32Array.of(1).buffer),
      ...[1, 0, 1],
    ])
  })

  it('gives the same bytes whatever the order of the names', () => {
    fc.assert(
      fc.property(contents, ({ tensors, metadata }) => {
        const backwards = <T>(record: Record<string, T>) =>
          Object.fromEntries(Object.entries(record).reverse())
        expect(encodeSafetensors(backwards(tensors), backwards(metadata))).toEqual(
          encodeSafetensors(tensors, metadata),
        )
      }),
    )
  })

  it('leaves the metadata out when there are none', () => {
    expect(headerOf(encodeSafetensors({}))).toBe('{}      ')
  })

  it('refuses the reserved name, metadata that are not texts, and arrays that contradict themselves', () => {
    const one = { dtype: 'float32', shape: [1], data: Float32Array.of(1) } as const
    expect(() => encodeSafetensors({ __metadata__: one })).toThrow(
      "'__metadata__' is not a name for a tensor",
    )
    expect(() => encodeSafetensors({}, { step: 3 as unknown as string })).toThrow(
      "encodeSafetensors: expected texts as metadata, got number for 'step'",
    )
    expect(() => encodeSafetensors({ w: { ...one, shape: [2] } })).toThrow(
      "encodeSafetensors: 'w': expected 2 numbers for shape [2], got 1",
    )
  })
})

describe('decodeSafetensors', () => {
  it('returns what was encoded, bit for bit', () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(decodeSafetensors(encodeSafetensors(content.tensors, content.metadata))).toEqual(content)
      }),
    )
  })

  it('reads a Node Buffer in the middle of a pool', () => {
    const content = { a: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } } as const
    const bytes = encodeSafetensors(content)
    const pool = Buffer.alloc(bytes.length + 5)
    pool.set(bytes, 5)
    expect(decodeSafetensors(pool.subarray(5)).tensors).toEqual(content)
  })

  it('keeps a tensor named __proto__ a tensor', () => {
    const array = { dtype: 'int32', shape: [1], data: Int32Array.of(4) } as const
    const { tensors } = decodeSafetensors(encodeSafetensors(Object.fromEntries([['__proto__', array]])))
    expect(Object.entries(tensors)).toEqual([['__proto__', array]])
  })

  it('accepts any order of tensors and a header that is not aligned', () => {
    const { tensors } = decodeSafetensors(file({ b: f32(4, 8), none: f32(4, 4, [0]), a: f32(0, 4) }, 8))
    expect(Object.keys(tensors).sort()).toEqual(['a', 'b', 'none'])
    expect(tensors.none.data).toHaveLength(0)
  })

  it.each([
    ['a header that is no JSON', '{"a":', 0, 'expected JSON from byte 8, found "{\\"a\\":"'],
    ['a header that is no object', '[1]', 0, 'expected a JSON object at byte 8, found [1]'],
    ['an entry that is none', { a: 3 }, 0, "expected dtype, shape and data_offsets for 'a', found 3"],
    [
      'what is no dtype',
      { a: { ...f32(0, 4), dtype: 'float32' } },
      4,
      'expected a dtype among F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL for \'a\', found "float32"',
    ],
    ['a missing dtype', { a: { shape: [], data_offsets: [0, 4] } }, 4, "for 'a', found nothing"],
    ['a negative length', { a: f32(0, 4, [-1]) }, 4, "expected a shape of whole numbers for 'a', found [-1]"],
    ['a shape that is no list', { a: f32(0, 4, 1) }, 4, 'expected a shape of whole numbers'],
    [
      'offsets of the wrong number',
      { a: { ...f32(0, 4), data_offsets: [0] } },
      4,
      'expected data_offsets [begin, end] with begin ≤ end',
    ],
    ['offsets in the wrong order', { a: { ...f32(0, 4), data_offsets: [4, 0] } }, 4, "for 'a', found [4,0]"],
    [
      'offsets that do not fit the shape',
      { a: f32(0, 8, [1]) },
      8,
      "expected data_offsets 4 bytes apart ([1] float32) for 'a', found [0,8]",
    ],
    [
      'data beyond the end',
      { a: f32(0, 8) },
      4,
      "expected the data of 'a' up to byte 70, found the end at byte 66",
    ],
    [
      'overlapping data',
      { a: f32(0, 8), b: f32(4, 12) },
      12,
      "expected the data of 'b' at byte 124, found it at byte 120, which belongs to another tensor",
    ],
    ['a gap', { a: f32(0, 4), b: f32(8, 12) }, 12, 'and bytes before it that belong to none'],
    ['bytes after the last tensor', { a: f32(0, 4) }, 6, 'expected the end at byte 66, found 68 bytes'],
    [
      'metadata that are not texts',
      { __metadata__: { a: 1 } },
      0,
      'expected texts by name in __metadata__, found {"a":1}',
    ],
    ['metadata that are a list', { __metadata__: ['a'] }, 0, 'expected texts by name'],
  ])('refuses %s', (_, header, dataBytes, message) => {
    expect(() => decodeSafetensors(file(header, dataBytes))).toThrow(message)
  })

  it('refuses a header that is not UTF-8', () => {
    const bytes = file('{"a":"?"}', 0)
    bytes[14] = 0xff
    expect(() => decodeSafetensors(bytes)).toThrow('expected UTF-8 in the header from byte 8')
  })

  it('refuses booleans that are neither 0 nor 1, naming tensor and byte', () => {
    const bytes = encodeSafetensors({ m: { dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) } })
    bytes[bytes.length - 1] = 255
    expect(() => decodeSafetensors(bytes)).toThrow(
      `decodeSafetensors: 'm': expected a bool (0 or 1) at byte ${bytes.length - 1}, found 255`,
    )
  })

  it('names the byte at which a file is cut off', () => {
    const bytes = encodeSafetensors({ a: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } })
    expect(() => decodeSafetensors(bytes.slice(0, 5))).toThrow(
      'expected 8 bytes of header length at byte 0, found 5',
    )
    expect(() => decodeSafetensors(bytes.slice(0, 20))).toThrow('bytes of header from byte 8, found 12')
    expect(() => decodeSafetensors(bytes.slice(0, -1))).toThrow(`found the end at byte ${bytes.length - 1}`)
    bytes[7] = 1
    expect(() => decodeSafetensors(bytes)).toThrow(/expected \d{17} bytes of header/)
  })

  it('answers any damaged file with an error of its own or with sound arrays', () => {
    const damaged = contents.chain(({ tensors, metadata }) => mutations(encodeSafetensors(tensors, metadata)))
    fc.assert(
      fc.property(damaged, (bytes) => {
        let content: Safetensors
        try {
          content = decodeSafetensors(bytes)
        } catch (error) {
          expect((error as Error).message).toMatch(/^decodeSafetensors: /)
          return
        }
        expect(decodeSafetensors(encodeSafetensors(content.tensors, content.metadata))).toEqual(content)
      }),
      { numRuns: 600 },
    )
  })
})
