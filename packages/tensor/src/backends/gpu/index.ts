import type { Backend } from '../../backend.ts'
import { registerBackend } from '../../init.ts'
import { type GpuBackend, makeGpuBackend } from './backend.ts'
import { openContext, useContexts } from './contexts.ts'
import { type CreateContext, headlessContexts } from './headless.ts'
import { type Renderer, rendererOf } from './software.ts'

export type { GpuBackend } from './backend.ts'
export type { GpuTraffic } from './device.ts'
export type { CreateContext } from './headless.ts'
export type { Renderer } from './software.ts'

let made: Promise<GpuBackend> | null = null

/** The backend of this page: one context, made anew after it is lost. */
async function backend(): Promise<GpuBackend> {
  if (made !== null && (await made.catch(() => null))?.isLost() !== false) made = null
  made ??= makeGpuBackend()
  return made
}

registerBackend('gpu', async () => (await backend()) as Backend)

/**
 * WebGL2 through gpu.js 2.24.1, an optional peer. Importing this entry is what makes `init({ backend: 'gpu' })` possible. float32 alone;
 * whole numbers of 32 bits are exact.
 *
 * @example
 * import { init } from '@facet/tensor'
 * import { gpu } from '@facet/tensor/gpu'
 * const device = gpu.isSupported()
 * await init(device && !device.software ? { backend: 'gpu' } : {})
 */
export const gpu = {
  /**
   * Whether this page can compute with WebGL2 that draws into float textures, and what draws: false where it cannot. `software` is true of a
   * rasteriser that draws on the processor, which does in 7.5 s what takes `wasm` 0.02 s: better not chosen where nobody asked for it. gpu.js is not loaded for
   * the answer.
   */
  isSupported(): Renderer | false {
    const opened = openContext()
    if (typeof opened === 'string') return false
    const { gl, source } = opened
    const renderer = rendererOf(gl, source)
    source.close(gl)
    return renderer
  },
  /**
   * Draws through headless GL from now on: in Node, with the package gl 9.0.0-rc.10 (`import createContext from 'gl'`), on a display, which
   * `xvfb-run -a node …` gives to a machine without one. Reading waits for the device.
   *
   * @param createContext the default export of gl
   */
  useHeadless(createContext: CreateContext): void {
    useContexts(headlessContexts(createContext))
  },
  /**
   * The backend that `init({ backend: 'gpu' })` chooses: its device, its limits and its counters.
   *
   * @throws Error where there is no WebGL2 or no gpu.js.
   */
  backend,
} as const
