import { describe, expect, it } from 'vitest'
import { decodeNpy, describeNpy, encodeNpy } from './npy.ts'
import { npyFile } from './testing.ts'

/** The file of an array of this type, as numpy writes its header, of which no data are there. */
const fileOf = (descr: string, shape = '(3,)') =>
  npyFile(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`)

describe('describeNpy', () => {
  it('says type and shape of numbers, from the header alone', () => {
    const bytes = encodeNpy({ dtype: 'float64', shape: [2, 1], data: Float64Array.of(1, 2) })
    expect(describeNpy(bytes.subarray(0, 128))).toEqual({ type: 'float64', shape: [2, 1], reads: 'numbers' })
    expect(describeNpy(fileOf("'>i8'"))).toEqual({ type: 'int64', shape: [3], reads: 'numbers' })
    expect(describeNpy(fileOf("'|b1'", '()'))).toEqual({ type: 'bool', shape: [], reads: 'numbers' })
  })

  it('says what texts are', () => {
    expect(describeNpy(fileOf("'<U5'"))).toEqual({ type: '<U5', shape: [3], reads: 'texts' })
    expect(describeNpy(fileOf("'|S2'"))).toEqual({ type: '|S2', shape: [3], reads: 'texts' })
  })

  it('is in its own name where there is no array', () => {
    expect(() => describeNpy(Uint8Array.of(1))).toThrow('describeNpy: expected \\x93NUMPY at byte 0')
  })
})

describe('an array that is no array of numbers says what it is and how to save it', () => {
  it.each([
    [
      'Python objects',
      "'|O'",
      '(3,)',
      'object',
      "found object [3]: pickled Python objects, which are never unpickled as that runs code; save numbers by np.save(path, x.astype('float64'), allow_pickle=False)",
    ],
    [
      'one Python object',
      "'|O'",
      '()',
      'object',
      'found object []: one pickled Python object, a dict perhaps, which is never unpickled as that runs code; save its arrays by np.savez(path, **x.item()), a sparse matrix by np.save(path, x.item().toarray())',
    ],
    ['Python objects of old', "'|O8'", '(3,)', 'object', 'pickled Python objects'],
    [
      'fields',
      "[('a', '<f4'), ('b', '<i4')]",
      '(1,)',
      "structured [('a', '<f4'), ('b', '<i4')]",
      'fields of several kinds (a structured array); save its columns as numbers: np.lib.recfunctions.structured_to_unstructured(x)',
    ],
    [
      'fields within fields',
      "[('a', [('x', '<f4')], (2, 3))]",
      '(1,)',
      "structured [('a', [('x', '<f4')], (2, 3))]",
      'a structured array',
    ],
    [
      'fields whose names have quotes and brackets',
      `[("it's [", '<f4'), ('\\'"', '<f4')]`,
      '(1,)',
      `structured [("it's [", '<f4'), ('\\'"', '<f4')]`,
      'a structured array',
    ],
    [
      'fields with padding',
      "[('a', '|u1'), ('', '|V7'), ('b', '<f8')]",
      '(1,)',
      "structured [('a', '|u1'), ('', '|V7'), ('b', '<f8')]",
      'a structured array',
    ],
    [
      'texts',
      "'<U3'",
      '(3,)',
      '<U3',
      "found <U3 [3]: texts, which are read as labels only; numbers written as texts are saved by x.astype('float64')",
    ],
    ['bytes', "'|S3'", '(3,)', '|S3', 'texts, which are read as labels only'],
    [
      'points in time',
      "'<M8[ns]'",
      '(3,)',
      'datetime64[ns]',
      "points in time; save milliseconds since 1970: x.astype('datetime64[ms]').astype('float64')",
    ],
    [
      'spans of time',
      "'<m8[s]'",
      '(3,)',
      'timedelta64[s]',
      "spans of time; save seconds: x / np.timedelta64(1, 's')",
    ],
    ['complex numbers', "'<c8'", '(3,)', 'complex64', 'complex numbers; save np.abs(x)'],
    [
      'long doubles',
      "'<f16'",
      '(3,)',
      'float128',
      "extended precision (long double); save x.astype('float64')",
    ],
    ['bfloat16', "'|V2'", '(3,)', 'void2', "raw bytes, as numpy saves bfloat16; save x.astype('float32')"],
    ['raw bytes', "'|V16'", '(3,)', 'void16', 'raw bytes; save numbers'],
  ])('%s', (_, descr, shape, type, message) => {
    const file = fileOf(descr, shape)
    expect(describeNpy(file).type).toBe(type)
    expect(() => decodeNpy(file)).toThrow(message)
    expect(() => decodeNpy(file)).toThrow(/^decodeNpy: expected an array of numbers, found /)
  })

  it.each([
    ['a pickle', [0x80, 4, 0x95], 'a Python pickle'],
    ['a zip file', [0x50, 0x4b, 3, 4], 'a zip file, as .npz files are'],
    ['a gzip file', [0x1f, 0x8b, 8], 'a gzip file; unpack it first'],
    ['an HDF5 file', [0x89, 0x48, 0x44, 0x46], 'an HDF5 file; save its arrays by np.savez'],
  ])('%s', (_, bytes, is) => {
    expect(() => decodeNpy(Uint8Array.from(bytes))).toThrow(is)
  })

  it('several arrays in one file', () => {
    const one = encodeNpy({ dtype: 'bool', shape: [1], data: Uint8Array.of(1) })
    expect(() => decodeNpy(Uint8Array.from([...one, ...one]))).toThrow(
      'several arrays one after the other, of which numpy.load reads the first; save them by np.savez',
    )
  })
})
