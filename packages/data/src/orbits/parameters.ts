/** `count` values evenly from `start` to `stop`, both included. */
export const evenly = (start: number, stop: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => start + ((stop - start) * i) / (count - 1))

/** `count` values evenly between `start` and `stop`, both left out. */
export const evenlyBetween = (start: number, stop: number, count: number): number[] =>
  evenly(start, stop, count + 2).slice(1, -1)

/** Half a turn with a gap in its middle: 8 training angles on either side, 50 test angles inside. */
export const gappedHalfTurn = {
  train: [...evenly(0, 0.35 * Math.PI, 8), ...evenly(0.65 * Math.PI, Math.PI, 8)],
  test: evenlyBetween(0.35 * Math.PI, 0.65 * Math.PI, 50),
}
