/** Points of a drawing: x, y, x, y, … in [−1, 1], in thousandths. */
export type Drawing = readonly number[]

/** As many as an address carries well: 500 points are some 4,000 letters. */
export const MOST_POINTS = 500

/** Thousandths between two points of a line that is drawn at one go. */
const SPACING = 60

const HALF = 1000

const clamp = (value: number): number => Math.min(HALF, Math.max(-HALF, Math.round(value)))

/** A place on a square picture, in thousandths. @param fraction of width and height from the top left corner */
export const placeAt = (fraction: readonly [x: number, y: number]): readonly [number, number] => [
  clamp((2 * fraction[0] - 1) * HALF),
  clamp((1 - 2 * fraction[1]) * HALF),
]

/** The drawing with a point more; as it was where the point is too near to the last of the same line, or there is no room. */
export function withPoint(drawing: Drawing, [x, y]: readonly [number, number], isSameLine: boolean): Drawing {
  if (drawing.length >= 2 * MOST_POINTS) return drawing
  const [lastX, lastY] = drawing.slice(-2)
  if (isSameLine && Math.hypot(x - lastX, y - lastY) < SPACING) return drawing
  return [...drawing, clamp(x), clamp(y)]
}
