import { expect, it } from 'vitest'
import { oklch } from './oklch.ts'

// Values of CSS Color 4's reference code.
it.each([
  ['white', [1, 0, 0], [255, 255, 255]],
  ['black', [0, 0, 0], [0, 0, 0]],
  ['red', [0.62796, 0.25768, 29.234 / 360], [255, 0, 0]],
  ['lime', [0.86644, 0.29483, 142.495 / 360], [0, 255, 0]],
  ['blue', [0.45201, 0.31321, 264.052 / 360], [0, 0, 255]],
] as const)('%s of OKLCH is that of sRGB', (_, [lightness, chroma, hue], bytes) => {
  expect(oklch(lightness, chroma, hue)).toEqual(bytes)
})

it('cuts off what sRGB does not have', () => {
  const bytes = oklch(0.7, 0.4, 0.5)
  for (const byte of bytes) expect(byte).toBeGreaterThanOrEqual(0)
  for (const byte of bytes) expect(byte).toBeLessThanOrEqual(255)
  expect(bytes[0]).toBe(0)
})
