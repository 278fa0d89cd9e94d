/**
 * A picture of `facet draw` as pixels, by resvg. @param scale pixels for each pixel of the SVG; default 2.
 * @throws Error for text that is no SVG.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Uint8Array> {
  // 4 MB of native code, which no command needs that makes no PNG.
  const { Resvg } = await import('@resvg/resvg-js')
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  }).render()
  return image.asPng()
}
