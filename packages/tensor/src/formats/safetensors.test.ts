import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrayData } from './array-data.ts'
import { decodeSafetensors, encodeSafetensors, openSafetensors, type Safetensors } from './safetensors.ts'
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

  it.each<[string, number[], ArrayData['data']]>([
    ['I8', [0x7f, 0x80], Int32Array.of(127, -128)],
    ['U8', [0, 255], Uint32Array.of(0, 255)],
    ['I16', [2, 1, 255, 255], Int32Array.of(258, -1)],
    ['U16', [2, 1, 255, 255], Uint32Array.of(258, 65535)],
    ['I32', [1, 0, 0, 0, 255, 255, 255, 255], Int32Array.of(1, -1)],
    ['U32', [1, 0, 0, 0, 255, 255, 255, 255], Uint32Array.of(1, 2 ** 32 - 1)],
    ['I64', [1, 0, 0, 0, 0, 0, 0, 0, ...new Array(8).fill(255)], Int32Array.of(1, -1)],
    ['I64', [1, 0, 0, 0, 1, 0, 0, 0, ...new Array(8).fill(255)], Float64Array.of(2 ** 32 + 1, -1)],
    ['U64', [1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0], Uint32Array.of(1, 2 ** 32 - 1)],
    ['U64', [0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(2 ** 53, 0)],
    ['F16', [0, 0x3c, 1, 0x80], Float32Array.of(1, -(2 ** -24))],
    ['BF16', [0x80, 0x3f, 0x80, 0xff], Float32Array.of(1, Number.NEGATIVE_INFINITY)],
    ['F32', [0, 0, 128, 63, 0, 0, 0, 128], Float32Array.of(1, -0)],
    ['F64', [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1, 0)],
    ['BOOL', [1, 0], Uint8Array.of(1, 0)],
  ])('reads %s', (dtype, bytes, expected) => {
    const whole = file({ a: { dtype, shape: [2], data_offsets: [0, bytes.length] } }, bytes.length)
    whole.set(bytes, whole.length - bytes.length)
    expect(decodeSafetensors(whole).tensors.a.data).toEqual(expected)
    expect(openSafetensors(whole).describe('a')).toEqual({ dtype, shape: [2] })
  })

  it('reads every number of bfloat16', () => {
    const count = 2 ** 16
    const header = { a: { dtype: 'BF16', shape: [count], data_offsets: [0, 2 * count] } }
    const bytes = file(header, 2 * count)
    const view = new DataView(bytes.buffer, bytes.length - 2 * count)
    for (let word = 0; word < count; word++) view.setUint16(2 * word, word, true)
    // By the definition: 8 bits of exponent, 7 of fraction.
    const expected = Float32Array.from({ length: count }, (_, word) => {
      const [sign, exponent, fraction] = [word >> 15 ? -1 : 1, (word >> 7) & 255, (word & 127) / 128]
      if (exponent === 255) return fraction > 0 ? Number.NaN : sign * Infinity
      return exponent === 0 ? sign * 2 ** -126 * fraction : sign * 2 ** (exponent - 127) * (1 + fraction)
    })
    expect(decodeSafetensors(bytes).tensors.a.data).toEqual(expected)
  })

  it('reads what PyTorch saved: the counter of a batch normalisation, and a model in half precision', () => {
    const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
    const normalised = decodeSafetensors(fixture('ae_bn.safetensors')).tensors
    expect(normalised['encoder.1.num_batches_tracked']).toMatchObject({ dtype: 'int32', shape: [] })
    expect(normalised['encoder.0.weight']).toMatchObject({ dtype: 'float32', shape: [16, 6] })
    const half = decodeSafetensors(fixture('ae_f16.safetensors')).tensors
    const weights = half['encoder.0.weight']
    expect(weights).toMatchObject({ dtype: 'float32', shape: [16, 6] })
    expect(weights.data.every((value) => Number.isFinite(value) && Math.abs(value) < 1)).toBe(true)
    expect(weights.data.some((value) => value !== 0)).toBe(true)
  })

  it('reads the tensors that are asked for, whatever is beside them', () => {
    const header = {
      scaled: { dtype: 'F8_E4M3', shape: [3], data_offsets: [4, 7] },
      packed: { dtype: 'F4', shape: [2], data_offsets: [7, 8] },
      future: { dtype: 'I4', shape: [2], data_offsets: [8, 9] },
      counter: { dtype: 'I64', shape: [], data_offsets: [9, 17] },
      a: f32(0, 4),
    }
    const bytes = file(header, 17)
    bytes.fill(255, bytes.length - 1)
    bytes[bytes.length - 1] = 0x7f
    const whole = openSafetensors(bytes)
    expect(whole.names).toEqual(['a', 'scaled', 'packed', 'future', 'counter'])
    expect(whole.read('a')).toEqual({ dtype: 'float32', shape: [1], data: Float32Array.of(0) })
    expect(whole.describe('future')).toEqual({ dtype: 'I4', shape: [2] })
    expect(() => whole.read('scaled')).toThrow(
      "openSafetensors: 'scaled': expected a dtype among F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, found F8_E4M3 [3]; save the tensor as float32: t.float()",
    )
    expect(() => whole.read('counter')).toThrow('expected int64 numbers of at most 2^53')
    expect(Object.keys(decodeSafetensors(bytes, { names: ['a'] }).tensors)).toEqual(['a'])
    expect(() => decodeSafetensors(bytes)).toThrow("decodeSafetensors: 'scaled': expected a dtype among")
    expect(() => decodeSafetensors(bytes, { names: ['sealed'] })).toThrow(
      "decodeSafetensors: expected one of its tensors, 'a', 'scaled', 'packed', 'future', 'counter', got 'sealed'; did you mean 'scaled'?",
    )
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
      { numRuns: 3000 },
    )
  })
})
