import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packingOf, textureLayoutOf } from './texture-layout.ts'

describe('a tensor in a texture', () => {
  it('has room for every element, in rows of a power of two that no side of the device limits silently', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('float32', 'int32', 'uint32', 'bool'),
        fc.integer({ min: 0, max: 2 ** 24 }),
        (dtype, size) => {
          const { width, height, shift } = textureLayoutOf(dtype, size, 8192)
          expect(width).toBe(2 ** shift)
          expect(Math.max(width, height)).toBeLessThanOrEqual(8192)
          expect(height).toBeGreaterThanOrEqual(2)
          expect(width * height * packingOf(dtype).perTexel).toBeGreaterThanOrEqual(size)
        },
      ),
    )
  })

  it('wastes less than a row where there are more than two', () => {
    const { width, height } = textureLayoutOf('float32', 1_000_000, 8192)
    expect([width, height]).toEqual([512, 489])
  })

  it('takes as many elements as the device has room for and not one more', () => {
    expect(textureLayoutOf('float32', 4 * 64 * 64, 64)).toEqual({ width: 64, height: 64, shift: 6 })
    expect(() => textureLayoutOf('float32', 4 * 64 * 64 + 1, 64)).toThrow(
      'gpu: 16385 × float32 do not fit into one texture of this device: at most 64 × 64 texels, 16384 elements',
    )
    expect(() => textureLayoutOf('int32', 64 * 64 + 1, 64)).toThrow('at most 64 × 64 texels, 4096 elements')
  })

  it('keeps to a longest side that is no power of two', () => {
    expect(textureLayoutOf('int32', 64 * 90, 90)).toEqual({ width: 64, height: 90, shift: 6 })
    expect(() => textureLayoutOf('int32', 64 * 90 + 1, 90)).toThrow(RangeError)
  })

  it('is refused in float64', () => {
    expect(() => textureLayoutOf('float64', 1, 8192)).toThrow(
      'gpu: expected float32, int32, uint32 or bool, got float64: WebGL2 computes in float32 only',
    )
  })
})
