import { Resvg } from '@resvg/resvg-js'

/**
 * A picture of `facet draw` as pixels, by resvg. @param scale pixels for each pixel of the SVG; default 2.
 * @throws Error for text that is no SVG.
 */
export function svgToPng(svg: string, scale = 2): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  }).render()
  return image.asPng()
}
