import type { ContextSource } from './contexts.ts'
import { type GpuInstance, GpuJs } from './gpu-js.ts'

/**
 * Imports gpu.js and starts it on a context.
 *
 * @throws Error naming the package where it is not installed.
 */
export async function loadGpuJs(context: WebGL2RenderingContext, source: ContextSource): Promise<GpuJs> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'GPU')
  const module = await import('gpu.js').catch((error: Error) => {
    throw new Error(
      `init: backend 'gpu': expected the package gpu.js 2.24.1, an optional peer of @facet/tensor: ${error.message}; init({ backend: 'wasm' }) computes everywhere`,
    )
  })
  // gpu.js puts itself in the place of WebGPU's own interface.
  if (before === undefined) Reflect.deleteProperty(globalThis, 'GPU')
  else Object.defineProperty(globalThis, 'GPU', before)
  const found = module as unknown as { GPU?: unknown; default?: unknown }
  const whole = (found.GPU ?? found.default) as { GPU?: unknown }
  return new GpuJs((whole.GPU ?? whole) as new (settings: object) => GpuInstance, context, source)
}
