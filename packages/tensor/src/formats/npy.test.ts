import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stridesOf } from '../shape.ts'
import { type ArrayData, bytesOf } from './array-data.ts'
import { decodeNpy, describeNpy, encodeNpy } from './npy.ts'
import { arrays, npyFile as file, mutations } from './testing.ts'

/** Where the element that is at `at` in row-major order is by `strides`. */
function offsetOf(at: number, shape: readonly number[], strides: readonly number[]): number {
  const rowMajor = stridesOf(shape)
  return shape.reduce(
    (sum, length, axis) => sum + (Math.floor(at / rowMajor[axis]) % length) * strides[axis],
    0,
  )
}

const single: ArrayData = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }

describe('encodeNpy', () => {
  it('writes the bytes that numpy writes', () => {
    // numpy.save of numpy.array([[True, False], [False, True]]), numpy 1.24.
    const expected = file(
      `${"{'descr': '|b1', 'fortran_order': False, 'shape': (2, 2), }".padEnd(117)}\n`,
      Uint8Array.of(1, 0, 0, 1),
    )
    expect(encodeNpy({ dtype: 'bool', shape: [2, 2], data: Uint8Array.of(1, 0, 0, 1) })).toEqual(expected)
  })

  it('starts the data at a multiple of 64', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect((encodeNpy(array).length - array.data.byteLength) % 64).toBe(0)
      }),
    )
  })

  it('writes version 2.0 when the header does not fit into 16 bits', () => {
    const array: ArrayData = { dtype: 'int32', shape: new Array(30000).fill(1), data: Int32Array.of(7) }
    const bytes = encodeNpy(array)
    expect(bytes[6]).toBe(2)
    expect(decodeNpy(bytes)).toEqual(array)
  })

  it('refuses arrays that contradict themselves', () => {
    expect(() => encodeNpy({ ...single, shape: [7] })).toThrow(
      'encodeNpy: expected 7 numbers for shape [7], got 6',
    )
    expect(() => encodeNpy({ ...single, dtype: 'float64' })).toThrow(
      'encodeNpy: expected a Float64Array for float64, got Float32Array',
    )
    expect(() => encodeNpy({ ...single, dtype: 'int8' as 'int32' })).toThrow("got 'int8'")
    expect(() => encodeNpy({ dtype: 'bool', shape: [2], data: Uint8Array.of(1, 2) })).toThrow(
      'encodeNpy: expected a bool (0 or 1) at byte 1, found 2',
    )
  })
})

describe('decodeNpy', () => {
  it('returns what was encoded, bit for bit', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect(decodeNpy(encodeNpy(array))).toEqual(array)
      }),
    )
  })

  it('reads a file at any place in a larger buffer', () => {
    const bytes = encodeNpy(single)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decodeNpy(shifted.subarray(3))).toEqual(single)
    // What readFile returns: its slice() is a view of a pool.
    expect(decodeNpy(Buffer.from(shifted.buffer, 3))).toEqual(single)
  })

  it('reads version 2.0, other spacing, another order of keys and a trailing comma', () => {
    const data = new Uint8Array(Int32Array.of(-1, 2).buffer)
    const header = "{ 'shape' : ( 2 , ) ,'fortran_order':False , 'descr': '<i4'}\n"
    expect(decodeNpy(file(header, data, [2, 0]))).toEqual({
      dtype: 'int32',
      shape: [2],
      data: Int32Array.of(-1, 2),
    })
    expect(decodeNpy(file("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2,)}", data)).shape).toEqual(
      [1, 2],
    )
  })

  it('reads version 3.0, whose header is UTF-8, and what Python 2 wrote', () => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }"
    for (const version of [
      [1, 0],
      [3, 0],
    ]) {
      expect(decodeNpy(file(header, Uint8Array.of(7, 8), version))).toEqual({
        dtype: 'uint32',
        shape: [2, 1],
        data: Uint32Array.of(7, 8),
      })
    }
    const fields = "{'descr': [('größe', '<f4')], 'fortran_order': False, 'shape': (0L,), }"
    expect(describeNpy(file(fields, undefined, [3, 0])).type).toBe("structured [('größe', '<f4')]")
    for (const shape of ['(2l,)', '(2LL,)', '(L,)', '(2L)']) {
      expect(() => decodeNpy(file(header.replace('(2L, 1L)', shape)))).toThrow(
        'expected a tuple of whole numbers',
      )
    }
  })

  it.each<[string, string, number[], ArrayData['data']]>([
    ['int8', '|i1', [0x7f, 0x80], Int32Array.of(127, -128)],
    ['int16', '<i2', [0x02, 0x01, 0xff, 0xff], Int32Array.of(258, -1)],
    ['uint8', '|u1', [0x00, 0xff], Uint32Array.of(0, 255)],
    ['uint16', '<u2', [0x02, 0x01, 0xff, 0xff], Uint32Array.of(258, 65535)],
    ['int64', '<i8', [1, 0, 0, 0, 0, 0, 0, 0, ...new Array(8).fill(255)], Int32Array.of(1, -1)],
    [
      'uint64',
      '<u8',
      [0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0],
      Uint32Array.of(0, 2 ** 32 - 1),
    ],
    ['float16', '<f2', [0x00, 0x3c, 0x00, 0x80], Float32Array.of(1, -0)],
    ['big-endian int16', '>i2', [0x01, 0x02, 0xff, 0xfe], Int32Array.of(258, -2)],
    ['big-endian int32', '>i4', [0, 0, 1, 2, 255, 255, 255, 254], Int32Array.of(258, -2)],
    ['big-endian uint64', '>u8', [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1], Uint32Array.of(258, 1)],
    [
      'big-endian float32',
      '>f4',
      [0x3f, 0x80, 0, 0, 0xff, 0x80, 0, 0],
      Float32Array.of(1, Number.NEGATIVE_INFINITY),
    ],
    [
      'big-endian float64',
      '>f8',
      [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      Float64Array.of(1, 0),
    ],
    ['big-endian bytes', '>u1', [1, 2], Uint32Array.of(1, 2)],
  ])('reads %s', (_, descr, bytes, expected) => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }`
    expect(decodeNpy(file(header, Uint8Array.from(bytes))).data).toEqual(expected)
  })

  it('reads every number of float16', () => {
    const header = "{'descr': '<f2', 'fortran_order': False, 'shape': (65536,), }"
    const { data } = decodeNpy(
      file(header, bytesOf(Uint32Array.from({ length: 32768 }, (_, i) => 2 * i + 2 ** 16 * (2 * i + 1)))),
    )
    // By the definition of IEEE 754, digit by digit.
    const expected = Float32Array.from({ length: 65536 }, (_, word) => {
      const digits = word.toString(2).padStart(16, '0')
      const sign = digits[0] === '1' ? -1 : 1
      const exponent = Number.parseInt(digits.slice(1, 6), 2)
      const fraction = Number.parseInt(digits.slice(6), 2) / 1024
      if (exponent === 31) return fraction > 0 ? Number.NaN : sign * Infinity
      return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction)
    })
    expect(data).toEqual(expected)
  })

  it('reads integers of 64 bits as float64 where one does not fit into 32, and refuses what float64 does not hold', () => {
    const fits = (descr: string, value: bigint, littleEndian: boolean) => () => {
      const bytes = new Uint8Array(16)
      new DataView(bytes.buffer).setBigInt64(8, value, littleEndian)
      return decodeNpy(file(`{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }`, bytes)).data
    }
    expect(fits('<i8', 2n ** 31n - 1n, true)()).toEqual(Int32Array.of(0, 2 ** 31 - 1))
    expect(fits('<i8', -(2n ** 31n), true)()).toEqual(Int32Array.of(0, -(2 ** 31)))
    expect(fits('<u8', 2n ** 32n - 1n, true)()).toEqual(Uint32Array.of(0, 2 ** 32 - 1))
    expect(fits('<i8', 2n ** 31n, true)()).toEqual(Float64Array.of(0, 2 ** 31))
    expect(fits('<i8', -(2n ** 31n) - 1n, true)()).toEqual(Float64Array.of(0, -(2 ** 31) - 1))
    expect(fits('>i8', -(2n ** 53n), false)()).toEqual(Float64Array.of(0, -(2 ** 53)))
    expect(fits('<u8', 2n ** 53n, true)()).toEqual(Float64Array.of(0, 2 ** 53))
    // 2^53 + 1 rounds to 2^53: what is no number of float64 is not taken for its neighbour.
    for (const beyond of [2n ** 53n + 1n, 2n ** 53n + 2n, 2n ** 63n - 1n, -(2n ** 53n) - 1n, -(2n ** 63n)]) {
      expect(fits('<i8', beyond, true)).toThrow(`found ${beyond} at [1] (byte 75)`)
      expect(fits('>i8', beyond, false)).toThrow(`found ${beyond} at [1] (byte 75)`)
    }
    expect(fits('>i8', 2n ** 53n + 1n, false)).toThrow(
      'decodeNpy: expected int64 numbers of at most 2^53, which float64 holds exactly, found 9007199254740993 at [1] (byte 75); subtract an offset before saving, in int64: x - x.min()',
    )
    expect(fits('<u8', -1n, true)).toThrow('found 18446744073709551615 at [1] (byte 75)')
  })

  it('turns Fortran order into row-major order, at any rank', () => {
    fc.assert(
      fc.property(arrays, ({ shape, dtype, data }) => {
        // Written from its last axis to its first, a Fortran array is one in C order of the turned shape.
        const turned = encodeNpy({ dtype, shape: shape.toReversed(), data })
        const text = new TextDecoder('latin1').decode(turned)
        const written = text
          .replace(/'shape': \(.*?\)/, `'shape': (${shape.map((length) => `${length},`).join('')})`)
          .replace("'fortran_order': False", "'fortran_order': True")
        const start = turned.length - data.byteLength
        const header = written.slice(10, written.length - data.byteLength).trim()
        const read = decodeNpy(file(header, turned.slice(start)))
        expect([read.shape, read.dtype]).toEqual([shape, dtype])
        const strides = stridesOf(shape.toReversed()).toReversed()
        const expected = data.map((_, at) => data[offsetOf(at, shape, strides)])
        expect(read.data).toEqual(expected)
      }),
    )
  })

  it.each([
    [
      "{'descr': '<x8', 'fortran_order': False, 'shape': (), }",
      "decodeNpy: expected < or > and a dtype among b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4, f8 in the header, found '<x8'",
    ],
    ["{'descr': '|f4', 'fortran_order': False, 'shape': (), }", "found '|f4'"],
    ["{'descr': '<constructor', 'fortran_order': False, 'shape': (), }", "found '<constructor'"],
    [
      "{'descr': '<i8', 'fortran_order': True, 'shape': (2, 2), }",
      'expected 32 bytes of [2, 2] <i8 from byte 68, found 0',
    ],
    [
      "{'descr': [('a', '<f4'), 'fortran_order': False, 'shape': (), }",
      "expected 'key': value at byte 11, found",
    ],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3), }",
      'expected a tuple of whole numbers at byte 50',
    ],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", 'expected a tuple of whole numbers'],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", 'expected a tuple of whole numbers'],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740993,), }",
      'expected a tuple of whole numbers',
    ],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'shape': (), }",
      "expected 'shape' once at byte 63",
    ],
    ["{'descr': '<f4', 'fortran_order': False, }", "expected the keys 'descr', 'fortran_order' and 'shape'"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': (), }", 'expected the keys'],
    ["{'descr': False, 'fortran_order': False, 'shape': (), }", 'expected the keys'],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (), } x",
      'expected nothing after the dictionary at byte 65',
    ],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (), ", "expected 'key': value at byte 63"],
    ['', "expected '{' at byte 10"],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
      'expected 24 bytes of [2, 3] <f4 from byte 69, found 0',
    ],
    [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9000000000000, 9000000000000, 9000000000000), }",
      'found 0',
    ],
  ])('refuses the header %s', (header, message) => {
    expect(() => decodeNpy(file(header))).toThrow(message)
  })

  it('refuses data that are too long and booleans that are neither 0 nor 1', () => {
    const header = "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }"
    expect(() => decodeNpy(file(header, Uint8Array.of(0, 1, 1)))).toThrow(
      'decodeNpy: expected 2 bytes of [2] |b1 from byte 67, found 3',
    )
    expect(() => decodeNpy(file(header, Uint8Array.of(0, 2)))).toThrow(
      'decodeNpy: expected a bool (0 or 1) at byte 68, found 2',
    )
  })

  it('names the byte at which a file is cut off or is none', () => {
    const bytes = encodeNpy(single)
    expect(() => decodeNpy(new Uint8Array(0))).toThrow(
      'expected \\x93NUMPY at byte 0, found the end at byte 0',
    )
    expect(() => decodeNpy(Uint8Array.of(0x93, 0x4e, 0x50))).toThrow('found 80 at byte 2')
    for (const end of [6, 7]) {
      expect(() => decodeNpy(bytes.slice(0, end))).toThrow(
        `expected a version at byte 6, found the end at byte ${end}`,
      )
    }
    expect(() => decodeNpy(bytes.slice(0, 9))).toThrow(
      'expected a header length at byte 8, found the end at byte 9',
    )
    expect(() => decodeNpy(bytes.slice(0, 40))).toThrow('expected 118 bytes of header from byte 10, found 30')
    expect(() => decodeNpy(bytes.slice(0, 130))).toThrow(
      'expected 24 bytes of [2, 3] <f4 from byte 128, found 2',
    )
    bytes[6] = 4
    expect(() => decodeNpy(bytes)).toThrow('expected version 1.0, 2.0 or 3.0 at byte 6, found 4.0')
  })

  it('answers any damaged file with an error of its own or with a sound array', () => {
    fc.assert(
      fc.property(
        arrays.chain((array) => mutations(encodeNpy(array))),
        (bytes) => {
          let array: ArrayData
          try {
            array = decodeNpy(bytes)
          } catch (error) {
            expect((error as Error).message).toMatch(/^decodeNpy: /)
            return
          }
          expect(decodeNpy(encodeNpy(array))).toEqual(array)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
