import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrayTypes } from '../../dtype.ts'
import { packed, rowsOf, unpacked } from './texel-values.ts'
import { packingOf, textureLayoutOf } from './texture-layout.ts'
import type { GpuBuffer } from './texture-storage.ts'

/** Texels as WebGL reads them: four floats each, the missing channels 0. */
const asRead = (texels: Float32Array, channels: 4 | 2): Float32Array => {
  if (channels === 4) return texels
  return Float32Array.from({ length: 2 * texels.length }, (_, i) =>
    i % 4 < 2 ? texels[(i >> 2) * 2 + (i % 4)] : 0,
  )
}

it('what is written into a texture is what any part of it reads, whole numbers of 32 bits exactly', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('float32', 'int32', 'uint32', 'bool'),
      fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 200 }),
      fc.nat(),
      fc.nat(),
      (dtype, numbers, from, length) => {
        const values = arrayTypes[dtype].from(dtype === 'bool' ? numbers.map((n) => n & 1) : numbers)
        const layout = textureLayoutOf(dtype, values.length, 8192)
        const storage = { dtype, size: values.length, layout, texture: null, states: null }
        const offset = from % values.length
        const size = 1 + (length % (values.length - offset))
        const buffer: GpuBuffer = { storage, offset, size }
        const rows = rowsOf(buffer)
        const texels = asRead(packed(values, storage), packingOf(dtype).channels)
        const read = texels.subarray(
          4 * layout.width * rows.first,
          4 * layout.width * (rows.first + rows.count),
        )
        expect(unpacked(read, buffer, rows)).toEqual(values.slice(offset, offset + size))
      },
    ),
  )
})
