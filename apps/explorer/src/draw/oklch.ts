/**
 * A colour of OKLCH as sRGB bytes (Ottosson 2020, bottosson.github.io/posts/oklab); what sRGB does not have is cut off at its edge.
 *
 * @param lightness 0 (black) to 1 (white)
 * @param chroma 0 (grey) to about 0.3
 * @param hue in turns
 * @example
 * oklch(1, 0, 0) // [255, 255, 255]
 */
export function oklch(
  lightness: number,
  chroma: number,
  hue: number,
): [red: number, green: number, blue: number] {
  const a = chroma * Math.cos(2 * Math.PI * hue)
  const b = chroma * Math.sin(2 * Math.PI * hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The curve of sRGB. */
function byteOf(linear: number): number {
  const x = Math.min(1, Math.max(0, linear))
  return Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055))
}
