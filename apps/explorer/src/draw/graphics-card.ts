/** Names of renderers that draw on the processor. */
const rasterisers = /swiftshader|llvmpipe|softpipe|software|basic render/i

/** Whether what draws WebGL is a graphics card: browsers lend a rasteriser where there is none, and do not always say so when they are asked. */
export function isOnCard(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : gl.getParameter(gl.RENDERER)
  return !rasterisers.test(String(renderer))
}
