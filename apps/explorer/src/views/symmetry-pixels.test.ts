import { expect, it } from 'vitest'
import { differencePixels, greyPixels } from './symmetry-pixels.ts'

it('is black at the lower end and white at the upper one', () => {
  expect(Array.from(greyPixels(Float32Array.of(-1, 0, 1, 9), [-1, 1]))).toEqual([
    0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  ])
})

it('is pale where there is no difference, blue below and orange above', () => {
  const pixels = differencePixels(Float32Array.of(0, 0, 1, 0), Float32Array.of(0, 2, 0, 0.5), 1)
  const pixel = (i: number) => Array.from(pixels.subarray(4 * i, 4 * i + 4))
  expect(pixel(0)).toEqual([245, 246, 248, 255])
  expect(pixel(1)).toEqual([20, 61, 180, 255])
  expect(pixel(2)).toEqual([204, 100, 0, 255])
  expect(pixel(3)[0]).toBeGreaterThan(pixel(1)[0])
  expect(pixel(3)[2]).toBeGreaterThan(pixel(3)[0])
})
