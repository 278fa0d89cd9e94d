import type { ContextSource } from './contexts.ts'

/** The default export of the package gl: null where it can make no context. */
export type CreateContext = (
  width: number,
  height: number,
  options: WebGLContextAttributes & { createWebGL2Context: boolean },
) => object | null

/** What gl's contexts have beside WebGL2's interface. */
interface HeadlessContext extends WebGL2RenderingContext {
  /** What the driver says, where `getParameter` answers the name of the package. */
  _getParameterDirect(name: number): unknown
}

const noContext =
  'headless GL has made no context: it draws through a display, which `xvfb-run -a node …` gives to a machine without one'

/** Contexts of headless GL in Node. */
export function headlessContexts(createContext: CreateContext): ContextSource {
  const open: ContextSource['open'] = (attributes) => {
    const gl = createContext(2, 2, { ...attributes, createWebGL2Context: true }) as HeadlessContext | null
    if (gl === null) return noContext
    if (typeof gl.fenceSync !== 'function') return 'this headless GL has no WebGL2, which gl 9.0.0-rc.10 has'
    const driver = [gl.RENDERER, gl.VENDOR] as number[]
    const getParameter = gl.getParameter.bind(gl)
    gl.getParameter = (name) => (driver.includes(name) ? gl._getParameterDirect(name) : getParameter(name))
    Object.defineProperty(gl, 'canvas', { value: { width: 2, height: 2, addEventListener: () => {} } })
    return gl
  }
  return {
    // `drawBuffers` of 9.0.0-rc.10 passes on memory that it has not filled.
    drawsSeveral: false,
    open,
    close: (gl) => (gl.getExtension('STACKGL_destroy_context') as { destroy(): void } | null)?.destroy(),
    asInBrowser(gl, work) {
      const globals = {
        WebGL2RenderingContext: gl.constructor,
        OffscreenCanvas: class {
          getContext = () => open({})
        },
      }
      const before = Object.keys(globals).map((name) => Object.getOwnPropertyDescriptor(globalThis, name))
      Object.assign(globalThis, globals)
      try {
        return work()
      } finally {
        Object.keys(globals).forEach((name, k) => {
          const was = before[k]
          if (was === undefined) Reflect.deleteProperty(globalThis, name)
          else Object.defineProperty(globalThis, name, was)
        })
      }
    },
  }
}
