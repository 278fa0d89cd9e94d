import { describe, expect, it } from 'vitest'
import { decodeNpy, encodeNpy } from './npy.ts'
import { decodeNpz, encodeNpz } from './npz.ts'
import { decodeSafetensors } from './safetensors.ts'
import { unpackedLimit } from './unpacked-limit.ts'

const MiB = 2 ** 20

function npy(header: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(12 + text.length + dataBytes)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0])
  new DataView(bytes.buffer).setUint32(8, text.length, true)
  bytes.set(text, 12)
  return bytes
}

const npyOf = (shape: string, dataBytes: number, fortran = 'False') =>
  npy(`{'descr': '<f4', 'fortran_order': ${fortran}, 'shape': (${shape}), }`, dataBytes)

function safetensors(header: string, length = BigInt(header.length)): Uint8Array {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + text.length)
  new DataView(bytes.buffer).setBigUint64(0, length, true)
  bytes.set(text, 8)
  return bytes
}

describe('npz', () => {
  const zeros = { dtype: 'float32', shape: [17 * MiB], data: new Float32Array(17 * MiB) } as const

  it('is refused where it unpacks to more than 64 MiB and 100 times its bytes, unless maxBytes says so', async () => {
    const bytes = await encodeNpz({ zeros })
    await expect(decodeNpz(bytes)).rejects.toThrow(
      "decodeNpz: 'zeros.npy': expected arrays that unpack to at most 67108864 bytes (64 MiB; the option maxBytes allows more",
    )
    expect((await decodeNpz(bytes, { maxBytes: 2 ** 27 })).zeros.shape).toEqual([17 * MiB])
    await expect(decodeNpz(bytes, { maxBytes: 0 })).rejects.toThrow('decodeNpz: maxBytes: expected')
  })

  it('is not refused for its size where nothing is packed', async () => {
    expect(Object.keys(await decodeNpz(await encodeNpz({ zeros }, { compress: false })))).toEqual(['zeros'])
  })

  it('allows as much as is common, and what a large file may have', () => {
    expect(unpackedLimit(1, undefined).bytes).toBe(64 * MiB)
    expect(unpackedLimit(10 * MiB, undefined).bytes).toBe(1000 * MiB)
    expect(unpackedLimit(1000 * MiB, undefined).bytes).toBe(4096 * MiB)
    expect(unpackedLimit(1, 7).bytes).toBe(7)
  })

  it('keeps arrays named as what every object has', async () => {
    const one = { dtype: 'float32', shape: [1], data: Float32Array.of(1) } as const
    const names = ['__proto__', 'constructor', 'toString']
    const read = await decodeNpz(await encodeNpz(Object.fromEntries(names.map((name) => [name, one]))))
    expect(Object.keys(read).sort()).toEqual(names.sort())
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  })
})

describe('npy', () => {
  it.each(['1099511627776, 8', '9007199254740991, 9007199254740991', `${'9007199254740991, '.repeat(40)}`])(
    'refuses an array of (%s) that is not there, and takes no memory for it',
    (shape) => {
      expect(() => decodeNpy(npyOf(shape, 16))).toThrow('decodeNpy: expected')
    },
  )

  it('has an empty array where one axis of an endless shape is 0', () => {
    expect(decodeNpy(npyOf(`${'9007199254740991, '.repeat(40)} 0`, 0)).data.length).toBe(0)
  })

  it('has a header of at most 1 MiB', () => {
    expect(() => decodeNpy(npy(' '.repeat(MiB + 1), 0))).toThrow('expected a header of at most 1048576 bytes')
  })

  it('turns an array of 100,000 axes around at once, and shows few of them', () => {
    const ones = '1, '.repeat(100_000)
    expect(decodeNpy(npyOf(`2, ${ones} 3`, 24, 'True')).data.length).toBe(6)
    const refused = (() => decodeNpy(npyOf(`2, ${ones}`, 4))) as () => unknown
    expect(refused).toThrow(/expected 8 bytes of \[2(, 1){63}, … 100001 axes\] <f4/)
  })

  it('reads what it wrote in Fortran order with axes of 1', () => {
    const { bytes } = { bytes: npyOf('2, 1, 3', 24, 'True') }
    new DataView(bytes.buffer).setFloat32(bytes.length - 20, 5, true)
    expect([...decodeNpy(bytes).data]).toEqual([0, 0, 0, 5, 0, 0])
    expect(decodeNpy(encodeNpy(decodeNpy(bytes))).shape).toEqual([2, 1, 3])
  })
})

describe('safetensors', () => {
  const deep = 20_000
  it.each([
    ['lists', `{"a":${'['.repeat(deep)}${']'.repeat(deep)}}`],
    ['objects', `{"a":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`],
    ['metadata', `{"__metadata__":{"a":${'['.repeat(deep)}${']'.repeat(deep)}}}`],
    ['all of it', `${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['a shape', `{"a":{"dtype":"F32","shape":${'['.repeat(deep)}${']'.repeat(deep)},"data_offsets":[0,0]}}`],
    ['offsets', `{"a":{"dtype":"F32","shape":[],"data_offsets":${'['.repeat(deep)}${']'.repeat(deep)}}}`],
    ['a dtype', `{"a":{"dtype":${'['.repeat(deep)}${']'.repeat(deep)}}}`],
  ])('says what is wrong where %s are nested 20,000 times', (_, header) => {
    expect(() => decodeSafetensors(safetensors(header))).toThrow(/^decodeSafetensors: expected .{1,160}$/)
  })

  it.each([2n ** 60n, 2n ** 63n, 2n ** 64n - 1n, 200_000_000n])('refuses a header of %s bytes', (length) => {
    expect(() => decodeSafetensors(safetensors('{}', length))).toThrow(
      'decodeSafetensors: this is no .safetensors file',
    )
  })

  it('refuses a shape that no number counts', () => {
    const header = '{"a":{"dtype":"F32","shape":[9007199254740991,9007199254740991,0],"data_offsets":[0,4]}}'
    expect(() => decodeSafetensors(safetensors(header))).toThrow('expected data_offsets 0 bytes apart')
  })

  it('takes tensors and texts that are named as what every object has', () => {
    const field = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    const { tensors, metadata } = decodeSafetensors(
      safetensors(`{"__proto__":${field},"constructor":${field},"__metadata__":{"__proto__":"a"}}`),
    )
    expect(Object.keys(tensors).sort()).toEqual(['__proto__', 'constructor'])
    expect(Object.keys(metadata)).toEqual(['__proto__'])
    expect(() => decodeSafetensors(safetensors('{"a":{"__proto__":{"dtype":"F32"}}}'))).toThrow(
      "for 'a', found nothing",
    )
  })

  it('names a tensor of control characters in letters', () => {
    expect(() => decodeSafetensors(safetensors('{"\\u001b[31m":1}'))).toThrow("for '\\u{1b}[31m', found 1")
  })
})
