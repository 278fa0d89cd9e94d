import type { Place, Stroke } from './digit-strokes.ts'

/** Distance from a place to the line between two others. */
function distanceTo([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / square
  const share = Math.min(1, Math.max(0, along))
  const [u, v] = [x - ax - share * dx, y - ay - share * dy]
  return Math.sqrt(u * u + v * v)
}

/**
 * Ink of a pen of some radius that follows the strokes, at the middle of each pixel of the unit square, `[size²]`: 1 within the line, 0 outside,
 * falling linearly over one pixel at its edge.
 */
export function inkOf(strokes: readonly Stroke[], radius: number, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const pixel: Place = [((at % size) + 0.5) / size, (Math.floor(at / size) + 0.5) / size]
    let nearest = Number.POSITIVE_INFINITY
    for (const stroke of strokes) {
      for (let k = 1; k < stroke.length; k++) {
        nearest = Math.min(nearest, distanceTo(pixel, stroke[k - 1], stroke[k]))
      }
    }
    return Math.min(1, Math.max(0, 0.5 + (radius - nearest) * size))
  })
}
