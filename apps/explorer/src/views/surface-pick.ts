import type { SurfacePicture } from '../work/messages.ts'

/** Pixels beside a curve that still mean it: a finger is no needle. */
const NEAR_CURVE = 14

/**
 * The polygon under a pixel that is nearest to whoever looks, or the segment of a curve beside it; −1 where there is none.
 *
 * @param placed [x, y, near] of every corner, as `place` says
 */
export const polygonUnder = (
  { dimension, starts }: Pick<SurfacePicture, 'dimension' | 'starts'>,
  placed: Float32Array,
  x: number,
  y: number,
): number => (dimension === 1 ? segmentBeside(starts, placed, x, y) : nearestHolding(starts, placed, x, y))

function nearestHolding(starts: Uint32Array, placed: Float32Array, x: number, y: number): number {
  let [found, nearest] = [-1, Number.NEGATIVE_INFINITY]
  for (let i = 0; i + 1 < starts.length; i++) {
    const near = holds(placed, starts[i], starts[i + 1], x, y)
    if (near > nearest) [found, nearest] = [i, near]
  }
  return found
}

/** How near a convex polygon is on the whole where it holds a pixel; −∞ where it does not. */
function holds(placed: Float32Array, from: number, to: number, x: number, y: number): number {
  let [left, right, near] = [false, false, 0]
  let [ax, ay] = [placed[3 * to - 3], placed[3 * to - 2]]
  for (let k = from; k < to; k++) {
    const [bx, by] = [placed[3 * k], placed[3 * k + 1]]
    const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (turn > 0) left = true
    if (turn < 0) right = true
    if (left && right) return Number.NEGATIVE_INFINITY
    near += placed[3 * k + 2]
    ;[ax, ay] = [bx, by]
  }
  // On a polygon that is seen from its edge every turn is 0: it holds nothing.
  return left || right ? near / (to - from) : Number.NEGATIVE_INFINITY
}

function segmentBeside(starts: Uint32Array, placed: Float32Array, x: number, y: number): number {
  let [found, least] = [-1, NEAR_CURVE]
  for (let i = 0; i + 1 < starts.length; i++) {
    const [a, b] = [3 * starts[i], 3 * starts[i] + 3]
    const [dx, dy] = [placed[b] - placed[a], placed[b + 1] - placed[a + 1]]
    const along = ((x - placed[a]) * dx + (y - placed[a + 1]) * dy) / Math.max(1e-12, dx * dx + dy * dy)
    const at = Math.min(1, Math.max(0, along))
    const distance = Math.hypot(x - placed[a] - at * dx, y - placed[a + 1] - at * dy)
    if (distance < least) [found, least] = [i, distance]
  }
  return found
}
