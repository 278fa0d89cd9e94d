/** Where WebGL2 contexts come from. */
export interface ContextSource {
  /** Whether `drawBuffers` works there. */
  readonly drawsSeveral: boolean
  /** A context, or why there is none. */
  open(attributes: WebGLContextAttributes): WebGL2RenderingContext | string
  close(gl: WebGL2RenderingContext): void
  /** Runs `work`, in which gpu.js looks among the globals for what a browser has, and makes a context of its own to try. */
  asInBrowser<T>(gl: WebGL2RenderingContext, work: () => T): T
}

const page: ContextSource = {
  drawsSeveral: true,
  open(attributes) {
    const canvas =
      typeof document !== 'undefined'
        ? document.createElement('canvas')
        : typeof OffscreenCanvas !== 'undefined'
          ? new OffscreenCanvas(2, 2)
          : null
    if (canvas === null) {
      return 'there is neither a document nor an OffscreenCanvas here (in Node: add the package gl 9.0.0-rc.10 and give its default export to gpu.useHeadless)'
    }
    const gl = canvas.getContext('webgl2', attributes) as WebGL2RenderingContext | null
    return gl ?? 'this browser has no WebGL2'
  },
  close: (gl) => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  asInBrowser: (_, work) => work(),
}

let source = page

/** Contexts are opened there from now on. */
export function useContexts(from: ContextSource): void {
  source = from
}

const attributes: WebGLContextAttributes = { alpha: false, depth: false, antialias: false }

/** A WebGL2 context that draws floats and where it comes from, or why there is none. */
export function openContext(): { gl: WebGL2RenderingContext; source: ContextSource } | string {
  const gl = source.open(attributes)
  if (typeof gl === 'string') return gl
  if (gl.getExtension('EXT_color_buffer_float') === null) {
    source.close(gl)
    return 'this device does not draw into float textures'
  }
  return { gl, source }
}
