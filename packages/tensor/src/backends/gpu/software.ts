import type { ContextSource } from './contexts.ts'

/** What draws on a context. */
export interface Renderer {
  readonly renderer: string
  readonly vendor: string
  /** Whether it draws on the processor: hundreds of times slower than `wasm` computes there. */
  readonly software: boolean
}

/** SwiftShader, Mesa's (llvmpipe, softpipe, lavapipe, swrast, OSMesa), Windows' (WARP, GDI Generic) and Apple's. */
const rasterisers =
  /swiftshader|llvmpipe|softpipe|lavapipe|swrast|mesa offscreen|microsoft basic render|\bwarp\b|gdi generic|software/i

/** Whether a name is one of a rasteriser in software. */
export const isRasteriser = (renderer: string): boolean => rasterisers.test(renderer)

/** What draws on a context, by its name, or by what the browser says where it keeps names to itself. */
export function rendererOf(gl: WebGL2RenderingContext, source: ContextSource): Renderer {
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
  const vendor = String(gl.getParameter(names?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR))
  return { renderer, vendor, software: isRasteriser(renderer) || isSlow(source) }
}

/** Whether the browser makes no context of which it is asked to be fast. */
function isSlow(source: ContextSource): boolean {
  const gl = source.open({ failIfMajorPerformanceCaveat: true })
  if (typeof gl === 'string') return true
  source.close(gl)
  return false
}
