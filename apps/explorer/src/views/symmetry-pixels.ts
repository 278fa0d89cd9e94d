/** Bytes of grey: black at the lower end of a range, white at the upper one and beyond. */
export function greyPixels(
  values: Float32Array,
  [low, high]: readonly [number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length).fill(255)
  values.forEach((value, i) => pixels.fill((255 * (value - low)) / (high - low), 4 * i, 4 * i + 3))
  return pixels
}

/** What is below 0 and what is above it, at the ends of the scale, and 0 between them. */
const ENDS = { below: [20, 61, 180], above: [204, 100, 0], none: [245, 246, 248] } as const

/** Bytes of a − b: the ends of the scale are `reach` away from 0. */
export function differencePixels(
  a: Float32Array,
  b: Float32Array,
  reach: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * a.length).fill(255)
  for (let i = 0; i < a.length; i++) {
    const share = Math.max(-1, Math.min(1, (a[i] - b[i]) / reach))
    const end = share < 0 ? ENDS.below : ENDS.above
    for (let k = 0; k < 3; k++) pixels[4 * i + k] = ENDS.none[k] + Math.abs(share) * (end[k] - ENDS.none[k])
  }
  return pixels
}
