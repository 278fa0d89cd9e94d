/** A point of a picture. */
export type Point = readonly [x: number, y: number]

/**
 * A curve with at most four points for each column of pixels: its first, lowest, highest and last one there, in the order in which they come. Drawn, it covers the
 * same pixels. Points without a finite place are left out.
 *
 * @param xOf where point i lies, in pixels, never decreasing
 * @example
 * thinned(1000, (i) => i / 500, (i) => i % 10).length // 8: four of either column
 */
export function thinned(
  count: number,
  xOf: (point: number) => number,
  yOf: (point: number) => number,
): Point[] {
  const kept: Point[] = []
  let column = Number.NaN
  let [first, low, high, last] = [-1, -1, -1, -1]
  const end = () => {
    const chosen = new Set([first, ...(low < high ? [low, high] : [high, low]), last])
    if (first >= 0) for (const i of chosen) kept.push([xOf(i), yOf(i)])
  }
  for (let i = 0; i < count; i++) {
    const [x, y] = [xOf(i), yOf(i)]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    if (Math.floor(x) !== column) {
      end()
      column = Math.floor(x)
      first = low = high = last = i
      continue
    }
    last = i
    if (y < yOf(low)) low = i
    if (y > yOf(high)) high = i
  }
  end()
  return kept
}
