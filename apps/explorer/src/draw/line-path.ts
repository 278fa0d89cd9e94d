/** Hundredths of a pixel, which nobody sees. */
const short = (pixels: number): number => Math.round(100 * pixels) / 100

/** Points as the path of a line of an SVG; empty for none. */
export const linePath = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.length === 0 ? '' : `M${points.map(([x, y]) => `${short(x)},${short(y)}`).join('L')}`
