import type { DType } from '../../dtype.ts'

/**
 * How the elements of a tensor lie in a texture, whatever its shape: row-major, texel after texel, the texels of a row first.
 * Floats and bools lie four to an RGBA texel; an integer takes an RG texel, 16 bits in either half, so that all 32 are exact
 * (a float holds whole numbers up to 2²⁴ only, and bits that happen to be a NaN are not kept).
 */
export interface TextureLayout {
  /** A power of two: texel t is at (t & (width − 1), t >> shift). */
  readonly width: number
  /** At least 2: gpu.js lays a texture of one row out as a list, in a shape of its own. */
  readonly height: number
  readonly shift: number
}

/** Channels of a texel, and how many elements of a dtype it holds. */
export interface TexelPacking {
  readonly channels: 4 | 2
  readonly perTexel: 4 | 1
}

const four: TexelPacking = { channels: 4, perTexel: 4 }
const halves: TexelPacking = { channels: 2, perTexel: 1 }

const packings: Readonly<Record<DType, TexelPacking | null>> = {
  float32: four,
  float64: null,
  int32: halves,
  uint32: halves,
  bool: four,
}

/**
 * How a dtype lies in texels.
 *
 * @throws TypeError for float64, which WebGL2 does not compute in.
 */
export function packingOf(dtype: DType): TexelPacking {
  const packing = packings[dtype]
  if (packing !== null) return packing
  throw new TypeError(
    `gpu: expected float32, int32, uint32 or bool, got ${dtype}: WebGL2 computes in float32 only`,
  )
}

/**
 * The texture for `size` elements: as square as a width of a power of two allows.
 *
 * @throws RangeError with the limits of the device for more elements than fit.
 */
export function textureLayoutOf(dtype: DType, size: number, longestSide: number): TextureLayout {
  const { perTexel } = packingOf(dtype)
  const texels = Math.max(1, Math.ceil(size / perTexel))
  let shift = 0
  while (4 ** shift < texels && 2 ** (shift + 1) <= longestSide) shift++
  const width = 2 ** shift
  const height = Math.max(2, Math.ceil(texels / width))
  if (height > longestSide) {
    const most = width * longestSide * perTexel
    throw new RangeError(
      `gpu: ${size} × ${dtype} do not fit into one texture of this device: at most ${longestSide} × ${longestSide} texels, ${most} elements`,
    )
  }
  return { width, height, shift }
}
