import { arrayTypes, type TypedArray } from '../../dtype.ts'
import { packingOf } from './texture-layout.ts'
import type { GpuBuffer, TextureStorage } from './texture-storage.ts'

/** Numbers as they lie in the texture of a storage, the last texels filled up with zeros. */
export function packed(values: TypedArray, { dtype, layout }: TextureStorage): Float32Array {
  const { channels, perTexel } = packingOf(dtype)
  const out = new Float32Array(layout.width * layout.height * channels)
  if (perTexel === 4) {
    out.set(values)
    return out
  }
  for (let i = 0; i < values.length; i++) {
    const word = values[i] >>> 0
    out[2 * i] = word >>> 16
    out[2 * i + 1] = word & 65535
  }
  return out
}

/** The rows of a texture that hold elements `offset … offset + size − 1`, and where the first of them lies in those. */
export interface TexelRows {
  readonly first: number
  readonly count: number
  readonly skip: number
}

/** The rows that a read of a buffer takes. */
export function rowsOf({ storage, offset, size }: GpuBuffer): TexelRows {
  const { perTexel } = packingOf(storage.dtype)
  const { shift, width } = storage.layout
  const [from, to] = [Math.floor(offset / perTexel), Math.floor((offset + size - 1) / perTexel)]
  const first = from >> shift
  return { first, count: (to >> shift) - first + 1, skip: offset - first * width * perTexel }
}

/** The elements of a buffer, of the texels of its rows. WebGL reads every texel as four floats. */
export function unpacked(
  texels: Float32Array,
  { storage, size }: GpuBuffer,
  { skip }: TexelRows,
): TypedArray {
  const { perTexel } = packingOf(storage.dtype)
  const out = new arrayTypes[storage.dtype](size)
  if (perTexel === 4) {
    out.set(texels.subarray(skip, skip + size))
    return out
  }
  for (let i = 0; i < size; i++) {
    const at = 4 * (skip + i)
    out[i] = texels[at] * 65536 + texels[at + 1]
  }
  return out
}
